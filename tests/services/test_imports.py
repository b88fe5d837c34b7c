"""Imports by themselves: worker and beat fetch what is due, and a worker killed in mid-import is followed."""

import pytest

from tests.jobs.imports.corpus import row, write
from tests.jobs.imports.http_server import feeds_server
from tests.services.site import wait_for

pytestmark = pytest.mark.timeout(400)

MANY = 6_000


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


def test_worker_killed_in_mid_import_is_followed_by_another_run(new_site, tmp_path):
    """One machine, as `make run` leaves it: a solo worker on the queue in a folder."""
    site = new_site()
    (site.folder / "imports").mkdir()
    write(site.folder / "imports" / "offres.jsonl", rows(MANY))
    site.ask("import_source", "offres.jsonl")
    site.start_worker("--pool=solo", "-B")
    wait_for(lambda: 0 < site.ask("imports")["offers"] < MANY, seconds=150, what="the import to have begun")
    site.processes["worker"].kill()
    killed = site.ask("imports")
    assert killed["runs"] == [["running", ""]]
    assert killed["offers"] % 500 == 0

    site.ask("age_imports")
    site.start_worker("--pool=solo", "-B")
    wait_for(lambda: len(site.ask("imports")["runs"]) == 2, seconds=150, what="the next run")
    wait_for(lambda: site.ask("imports")["runs"][1] == ["done", ""], seconds=150, what="its end")
    assert site.ask("imports") == {
        "runs": [["failed", "interrupted"], ["done", ""]], "offers": MANY, "distinct": MANY,
    }  # fmt: skip
