from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Heartbeat, Incident, OutgoingMail
from accounts.services import beat, queue_mail, retry_mail
from demo.factories import ImportRunFactory, ImportSourceFactory, StaffFactory
from medinjob.health import CHECKS, SILENCE, TOO_OLD, WATCHED, last
from medinjob.watch import TROUBLES, watch
from search.engines import get_engine
from search.models import PendingIndexing

pytestmark = pytest.mark.django_db
LATE = TOO_OLD + timedelta(minutes=1)


@pytest.fixture
def ready(index):
    """An index, and both that work by themselves were alive a moment ago."""
    index()
    beat(name="worker")
    beat(name="schedule")


def ask(client: Client) -> HttpResponse:
    """As a process that has not been asked for some seconds."""
    last.forget()
    return client.get("/sante/")


def aged(name: str, age: timedelta, every: timedelta | None = None) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now() - age, "every": every})


@pytest.mark.usefixtures("still")
def test_all_well_is_200(client, ready):
    aged("worker", timedelta(seconds=20))
    aged("schedule", timedelta(seconds=30))
    answer = ask(client)
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": {"ok": True},
        "disk": {"ok": True},
        "index": {"ok": True, "documents": 0},
        "mails": {"ok": True, "oldest_seconds": 0},
        "indexing": {"ok": True, "oldest_seconds": 0},
        "worker": {"ok": True, "silent_seconds": 20},
        "schedule": {"ok": True, "silent_seconds": 30},
        "refused_mails": {"ok": True},
        "imports": {"ok": True},
    }
    assert "no-store" in answer["Cache-Control"]


def test_no_index_is_503_and_says_no_more(client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    get_engine.cache_clear()
    answer = ask(client)
    get_engine.cache_clear()
    assert (answer.status_code, answer.json()["index"]) == (503, {"ok": False})


@pytest.mark.usefixtures("still")
def test_mail_that_is_tried_again_and_again_is_503_whenever_its_next_try_is(client, ready):
    mail = queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    assert ask(client).status_code == 200
    now = timezone.now()
    OutgoingMail.objects.update(attempts=5, due_at=now + LATE, waiting_since=now - LATE)
    answer = ask(client)
    assert answer.status_code == 503
    assert answer.json()["mails"] == {"ok": False, "oldest_seconds": int(LATE.total_seconds())}
    assert "nora" not in answer.content.decode()
    OutgoingMail.objects.update(state="failed", created_at=now - timedelta(days=9))
    retry_mail(mail=mail)  # of staff: it waits from now on
    assert ask(client).status_code == 200


def test_one_address_that_is_tried_again_is_no_fault_while_others_get_their_mails(client, ready):
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.update(waiting_since=timezone.now() - LATE, due_at=timezone.now() + LATE)
    queue_mail(to="lea@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.filter(to__startswith="lea").update(state="sent", sent_at=timezone.now())
    assert ask(client).json()["mails"]["ok"] is True
    OutgoingMail.objects.filter(to__startswith="nora").update(due_at=timezone.now() - LATE)
    assert ask(client).json()["mails"]["ok"] is False


def test_index_entry_that_waits_too_long_is_503(client, ready):
    PendingIndexing.objects.create(offer_id=1, created_at=timezone.now() - LATE)
    answer = ask(client)
    assert (answer.status_code, answer.json()["indexing"]["ok"]) == (503, False)


@pytest.mark.parametrize("name", ["worker", "schedule"])
def test_silence_is_503(client, ready, name):
    aged(name, SILENCE + timedelta(seconds=5))
    answer = ask(client)
    assert (answer.status_code, answer.json()[name]["ok"]) == (503, False)


def test_worker_at_a_long_import_is_not_dead(client, ready):
    aged("worker", timedelta(hours=1))
    ImportRunFactory(state="running", seen_at=timezone.now())
    assert ask(client).json()["worker"]["ok"] is True


@pytest.mark.parametrize(
    ("since", "every", "well"),
    [(9, 10, True), (24, 10, True), (26, 10, False), (50, 60, True), (100, None, True), (130, None, False)],
)
def test_site_that_a_cron_ticks_is_well_as_long_as_it_ticks(client, ready, since, every, well):
    Heartbeat.objects.exclude(name="probe").delete()
    aged("tick", timedelta(minutes=since), timedelta(minutes=every) if every else None)
    report = ask(client).json()
    assert (report["worker"]["ok"], report["schedule"]["ok"]) == (well, well)


def test_tick_is_a_sign_of_life(ready):
    Heartbeat.objects.all().delete()
    call_command("tick")
    assert list(Heartbeat.objects.exclude(name="probe").values_list("name", flat=True)) == ["tick"]


def test_disk_without_room_is_503(client, ready, settings):
    settings.DISK_FREE_MB = 10**9
    answer = ask(client)
    assert (answer.status_code, answer.json()["disk"]) == (503, {"ok": False})


def test_folder_that_takes_no_file_is_503(client, ready, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    assert ask(client).json()["disk"] == {"ok": False}


def test_what_comes_from_outside_takes_no_site_out_of_service(client, ready):
    ImportSourceFactory(failures=3)
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.update(state="uncertain")
    answer = ask(client)
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert (answer.json()["imports"], answer.json()["refused_mails"]) == ({"ok": False}, {"ok": False})


def test_many_questions_are_one_look(client, ready, django_assert_num_queries):
    ask(client)
    with django_assert_num_queries(0):
        for _ in range(50):
            assert client.get("/sante/").status_code == 200


def test_health_may_not_be_posted_to(client):
    assert client.post("/sante/").status_code == 405


def test_staff_read_on_their_home_what_is_wrong_and_what_to_do(client, ready):
    client.force_login(StaffFactory())
    last.forget()
    assert "ne va pas bien" not in client.get("/equipe/").text
    aged("worker", timedelta(hours=1))
    last.forget()
    page = client.get("/equipe/")
    assert "Le travailleur s’est arrêté." in page.text
    assert "medinjob-worker" in page.text
    last.forget()
    english = client.get("/en/equipe/").text
    assert "The worker has stopped." in english


def test_every_check_has_words_for_staff():
    assert set(TROUBLES) == {*CHECKS, *WATCHED}
    for trouble in TROUBLES.values():
        assert not trouble.page or reverse(trouble.page)


def test_staff_are_told_once_by_mail_and_once_when_it_is_over(ready, settings, mailoutbox):
    french, english = StaffFactory(), StaffFactory(language="en")
    watch()
    assert not Incident.objects.exists()
    settings.DISK_FREE_MB = 10**9
    for _ in range(3):
        watch()
    assert [(mail.to, mail.subject) for mail in OutgoingMail.objects.order_by("pk")] == [
        (french.email, "Medinjob : Le disque est plein, ou presque."),
        (english.email, "Medinjob: The disk is full, or almost."),
    ]
    settings.DISK_FREE_MB = 1
    for _ in range(3):
        watch()
    over = OutgoingMail.objects.order_by("pk")[2:]
    assert [mail.subject for mail in over] == [
        "Medinjob, c'est fini : Le disque est plein, ou presque.",
        "Medinjob, it is over: The disk is full, or almost.",
    ]
    settings.DISK_FREE_MB = 10**9
    watch()
    assert OutgoingMail.objects.count() == 6  # a new incident


def test_mails_that_do_not_leave_are_told_by_no_mail(ready):
    StaffFactory()
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.update(waiting_since=timezone.now() - LATE, due_at=timezone.now() + LATE)
    watch()
    assert list(Incident.objects.values_list("name", "closed_at")) == [("mails", None)]
    assert OutgoingMail.objects.count() == 1
