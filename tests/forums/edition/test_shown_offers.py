"""An offer shown stays until the edition ends: time alone does not close it, and people still may."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.factories import EditionFactory, ExhibitorFactory, OfferFactory
from forums.models import ShownOffer
from forums.services import editions, exhibitors
from forums.services.shown_offers import end_of, hold_changed_offers
from jobs.enums import OfferState
from jobs.models import Offer
from jobs.services import lifecycle
from jobs.services.expiry import close_due_offers, prolong
from search.criteria import SearchCriteria
from search.models import PendingIndexing
from search.service.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def far():
    """Beyond the sixty days of an offer."""
    return EditionFactory(announced=True, starts_in=100)


def show(edition, offer, **traits):
    return ExhibitorFactory(edition=edition, company=offer.company, shown=[offer], **(traits or {"accepted": True}))


def expiry(offer):
    return Offer.objects.get(pk=offer.pk).expires_at


def test_accepting_a_stand_keeps_its_offers_until_the_end(far, offer, staff):
    exhibitor = show(far, offer, waiting=True)
    exhibitors.accept(exhibitor=exhibitor, by=staff)
    assert expiry(offer) == end_of(far)
    with time_machine.travel(end_of(far) - timedelta(minutes=1), tick=False):
        assert close_due_offers() == 0
        assert Offer.objects.visible().filter(pk=offer.pk).exists()
    with time_machine.travel(end_of(far), tick=False):
        assert close_due_offers() == 1


def test_announcing_keeps_the_offers_of_stands_accepted_before(offer, staff):
    edition = EditionFactory(starts_in=100)
    show(edition, offer)
    assert expiry(offer) == offer.expires_at
    editions.announce(edition=edition, by=staff)
    assert expiry(offer) == end_of(edition)


def test_an_offer_that_lasts_longer_keeps_its_own_end(edition, offer, staff):
    exhibitors.accept(exhibitor=show(edition, offer, waiting=True), by=staff)
    assert expiry(offer) == offer.expires_at > end_of(edition)


def test_an_offer_published_after_it_was_shown_lasts_too(far, company, staff):
    offer = OfferFactory(in_review=True, company=company)
    show(far, offer)
    lifecycle.publish(offers=[offer], by=staff)
    assert expiry(offer) == end_of(far)


def test_an_offer_shown_twice_lasts_until_the_later_end(far, edition, offer):
    show(edition, offer)
    show(far, offer)
    hold_changed_offers(offer_ids=[offer.pk])
    assert expiry(offer) == end_of(far)


@pytest.mark.parametrize("verb", [lifecycle.fill, lifecycle.withdraw])
def test_a_recruiter_may_close_it_all_the_same_and_the_row_stays(verb, far, offer, recruiter):
    show(far, offer)
    verb(offers=[offer], by=recruiter)
    assert not Offer.objects.visible().filter(pk=offer.pk).exists()
    assert ShownOffer.objects.filter(offer=offer).exists()


@pytest.mark.parametrize("trait", ["waiting", "refused", "cancelled"])
def test_a_stand_that_is_not_accepted_holds_nothing(trait, far, offer):
    show(far, offer, **{trait: True})
    hold_changed_offers(offer_ids=[offer.pk])
    assert expiry(offer) == offer.expires_at


@pytest.mark.parametrize("traits", [{}, {"closed": True}, {"over": True}])
def test_an_edition_that_is_not_to_come_holds_nothing(traits, offer):
    show(EditionFactory(**traits), offer)
    hold_changed_offers(offer_ids=[offer.pk])
    assert expiry(offer) == offer.expires_at


def test_prolonging_leaves_closed_and_overdue_offers(company):
    until = timezone.now() + timedelta(days=300)
    made = [OfferFactory(company=company, **{trait: True}) for trait in ("expired", "overdue", "withdrawn", "paused")]
    assert prolong(offers=Offer.objects.all(), until=until) == 1
    assert Offer.objects.get(expires_at=until) == made[-1]


def test_prolonging_twice_announces_once(offer):
    until = timezone.now() + timedelta(days=300)
    PendingIndexing.objects.all().delete()
    prolong(offers=Offer.objects.all(), until=until)
    assert PendingIndexing.objects.count() == 1
    assert prolong(offers=Offer.objects.all(), until=until) == 0
    assert PendingIndexing.objects.count() == 1


def test_search_may_be_limited_to_the_offers_shown(edition, offer, staff, index):
    other = OfferFactory(published=True)
    exhibitors.accept(exhibitor=show(edition, offer, waiting=True), by=staff)
    index()
    found = search(SearchCriteria(collection=(edition.collection.slug,)), size=10)
    assert [hit.id for hit in found.hits] == [offer.pk]
    assert search(SearchCriteria(), size=10).total == 2
    assert other.state == OfferState.PUBLISHED


def test_the_index_hears_of_what_is_shown_and_no_longer_shown(edition, offer, staff):
    exhibitor = show(edition, offer, waiting=True)
    PendingIndexing.objects.all().delete()
    exhibitors.accept(exhibitor=exhibitor, by=staff)
    assert set(PendingIndexing.objects.values_list("offer_id", flat=True)) == {offer.pk}
    PendingIndexing.objects.all().delete()
    exhibitors.cancel(exhibitor=exhibitor, by=None)
    assert set(PendingIndexing.objects.values_list("offer_id", flat=True)) == {offer.pk}
