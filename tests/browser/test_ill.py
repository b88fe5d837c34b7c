"""Staff's home of a site that is ill in almost every way."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Heartbeat, OutgoingMail
from accounts.services import queue_mail
from demo.factories import ImportSourceFactory, StaffFactory
from medinjob.health import TOO_OLD, last
from search.models import PendingIndexing
from tests.browser.accessible import assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ill(settings, index):
    """Nothing but the database is well: without it there is no page."""
    long_ago = timezone.now() - 2 * TOO_OLD
    settings.DISK_FREE_MB = 10**9
    for name in ("worker", "schedule"):
        Heartbeat.objects.create(name=name, at=long_ago)
    queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    queue_mail(to="lea@medinjob.example", subject="Bonjour", body="x")
    OutgoingMail.objects.update(waiting_since=long_ago, due_at=timezone.now() + timedelta(hours=1))
    OutgoingMail.objects.filter(to__startswith="lea").update(state="uncertain")
    PendingIndexing.objects.create(offer_id=1, created_at=long_ago)
    ImportSourceFactory(failures=3)
    last.forget()


@pytest.mark.parametrize(("address", "lang"), [("/equipe/", "fr"), ("/en/equipe/", "en")])
def test_what_is_wrong_is_readable_at_every_width(ill, page_at, address, lang):
    page = page_at(address, user=StaffFactory())
    assert page.locator(".alert.error").count() == 8
    assert_accessible(page, lang=lang)
    if folder := os.environ.get("MEDINJOB_TEST_SCREENSHOTS"):
        page.emulate_media(color_scheme="light")
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{folder}/ill-{lang}-{width}.png", full_page=True)
