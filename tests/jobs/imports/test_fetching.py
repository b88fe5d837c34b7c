import gzip
import time
from threading import Event

import pytest

from jobs.imports.addresses import FetchError
from jobs.imports.fetching import fetched, incoming
from tests.jobs.imports.http_server import begin

pytestmark = pytest.mark.usefixtures("folder")


def read(address, known=None):
    """The content and what to ask with next time."""
    with fetched(address, known or {}) as file:
        return (file.path.read_bytes(), file.validators) if file else None


def problem(address):
    with pytest.raises(FetchError) as refusal:
        read(address)
    assert not incoming().exists() or list(incoming().iterdir()) == []
    return refusal.value.problem.value


def test_download_is_in_the_data_folder_and_gone_afterwards(feeds):
    url = feeds.serve("/offers.json", b"[1, 2]")
    with fetched(url, {}) as file:
        assert file.path.parent == incoming()
        assert file.path.read_bytes() == b"[1, 2]"
    assert not file.path.exists()


def test_download_asks_by_name_with_the_query(feeds):
    feeds.serve("/offers", b"[]")
    read(feeds.url("/offers?jour=1&d=é 2#fin"))
    ((path, headers),) = feeds.asked
    assert path == "/offers?jour=1&d=%C3%A9%202"
    assert headers["Host"] == feeds.place


@pytest.mark.parametrize("encoding", [{}, {"Content_Encoding": "gzip"}])
def test_packed_download_stays_packed(feeds, encoding):
    packed = gzip.compress(b"[1]")
    assert read(feeds.serve("/offers.json.gz", packed, **encoding))[0] == packed


def test_chunked_download_is_whole(feeds):
    def answer(handler):
        begin(handler, 200, Transfer_Encoding="chunked")
        for piece in (b"[1,", b" 2]"):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    feeds.answers["/offers"] = answer
    assert read(feeds.url("/offers"))[0] == b"[1, 2]"


def test_unchanged_download_is_not_read_again(feeds):
    url = feeds.serve_versions("/offers", b"[1]", '"v1"')
    content, validators = read(url)
    assert (content, validators) == (b"[1]", {"ETag": '"v1"'})
    assert read(url, validators) is None
    feeds.serve_versions("/offers", b"[2]", '"v2"')
    assert read(url, validators) == (b"[2]", {"ETag": '"v2"'})


def test_date_of_the_file_is_asked_with(feeds):
    date = "Fri, 27 Nov 2026 10:00:00 GMT"
    _content, validators = read(feeds.serve("/offers", b"[1]", Last_Modified=date))
    read(feeds.url("/offers"), validators)
    assert feeds.asked[1][1]["If-Modified-Since"] == date


def test_not_modified_that_was_not_asked_for_is_an_error(feeds):
    assert problem(feeds.serve("/offers", status=304)) == "status"


def test_redirect_is_followed(feeds):
    feeds.serve("/there", b"[3]")
    feeds.serve("/hop", status=302, Location="there")
    assert read(feeds.serve("/offers", status=301, Location=feeds.url("/hop")))[0] == b"[3]"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd", "ftp://example.org/x", "http://example.org/x", "https://127.0.0.1/x",
        "https://localhost/x", "//10.0.0.1/x", "https://user:pw@example.org/", "http://[::1", "https://[::1]/x",
    ],
)  # fmt: skip
def test_redirect_to_another_place_than_public_https_is_refused(feeds, location):
    assert problem(feeds.serve("/offers", status=302, Location=location)) == "redirect"
    assert len(feeds.asked) == 1


def test_redirect_to_this_machine_by_another_port_is_refused(feeds):
    """Trust is for one port: the address of the site, not of the machine."""
    other = f"http://127.0.0.1:{feeds.server_port + 1}/x"
    assert problem(feeds.serve("/offers", status=307, Location=other)) == "redirect"


def test_redirects_in_a_circle_end(feeds):
    assert problem(feeds.serve("/offers", status=302, Location="/offers")) == "redirect"
    assert len(feeds.asked) == 6


@pytest.mark.parametrize(
    ("status", "expected"), [(404, "not-found"), (410, "not-found"), (500, "status"), (403, "status"), (206, "status")]
)
def test_error_of_the_server_is_told(feeds, status, expected):
    assert problem(feeds.serve("/offers", b"no", status=status)) == expected


def test_server_that_is_away_is_told(feeds, settings):
    settings.IMPORT_TRUSTED_HOSTS = ["127.0.0.1:9"]
    assert problem("http://127.0.0.1:9/offers") == "unreachable"


def test_answer_that_is_no_http_is_told(feeds):
    feeds.answers["/offers"] = lambda handler: handler.wfile.write(b"bonjour\r\n\r\n")
    assert problem(feeds.url("/offers")) == "unreachable"


@pytest.mark.parametrize("length", [{}, {"Content_Length": str(3 * 1024 * 1024)}])
def test_download_that_is_too_large_stops(feeds, settings, length):
    settings.IMPORT_MAX_MB = 1

    def answer(handler):
        begin(handler, 200, **length)
        try:
            for _ in range(48):
                handler.wfile.write(b"x" * 64 * 1024)
        except OSError:
            pass  # hung up, as expected

    feeds.answers["/offers"] = answer
    assert problem(feeds.url("/offers")) == "too-large"


def test_download_that_trickles_stops(feeds, settings):
    settings.IMPORT_PATIENCE = 0.3
    hung_up = Event()

    def answer(handler):
        begin(handler, 200, Content_Length="10000")
        try:
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            hung_up.set()

    feeds.answers["/offers"] = answer
    assert problem(feeds.url("/offers")) == "too-slow"
    assert hung_up.wait(60)


@pytest.mark.parametrize(
    ("headers", "sent"),
    [({"Content_Length": "100"}, b"[1, 2"), ({"Transfer_Encoding": "chunked"}, b"5\r\n[1, 2\r\n")],
    ids=["length", "chunked"],
)
def test_download_that_breaks_off_is_told(feeds, headers, sent):
    def answer(handler):
        begin(handler, 200, **headers)
        handler.wfile.write(sent)

    feeds.answers["/offers"] = answer
    assert problem(feeds.url("/offers")) == "broken"


def test_file_is_read_where_it_is_and_again_when_it_changes(folder):
    (folder / "offers.jsonl").write_bytes(b"[1]")
    content, validators = read("offers.jsonl")
    assert content == b"[1]"
    assert read("offers.jsonl", validators) is None
    (folder / "offers.jsonl").write_bytes(b"[1, 2]")
    assert read("offers.jsonl", validators)[0] == b"[1, 2]"
    assert (folder / "offers.jsonl").exists()


@pytest.mark.parametrize("name", ["absent.jsonl", "sub"])
def test_file_that_is_missing_or_a_folder_is_told(folder, name):
    (folder / "sub").mkdir()
    assert problem(name) == "file-missing"
