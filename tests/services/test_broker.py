"""The broker and the worker fail: what is due waits in the database, and is done once."""

import signal

import pytest
import requests
from celery import Celery

from tests.services.people import Crowd, Visitor, apply, post_offer, redirected, search
from tests.services.site import wait_for

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def site(services_site, mail_server):
    site = services_site(EMAIL_URL=f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    site.start_worker("--concurrency=2")
    return site


def nudge(site, task="accounts.send_mails"):
    Celery(broker=site.env["MEDINJOB_BROKER_URL"]).send_task(task)


def all_sent(site, count):
    return lambda: site.ask("mails") == {"sent": count}


def test_worker_and_beat_do_all_that_is_due(site, mail_server):
    """No nudge: the schedule alone sends the mails and fills the index."""
    site.start_beat()
    world = site.ask("world", 1, 1, 3, 0)
    site.ask("queue", 4)
    wait_for(all_sent(site, 4), what="the mails")
    wait_for(lambda: site.ask("pending")["index"] == 0, what="the index")
    site.start_web()
    found = requests.get(f"{site.url}/offres/", timeout=30)
    assert all(f"/offres/{offer}-" in found.text or f"/offres/{offer}/" in found.text for offer in world["offers"])
    assert "une réponse plus simple" not in found.text, "the database answered in place of the index"
    assert len(mail_server.received) == 4


def test_broker_killed_and_restarted_loses_nothing(site, mail_server, redis):
    site.start_beat()
    site.ask("queue", 2, "avant")
    wait_for(all_sent(site, 2), what="the mails before")
    redis.kill()
    site.ask("queue", 2, "pendant")
    redis.start()
    site.ask("queue", 2, "après")
    wait_for(all_sent(site, 6), seconds=120, what="the mails after")
    assert len(mail_server.received) == 6


@pytest.mark.parametrize("failure", [signal.SIGKILL, signal.SIGSTOP])
def test_pages_and_forms_answer_without_broker_and_cache(site, redis, failure):
    world, mail = site.ask("world", 1, 1, 1, 1), site.ask("failed_mail")
    site.start_web()
    redis.process.send_signal(failure)
    crowd = Crowd(site)
    candidate, recruiter, staff = (
        Visitor(crowd, session) for session in (*world["candidates"], *world["recruiters"], world["staff"])
    )
    assert search(candidate, "python")
    assert apply(candidate, ("Candidat 0", world["offers"][0], True))
    assert post_offer(recruiter, "Essai sans Redis")
    assert redirected(staff.ask(f"/equipe/courriels/{mail}/renvoyer/", {}))
    assert crowd.broken == []
    made = site.ask("facts")
    assert (len(made["applications"]), made["titles"]) == (1, [["Essai sans Redis", "published"]])


def test_mail_cut_in_mid_send_is_shown_as_uncertain_and_never_sent_again(site, mail_server):
    world = site.ask("world", 1, 1, 1, 0)
    site.ask("queue", 1)
    mail_server.hold.clear()
    nudge(site)
    wait_for(lambda: mail_server.received, what="the mail server to have the text")
    site.processes["worker"].kill()
    mail_server.hold.set()
    assert site.ask("mails") == {"sending": 1}

    site.ask("age_claims")
    site.start_worker("--concurrency=2")
    nudge(site)
    wait_for(lambda: site.ask("mails") == {"uncertain": 1}, what="the worker to see it")
    nudge(site)
    site.ask("queue", 1, "autre")
    nudge(site)
    wait_for(lambda: site.ask("mails") == {"uncertain": 1, "sent": 1}, what="the next mail")
    assert len(mail_server.received) == 2
    site.start_web()
    page = requests.get(f"{site.url}/equipe/courriels/", cookies={"sessionid": world["staff"]}, timeout=30)
    assert "Incertain" in page.text


def test_worker_killed_in_mid_task_does_the_rest_once(site, mail_server):
    """SIGKILL to the process at work, five times, while fifty mails leave."""
    site.start_beat()
    site.ask("queue", 50)
    for number in range(5):
        already = len(mail_server.received)
        nudge(site)
        wait_for(
            lambda before=already: len(mail_server.received) > before or len(mail_server.received) >= 45, what="mails"
        )
        site.processes["worker"].kill_child(number)
        wait_for(site.processes["worker"].children, what="another process of the worker")
    wait_for(lambda: site.ask("pending")["mails"] == 0, seconds=120, what="the rest")
    states = site.ask("mails")
    assert states.get("sent", 0) + states.get("sending", 0) == 50
    assert states.get("sending", 0) <= 5
    subjects = [line for text in mail_server.received for line in text.splitlines() if line.startswith(b"Subject:")]
    assert len(subjects) == len(set(subjects))
    assert states["sent"] <= len(subjects) <= 50
