"""No name of a person, a company or an edition breaks what is printed or taken away for the others."""

import json
import re
from datetime import time
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from accounts.services import queue_mail, send_due_mails
from demo.factories import (
    AttendeeFactory,
    CompanyFactory,
    EditionFactory,
    ExhibitorFactory,
    OfferFactory,
    StaffFactory,
)
from forums.badges import badges_pdf
from forums.models import Badge
from forums.wording import calendar
from jobs.models import Offer
from reports.services.snapshots import freeze_report
from search.engines import get_engine
from tests.accounts.smtp_server import smtp_server

pytestmark = pytest.mark.django_db
NAMES = ["Noé 🥳 Fictif", "张伟", "สมศรี ตัวอย่าง", "\ufeffMarie Collée", "ሰላም", "ߒߞߏ", "ʼ\u0301\u0e31", "محمد علي"]
LONG = ["Andrianampoinimerina", "Schwarzenbergermeier", "Papadiamantopoulou", "Rakotomanantsoanirina-Vonhohenzollern"]


@pytest.fixture
def desk(client):
    client.force_login(StaffFactory())
    return client


def test_any_name_prints_on_all_badges_and_on_its_own(desk):
    edition = EditionFactory(announced=True)
    people = [AttendeeFactory(edition=edition, name=name) for name in [*NAMES, "x" * 120]]
    answer = desk.get(reverse("edition-badges-pdf", args=[edition.event.slug]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert answer.status_code == 200
    assert "Noé 🥳 Fictif" in text
    assert "张伟" in text
    assert "nko" in text
    for attendee in people:
        alone = badges_pdf(edition, [attendee.badges.get()], single=True)
        assert len(PdfReader(BytesIO(alone)).pages) == 1


def test_long_names_stay_on_eight_badges_a_page_whole():
    edition = EditionFactory(announced=True)
    for name in [*LONG, *LONG]:
        AttendeeFactory(edition=edition, name=name)
    pdf = PdfReader(BytesIO(badges_pdf(edition, Badge.objects.select_related("attendee", "edition__event"))))
    text = "".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert [text.count(name) for name in LONG] == [2, 2, 2, 2]


@pytest.mark.parametrize("name", ["Rencontres : printemps/automne 2028", "Qui cherche ?", "2028/2029", "'Fête' 🎉 张"])
def test_any_name_of_an_edition_or_a_company_makes_all_files_and_a_frozen_report(desk, name):
    edition = EditionFactory(over=True, event__name=name)
    company = CompanyFactory(name=f"Société {name} ߒߞߏ 🎉", slug="societe")
    ExhibitorFactory(edition=edition, company=company, accepted=True, shown=[OfferFactory(company=company)])
    for kind in ("json", "csv", "xlsx", "pdf"):
        answer = desk.get(reverse("report-file", args=[edition.event.slug, kind]))
        assert (kind, answer.status_code) == (kind, 200)
    snapshot = freeze_report(edition=edition, by=None, addresses=["preuve@medinjob.example"])
    assert json.loads(snapshot.body)["edition"]["name"] == name


@pytest.fixture
def published(settings, tmp_path):
    """Answered by the database: there is no index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine.cache_clear()
    yield OfferFactory(published=True)
    get_engine.cache_clear()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_title_makes_a_feed_and_the_data_of_its_page(client, published, text):
    """A title with each sign stands in the feed of the database's answer, as it was written before titles were
    cleaned."""
    offer = Offer.objects.get()
    Offer.objects.update(title=text.replace("\x00", ""), employer_name=text.replace("\x00", ""))
    answer = client.get(reverse("search-feed"))
    feed = ElementTree.fromstring(answer.content)
    assert answer.status_code == 200
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    page = client.get(f"/offres/{offer.pk}-x/", follow=True).text
    for block in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL):
        json.loads(block)


@pytest.mark.parametrize("name", ["Forum\x0bdu\x00 numérique\u2028🎉", 'Fo"rum\r\nX-A: b', "张" * 80])
def test_any_name_makes_a_calendar(name):
    edition = EditionFactory(announced=True, event__name=name.replace("\x00", ""))
    edition.days.update(opens_at=time(9), closes_at=time(18))
    read = Calendar.from_ical(calendar(edition))
    assert len(read.walk("VEVENT")) == edition.days.count()
    assert all(len(line) <= 75 for line in calendar(edition).split(b"\r\n"))


@pytest.mark.parametrize("words", ["Zoé\x0b 🎉 李雷", "a\u2028b\x85c", "\u202eenvers", "x" * 400, "ߒߞߏ\ue000"])
def test_any_words_leave_by_mail(words, settings):
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        queue_mail(to="zoe@medinjob.example", subject=f"Bonjour {words}", body=f"Texte {words}")
        assert send_due_mails()["sent"] == 1
