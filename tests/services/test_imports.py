"""Imports by themselves: worker and beat fetch what is due, and a worker killed in mid-import is followed."""

import os
import signal

import pytest

from tests.jobs.imports.corpus import row, write
from tests.jobs.imports.http_server import feeds_server
from tests.services.site import wait_for

pytestmark = pytest.mark.timeout(400)

MANY = 12_000
LONG = 30_000


@pytest.fixture
def feeds():
    with feeds_server() as server:
        yield server


def rows(count):
    return [row(n, intitule=f"Développeur métier {n}", description=f"{n} {n} Python.") for n in range(1, count + 1)]


def test_worker_and_beat_run_a_due_import(services_site, feeds, tmp_path):
    """No nudge: the schedule alone fetches it, and the offers are in the index."""
    content = write(tmp_path / "feed", rows(20), "gzip").read_bytes()
    site = services_site(IMPORT_TRUSTED_HOSTS=feeds.place)
    site.ask("import_source", feeds.serve_versions("/offres.json.gz", content, '"v1"'))
    site.start_worker("--concurrency=2")
    site.start_beat()
    wait_for(lambda: site.ask("imports")["runs"] == [["done", ""]], seconds=150, what="the import")
    assert site.ask("imports") == {"runs": [["done", ""]], "offers": 20, "distinct": 20}
    wait_for(lambda: site.ask("pending")["index"] == 0, what="the index")


@pytest.fixture
def importing(new_site, request):
    """One machine, as `make run` leaves it: a solo worker on the queue in a folder, in the midst of an import."""
    many = getattr(request, "param", MANY)
    site = new_site(EMAIL_URL="dummymail://")
    (site.folder / "imports").mkdir()
    write(site.folder / "imports" / "offres.jsonl", rows(many))
    site.ask("import_source", "offres.jsonl")
    site.start_worker("--pool=solo", "-B")
    wait_for(lambda: 0 < site.ask("imports")["offers"] < many, seconds=150, what="the import to have begun")
    return site


def test_worker_killed_in_mid_import_is_followed_by_another_run(importing):
    site = importing
    site.processes["worker"].kill()
    killed = site.ask("imports")
    assert killed["runs"] == [["running", ""]]
    assert killed["offers"] % 500 == 0

    site.start_worker("--pool=solo", "-B")
    wait_for(
        lambda: len(site.ask("imports")["runs"]) == 2, seconds=150, what="the next run, without a wait for silence"
    )
    wait_for(lambda: site.ask("imports")["runs"][1] == ["done", ""], seconds=150, what="its end")
    assert site.ask("imports") == {
        "runs": [["failed", "interrupted"], ["done", ""]], "offers": MANY, "distinct": MANY,
    }  # fmt: skip


@pytest.mark.parametrize("importing", [LONG], indirect=True)
def test_mail_and_index_go_on_while_a_long_import_runs(importing):
    """A mail that waited for the import's end would leave after it."""
    site = importing
    site.ask("queue", 3)
    wait_for(lambda: site.ask("mails").get("sent") == 3, seconds=90, what="the mails")
    found = site.ask("mails_sent_meanwhile")
    assert found["sent"] == 3, "the mails waited for the end of the import"
    wait_for(lambda: site.ask("pending")["index"] < site.ask("imports")["offers"], seconds=90, what="the index")


def test_import_process_killed_alone_takes_nobody_with_it(importing):
    """As the system does where memory is short: the worker settles it, and tries once more."""
    site = importing
    (holder,) = site.ask("import_holders")
    assert holder != site.processes["worker"].popen.pid
    os.kill(holder, signal.SIGKILL)
    wait_for(lambda: site.ask("imports")["runs"][0] == ["failed", "interrupted"], seconds=90, what="its end")
    site.ask("queue", 1)
    wait_for(lambda: site.ask("mails").get("sent") == 1, seconds=60, what="the mail")
    wait_for(lambda: site.ask("imports")["runs"][1:] == [["done", ""]], seconds=150, what="the next run")
    assert site.ask("imports")["distinct"] == MANY


@pytest.mark.parametrize("importing", [LONG], indirect=True)
def test_running_import_is_stopped_within_seconds(importing):
    site = importing
    assert site.ask("stop_imports") == 1
    wait_for(lambda: site.ask("imports")["runs"] == [["failed", "stopped"]], seconds=30, what="the stop")
    offers = site.ask("imports")["offers"]
    assert (offers % 500, offers < LONG) == (0, True)
    assert site.ask("import_holders") == []
    assert site.processes["worker"].popen.poll() is None


def test_two_complete_imports_at_once_are_one(new_site, tmp_path):
    site = new_site()
    site.ask("commune")
    path = write(tmp_path / "offres.jsonl", rows(1_500))
    command = ("python", "manage.py", "import_offers", str(path), "--complete")
    pair = [site.start(name, *command) for name in ("one", "two")]
    assert sorted(process.popen.wait(150) for process in pair) == [0, 1]
    said = [process.log.read_text() for process in pair if process.popen.returncode == 1]
    assert "Un autre import de la même origine est en cours (offres.jsonl)." in said[0]
    assert site.ask("imports") == {"runs": [["done", ""]], "offers": 1_500, "distinct": 1_500}
