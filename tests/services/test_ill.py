"""A site of processes that is ill in one way after another says so within seconds, and says when it is well again."""

import json
import sqlite3
import time
import urllib.error
import urllib.request
from contextlib import closing
from typing import Any

import pytest

from tests.services.people import Crowd, Visitor, post_offer
from tests.services.site import Site, free_port, wait_for

pytestmark = pytest.mark.timeout(600)


def health(site: Site) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{site.url}/sante/", timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


# Each of the two web processes keeps its report for five seconds: what one says the other says a little later.
def wrong(site: Site) -> set[str]:
    status, report = health(site)
    names = {name for name, part in report.items() if name != "ok" and not part["ok"]}
    assert (status == 503) == (not report["ok"])
    return names


def read(staff: Visitor, words: str) -> None:
    wait_for(lambda: words in staff.ask("/equipe/").text, what="the team to read it")


@pytest.fixture
def site(new_site: Any) -> Site:
    site = new_site(EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    site.start_web()
    site.start_worker("--pool=solo", "--beat")
    return site


def test_each_illness_is_said_and_its_end_too(site: Site) -> None:
    world = site.ask("world", 1, 1, 1, 0)
    staff = Visitor(Crowd(site), world["staff"])
    wait_for(lambda: not wrong(site), what="the site to be well")
    wait_for(lambda: "ne va pas bien" not in staff.ask("/equipe/").text, what="the team to read that all is well")

    # Nobody listens at the mail server's address: eighteen minutes of tries.
    site.ask("queue", 1)
    site.ask("mails_of_the_past", 18)
    wait_for(lambda: wrong(site) == {"mails"}, what="the mails to be said")
    read(staff, "Les courriels ne partent plus.")
    site.ask("no_mails")
    wait_for(lambda: not wrong(site), what="the mails to be well")

    # Somebody holds the database: who asks is answered soon, who writes is told.
    recruiter = Visitor(crowd := Crowd(site), world["recruiters"][0])
    with closing(sqlite3.connect(site.folder / "medinjob.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(6)  # the last answer is given again for five seconds
        started = time.monotonic()
        assert health(site)[1]["database"] == {"ok": False}
        assert time.monotonic() - started < 10
        wait_for(
            lambda: "La base de données ne prend plus rien." in staff.ask("/equipe/").text, what="the team to read it"
        )
        assert not post_offer(recruiter, "Essai")
        assert {(status, "pas été enregistré" in text) for _, status, text in crowd.broken} == {(503, True)}
        other.execute("ROLLBACK")
    wait_for(lambda: not wrong(site), what="the database to be well")
    assert post_offer(recruiter, "Essai")

    # The worker dies; its last sign of life is of six minutes ago.
    site.processes["worker"].kill()
    site.ask("age_heartbeats", 6)
    wait_for(lambda: wrong(site) == {"worker", "schedule"}, what="the worker to be said")
    read(staff, "Le travailleur s’est arrêté.")
    site.start_worker("--pool=solo", "--beat")
    wait_for(lambda: not wrong(site), what="the worker to be well")

    # Its schedule is another process where there are several machines: it alone dies.
    site.processes["worker"].kill()
    site.start_worker("--pool=solo")
    site.ask("age_heartbeats", 6)
    wait_for(lambda: "schedule" in wrong(site), what="the schedule to be said")
    site.start_beat()
    wait_for(lambda: not wrong(site), seconds=120, what="the schedule to be well")
