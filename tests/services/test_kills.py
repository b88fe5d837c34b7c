"""SIGKILL of web and worker at random points while people post, apply, hire and mails leave: nothing lost, nothing
done twice, the index equal to the database afterwards."""

import os
import random
import time
from collections import Counter
from itertools import cycle, islice

import pytest
from celery import Celery

from tests.accounts.smtp_server import smtp_server
from tests.services.people import Crowd, apply, hire, post_offer, search
from tests.services.site import Site, wait_for

# Forty meet each kind of program many times; `make soak` plays two hundred.
KILLS = int(os.environ.get("MEDINJOB_TEST_KILLS", "200" if os.environ.get("MEDINJOB_TEST_SOAK") else "40"))
RECRUITERS, CANDIDATES, OFFERS, RECEIVED = 18, 40, 15, 60
# Of a recruiter: fewer than their list shows at once, and than they may post in an hour, as a try that was cut counts.
POSTED = 20

pytestmark = pytest.mark.timeout(1500)


class SlowReader(list):
    """Mails take a moment to be received, so that kills meet some of them."""

    def append(self, text: bytes) -> None:
        super().append(text)
        time.sleep(0.02)


def people_at_work(site: Site) -> Crowd:
    world = site.ask("world", RECRUITERS, CANDIDATES, OFFERS, RECEIVED)
    crowd = Crowd(site)
    posting = islice(cycle(world["recruiters"]), RECRUITERS * POSTED)
    titles = [(session, f"Essai {n}") for n, session in enumerate(posting)]
    people = list(enumerate(world["candidates"]))
    wishes = [
        (session, (f"Candidat {n}", offer, (n + offer) % 3 == 0)) for offer in world["offers"] for n, session in people
    ]
    crowd.work("posted", titles[::2], post_offer, 0.2)
    crowd.work("posted", titles[1::2], post_offer, 0.2)
    crowd.work("applied", wishes[::2], apply, 0.2)
    crowd.work("applied", wishes[1::2], apply, 0.2)
    crowd.work("hired", [(world["recruiters"][0], pk) for pk in world["received"]], hire, 1)
    crowd.work("searched", cycle([(world["candidates"][0], "python")]), search, 0.3)
    return crowd


def kill_at_random(site: Site, crowd: Crowd, chance: random.Random) -> Counter[str]:
    """Mostly the processes that serve and work, whose parents start others; at times a whole program. (The child of the
    worker of one machine is its schedule, which goes with it: systemd ends the rest of a unit of which it lost one.)"""
    nudge = Celery(broker=site.env["MEDINJOB_BROKER_URL"]) if "MEDINJOB_BROKER_URL" in site.env else None
    killed: Counter[str] = Counter()
    while killed.total() < KILLS:
        if killed.total() % 4 == 0:
            # However slow the machine, people get something done among the kills.
            crowd.wait_for_work()
        if nudge:
            nudge.send_task(chance.choice(["accounts.send_mails", "search.drain"]))
        time.sleep(chance.uniform(0.1, 1.2))
        victim = chance.choices(["web child", "worker child", "web", "worker"], [50, 30 if nudge else 0, 8, 12])[0]
        program = site.processes[victim.split()[0]]
        if victim.endswith("child"):
            killed[victim] += program.kill_child(chance.randrange(9))
        else:
            program.kill()
            killed[victim] += 1
        site.revive()
    return killed


def settle(site: Site) -> dict[str, int]:
    """What is due is done by the worker alone; what was interrupted in mid-send is aged until it is known as such."""

    def nothing_due() -> bool:
        site.revive()
        return not any(site.ask("pending").values())

    wait_for(nothing_due, seconds=400, what="the worker to do what is due")
    aged = site.ask("age_claims")
    wait_for(
        lambda: site.ask("mails").get("sending", 0) == 0, seconds=60, what="the worker to see what was interrupted"
    )
    return {**site.ask("mails"), "interrupted": aged}


def check_what_was_made(crowd: Crowd, facts: dict) -> None:
    assert crowd.broken == []
    titles = Counter(title for title, _ in facts["titles"])
    assert set(titles.values()) <= {1}
    assert {title for title, state in facts["titles"] if state == "published"} >= set(crowd.done["posted"])
    applications = Counter(map(tuple, facts["applications"]))
    assert set(applications.values()) <= {1}
    assert set(applications) >= {(name, offer) for name, offer, _ in crowd.done["applied"]}
    assert facts["without_event"] == 0
    assert {n for _, _, n in facts["events"]} == {1}
    hired = {application for application, action, _ in facts["events"] if action == "hire"}
    assert hired >= set(crowd.done["hired"])
    # Each application tells both sides, each hiring the candidate.
    assert facts["mails"] == 2 * len(applications) + len(hired)


def check_mails(received: list[bytes], states: dict[str, int]) -> None:
    """Each was received once; an uncertain one perhaps."""
    letters = Counter(text.split(b"Message-ID:")[0] + text.split(b"\r\n\r\n", 1)[1] for text in received)
    assert set(letters.values()) <= {1}
    sent, uncertain = states.get("sent", 0), states.get("uncertain", 0)
    assert sent <= len(letters) <= sent + uncertain
    assert set(states) - {"interrupted"} <= {"sent", "uncertain"}
    assert uncertain == states["interrupted"]


def run(site: Site, *worker: str) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with smtp_server() as mail_server:
        mail_server.received = SlowReader()
        site.env["MEDINJOB_EMAIL_URL"] = f"smtp://127.0.0.1:{mail_server.server_address[1]}"
        crowd = people_at_work(site)
        site.start_web()
        site.start_worker(*worker)
        try:
            killed = kill_at_random(site, crowd, random.Random(seed))
        finally:
            crowd.leave()
        states = settle(site)
    facts, files = site.ask("facts"), site.ask("files")
    print(dict(killed), {kind: len(done) for kind, done in crowd.done.items()}, states, files)
    check_what_was_made(crowd, facts)
    check_mails(mail_server.received, states)
    assert site.ask("drift") == []
    assert files["altered"] == 0
    assert files["files"] == files["rows"] + files["swept"]


def test_one_machine_survives_kills(new_site):
    run(new_site(), "--pool=solo", "--beat")


def test_services_survive_kills(services_site):
    site = services_site()
    site.start_beat()
    run(site, "--concurrency=2")
