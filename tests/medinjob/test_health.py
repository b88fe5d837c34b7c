from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services import queue_mail
from medinjob.health import TOO_OLD
from search.engines import get_engine
from search.models import PendingIndexing

pytestmark = pytest.mark.django_db
LATE = TOO_OLD + timedelta(minutes=1)


@pytest.fixture
def ready(index):
    index()


def test_all_well_is_200(client, ready):
    answer = client.get("/sante/")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": {"ok": True},
        "index": {"ok": True, "documents": 0},
        "mails": {"ok": True, "oldest_seconds": 0},
        "indexing": {"ok": True, "oldest_seconds": 0},
    }
    assert "no-store" in answer["Cache-Control"]


def test_no_index_is_503_and_says_no_more(client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    get_engine.cache_clear()
    answer = client.get("/sante/")
    get_engine.cache_clear()
    assert (answer.status_code, answer.json()["index"]) == (503, {"ok": False})


@pytest.mark.usefixtures("still")
def test_mail_that_waits_too_long_is_503(client, ready):
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    assert client.get("/sante/").status_code == 200
    OutgoingMail.objects.update(due_at=timezone.now() - LATE)
    answer = client.get("/sante/")
    assert answer.status_code == 503
    assert answer.json()["mails"] == {"ok": False, "oldest_seconds": int(LATE.total_seconds())}
    assert "nora" not in answer.content.decode()


def test_mail_to_be_tried_again_later_is_no_fault(client, ready):
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.update(created_at=timezone.now() - LATE, due_at=timezone.now() + LATE)
    assert client.get("/sante/").status_code == 200


def test_index_entry_that_waits_too_long_is_503(client, ready):
    PendingIndexing.objects.create(offer_id=1, created_at=timezone.now() - LATE)
    answer = client.get("/sante/")
    assert (answer.status_code, answer.json()["indexing"]["ok"]) == (503, False)


def test_health_may_not_be_posted_to(client):
    assert client.post("/sante/").status_code == 405
