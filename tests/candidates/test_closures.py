import pytest

from accounts.models import OutgoingMail
from candidates.enums import ApplicationAction
from demo.factories import ApplicationFactory, OfferFactory
from jobs.models import Offer
from jobs.services import lifecycle
from jobs.signals import offers_changed
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


def announce(*offers):
    offers_changed.send(sender=Offer, ids=[offer.pk for offer in offers])


@pytest.fixture
def offer():
    return OfferFactory(published=True)


@pytest.fixture
def application(offer):
    return ApplicationFactory(offer=offer)


@pytest.mark.parametrize("verb", [lifecycle.fill, lifecycle.withdraw])
def test_candidate_hears_that_the_offer_closed(offer, application, verb):
    verb(offers=[offer], by=None)
    assert [mail.subject for mail in OutgoingMail.objects.all()] == [f"L'offre est close : {offer.title}"]
    event = application.events.last()
    assert (event.action, event.before, event.after) == (ApplicationAction.OFFER_CLOSED, "sent", "sent")


def test_candidate_hears_once_whatever_happens_next(offer, application):
    lifecycle.fill(offers=[offer], by=None)
    announce(offer)
    assert OutgoingMail.objects.count() == 1


def test_pause_is_no_closing(offer, application):
    lifecycle.pause(offers=[offer], by=None)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("ended", ["refused", "withdrawn", "hired", "closed"])
def test_candidate_whose_application_is_over_hears_nothing(offer, ended):
    ApplicationFactory(offer=offer, **{ended: True})
    lifecycle.fill(offers=[offer], by=None)
    assert OutgoingMail.objects.count() == 0


def test_closing_that_is_rolled_back_tells_nobody(offer, application):
    stale = Offer.objects.get(pk=offer.pk)
    lifecycle.pause(offers=[offer], by=None)
    with pytest.raises(MoveError):
        lifecycle.fill(offers=[stale], by=None)
    assert OutgoingMail.objects.count() == 0


def test_changes_of_offers_that_nobody_answered_cost_two_queries(django_assert_num_queries, offer):
    """An import announces thousands at once."""
    from candidates.services.closures import tell_of_closed_offers

    with django_assert_num_queries(3):
        tell_of_closed_offers(offer_ids=[offer.pk])
