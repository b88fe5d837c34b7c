"""Pages that are the same for everybody are answered from memory or by 304, and never show what is no longer so."""

import gzip
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import Company
from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    EditionFactory,
    OccupationFactory,
    OfferFactory,
    SkillFactory,
    StaffFactory,
    TrainingFactory,
    UserFactory,
)
from jobs.models import Offer, OfferAudience
from medinjob.lib.public_pages import SHOWN_FOR, forget_pages
from search.engines.circuit_breaker import breaker
from search.indexing.outbox import drain, enqueue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tantivy")]
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture(autouse=True)
def _forgotten():
    forget_pages()
    yield
    forget_pages()


@pytest.fixture
def offer(index):
    offer = OfferFactory(published=True, title="Développeuse Python", occupations=[OccupationFactory(web=True)])
    index()
    return offer


@pytest.fixture(params=["home", "search", "offer"])
def page(request, offer):
    return offer.get_absolute_url() if request.param == "offer" else reverse(request.param)


def test_page_is_asked_again_for_nothing_when_nothing_changed(client, page):
    first = client.get(page)
    again = client.get(page, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_page_from_memory_is_the_page(client, page):
    made, kept = client.get(page), client.get(page)
    assert kept.content == made.content
    zipped = client.get(page, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(zipped.content) == made.content
    assert {"Accept-Encoding", "Cookie", "HX-Request"} <= {name.strip() for name in zipped["Vary"].split(",")}


def test_new_offer_changes_every_page(client, page):
    before = client.get(page)
    fields = {"occupations": [OccupationFactory(web=True)], "place": CommuneFactory(aix=True)}
    other = OfferFactory(published=True, title="Data engineer", **fields)
    enqueue(offer_ids=[other.pk])
    drain()
    after = client.get(page, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Data engineer" in after.content.decode()


def test_each_language_and_each_query_is_a_page_of_its_own(client, offer):
    pages = ["/offres/", "/en/offres/", "/offres/?q=python", "/offres/?q=php", "/formations/"]
    assert len({client.get(page)["ETag"] for page in pages}) == len(pages)


def test_words_about_the_time_are_not_kept_for_long(client, page, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    before = client.get(page)["ETag"]
    time_machine.move_to(now + timedelta(seconds=SHOWN_FOR), tick=False)
    assert client.get(page)["ETag"] != before


@pytest.mark.parametrize("who", [UserFactory, StaffFactory])
def test_who_is_signed_in_gets_their_own_page(client, page, who):
    plain = client.get(page)
    client.force_login(who())
    own = client.get(page, headers={"If-None-Match": plain["ETag"]})
    assert own.status_code == 200
    assert "Mon compte" in own.content.decode()
    client.logout()
    assert "Mon compte" not in client.get(page).content.decode()


def test_part_of_a_page_is_not_the_page(client, offer):
    whole = client.get("/offres/")
    part = client.get("/offres/", headers={"HX-Request": "true"})
    assert len(part.content) < len(whole.content)
    assert client.get("/offres/").content == whole.content


def test_readers_are_counted_though_nothing_is_sent(client, offer):
    first = client.get(offer.get_absolute_url(), headers=READER)
    client.get(offer.get_absolute_url(), headers=READER)
    client.get(offer.get_absolute_url(), headers={**READER, "If-None-Match": first["ETag"]})
    assert OfferAudience.objects.get().views == 3


def test_way_back_is_that_of_the_reader(client, offer):
    results = {"Referer": "http://testserver/offres/?q=python"}
    plain = client.get(offer.get_absolute_url())
    back = client.get(offer.get_absolute_url(), headers={**results, "If-None-Match": plain["ETag"]})
    assert "Retour aux résultats" in back.content.decode()
    assert "Retour aux résultats" not in client.get(offer.get_absolute_url()).content.decode()


def test_offer_that_ends_is_no_longer_shown_at_once(client, offer):
    before = client.get(offer.get_absolute_url())
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    after = client.get(offer.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 410


def test_offer_of_a_company_that_is_refused_is_hidden_at_once(client, index):
    offer = OfferFactory(published=True, company=CompanyFactory())
    index()
    before = client.get(offer.get_absolute_url())
    Company.objects.update(state="refused", refusal_reason="Fausse")
    after = client.get(offer.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 404


def test_forum_to_come_changes_the_home_page(client, offer):
    before = client.get("/")
    edition = EditionFactory(announced=True)
    after = client.get("/", headers={"If-None-Match": before["ETag"]})
    assert edition.event.name in after.content.decode()


def test_answer_of_the_database_is_not_kept(client, page):
    """While the engine is down a page says less; once it is back, the page is whole again."""
    whole = client.get(page)
    forget_pages()
    breaker.trip()
    assert "ETag" not in (poor := client.get(page)) or poor["ETag"] != whole["ETag"]
    breaker.reset()
    assert client.get(page).content == whole.content


def test_training_is_kept_too(client, index):
    training = TrainingFactory(published=True, session=True, skills=[SkillFactory()], place=CommuneFactory(aix=True))
    index()
    first = client.get(training.get_absolute_url())
    assert client.get(training.get_absolute_url(), headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["companies", "editions", "legal", "privacy", "accessibility"])
def test_other_public_pages_are_compared_by_their_content(client, name):
    page = reverse(name)
    first = client.get(page)
    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 304
