import os

import pytest

from jobs.imports.addresses import FetchError, addresses, check_address, inside


def problem(call, *arguments):
    with pytest.raises(FetchError) as refusal:
        call(*arguments)
    return refusal.value.problem.value


@pytest.mark.parametrize(
    "name", ["../secret_key", "/etc/passwd", "a/../../medinjob.sqlite3", "", " ", ".", "a\0b", ".."]
)
def test_name_that_leaves_the_folder_is_refused(folder, name):
    assert problem(check_address, name) == "file-outside"


@pytest.mark.parametrize("target", ["..", "../secret_key", "/etc/passwd", "loop.jsonl"])
def test_link_that_leads_out_of_the_folder_is_refused(folder, target):
    (folder / "loop.jsonl").symlink_to(target)
    assert problem(check_address, "loop.jsonl") == "file-outside"


def test_folder_that_is_a_link_out_is_refused(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "offers.jsonl").touch()
    (folder / "sub").symlink_to(tmp_path / "elsewhere")
    assert problem(check_address, "sub/offers.jsonl") == "file-outside"


def test_file_below_the_folder_is_found_also_through_a_link_within(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "today.jsonl").touch()
    (folder / "latest.jsonl").symlink_to("sub/today.jsonl")
    assert inside("latest.jsonl") == folder / "sub" / "today.jsonl"
    check_address("not-yet-there.jsonl.gz")


def test_folder_that_is_itself_a_link_serves(settings, tmp_path):
    """A data folder on another disk."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "data").mkdir()
    os.symlink(tmp_path / "disk", tmp_path / "data" / "imports")
    settings.DATA_DIR = tmp_path / "data"
    assert inside("offers.jsonl") == tmp_path / "disk" / "offers.jsonl"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/offers.json", "ftp://example.org/x", "file:///etc/passwd", "gopher://example.org/",
        "https://localhost/x", "https://127.0.0.1/x", "https://10.0.0.8/x", "https://192.168.1.1:8443/x",
        "https://169.254.169.254/latest/meta-data/", "https://[::1]/x", "https://[fd00::1]/x", "https://0.0.0.0/x",
        "https://[::ffff:127.0.0.1]/x", "https://100.64.0.1/x", "https://224.0.0.1/x", "https:///x", "https://",
        "https://user:password@example.org/x", "https://example.org\\@127.0.0.1/x", "https://example.org:99999/x",
        "https://[64:ff9b::7f00:1]/x", "https://[::127.0.0.1]/x", "https://[2002:7f00:1::1]/x", "https://[fec0::1]/x",
        "https://[::1/x", f"https://{'a' * 70}.example/x",
    ],
)  # fmt: skip
def test_url_that_is_not_a_public_https_address_is_refused(folder, url):
    assert problem(check_address, url) == "address"


@pytest.mark.parametrize("url", ["https://example.org/offers.json.gz?jour=1", "https://8.8.8.8/x", "https://été.fr/x"])
def test_public_https_address_is_accepted(url):
    check_address(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f000001", "localhost", "127.1"])
def test_name_that_resolves_to_this_machine_is_refused(host):
    assert problem(addresses, host, 443) == "address"


def test_trusted_host_is_trusted_on_its_port_only(settings):
    settings.IMPORT_TRUSTED_HOSTS = ["127.0.0.1:8123"]
    check_address("http://127.0.0.1:8123/x")
    assert addresses("127.0.0.1", 8123) == ["127.0.0.1"]
    assert problem(check_address, "http://127.0.0.1:8124/x") == "address"
    assert problem(check_address, "https://127.0.0.1/x") == "address"
