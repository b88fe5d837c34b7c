"""A closing at one click can be taken back for ten minutes, before any mail goes; a draft can be deleted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import MailState
from accounts.models import OutgoingMail
from accounts.services import send_due_mails
from candidates.models import ApplicationEvent
from demo.factories import ApplicationFactory, OfferFactory, UserFactory
from jobs.enums import TAKE_BACK_WITHIN, OfferState
from jobs.models import Offer, OfferEvent
from jobs.services import lifecycle
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db
LIST, ACTIONS, BACK = reverse("recruiter-offers"), reverse("offer-actions"), reverse("offers-take-back")
STATES = [("published", "fill"), ("paused", "fill"), ("published", "withdraw"), ("in_review", "withdraw")]


@pytest.fixture
def desk(client, recruiter):
    client.force_login(recruiter)
    return client


@pytest.fixture
def offer(recruiter):
    return OfferFactory(company=recruiter.company, published=True)


def close(desk, *offers, action="fill"):
    return desk.post(ACTIONS, {"action": action, "ids": [offer.pk for offer in offers]}, follow=True)


@pytest.mark.parametrize(("state", "action"), STATES)
def test_closing_is_taken_back_and_nobody_hears(desk, recruiter, state, action, mailoutbox):
    offer = OfferFactory(company=recruiter.company, **{state: True})
    application = ApplicationFactory(offer=offer)
    close(desk, offer, action=action)
    assert OutgoingMail.objects.count() == 1
    send_due_mails()
    assert mailoutbox == []
    desk.post(BACK, {"ids": offer.pk})
    offer.refresh_from_db()
    assert (offer.state, OutgoingMail.objects.count()) == (state, 0)
    assert not ApplicationEvent.objects.filter(application=application, action="offer_closed").exists()
    assert [event.action for event in offer.events.all()][:2] == ["undo", action]


def test_the_page_offers_it_in_the_message_and_on_the_row(desk, offer):
    page = close(desk, offer).content.decode()
    assert page.count(f'form="take-back" name="ids" value="{offer.pk}"') == 2
    OfferEvent.objects.update(at=timezone.now() - TAKE_BACK_WITHIN - timedelta(seconds=1))
    assert 'name="ids" value' not in desk.get(LIST, {"state": "filled"}).content.decode().split("bulk")[0]


def test_after_ten_minutes_it_stays_closed(desk, offer):
    close(desk, offer)
    OfferEvent.objects.update(at=timezone.now() - TAKE_BACK_WITHIN - timedelta(seconds=1))
    desk.post(BACK, {"ids": offer.pk})
    assert Offer.objects.get(pk=offer.pk).state == OfferState.FILLED


def test_twice_at_once_is_once(offer, recruiter):
    lifecycle.fill(offers=[offer], by=recruiter)
    first, second = Offer.objects.get(pk=offer.pk), Offer.objects.get(pk=offer.pk)
    lifecycle.take_back(offers=[first], by=recruiter)
    with pytest.raises(MoveError):
        lifecycle.take_back(offers=[second], by=recruiter)
    assert OfferEvent.objects.filter(offer=offer, action="undo").count() == 1


def test_mail_that_is_leaving_is_not_claimed_back_and_is_told_once(offer, recruiter):
    ApplicationFactory(offer=offer)
    lifecycle.fill(offers=[offer], by=recruiter)
    OutgoingMail.objects.update(state=MailState.SENDING, claimed_at=timezone.now())
    lifecycle.take_back(offers=[offer], by=recruiter)
    lifecycle.fill(offers=[offer], by=recruiter)
    assert OutgoingMail.objects.count() == 1


def test_closed_again_is_told(offer, recruiter):
    ApplicationFactory(offer=offer)
    lifecycle.fill(offers=[offer], by=recruiter)
    lifecycle.take_back(offers=[offer], by=recruiter)
    lifecycle.fill(offers=[offer], by=recruiter)
    assert OutgoingMail.objects.get().due_at > timezone.now() + TAKE_BACK_WITHIN - timedelta(minutes=1)


def test_what_staff_or_the_clock_closed_is_not_taken_back(desk, offer):
    lifecycle.withdraw(offers=[offer], by=UserFactory(), reason="Arnaque")
    desk.post(BACK, {"ids": offer.pk})
    assert Offer.objects.get(pk=offer.pk).state == OfferState.WITHDRAWN


def test_another_company_takes_nothing_back(client, offer, recruiter):
    lifecycle.fill(offers=[offer], by=recruiter)
    client.force_login(UserFactory())
    client.post(BACK, {"ids": offer.pk})
    assert Offer.objects.get(pk=offer.pk).state == OfferState.FILLED


def test_draft_is_deleted_after_a_question(desk, recruiter):
    draft = OfferFactory(company=recruiter.company)
    page = reverse("offer-delete", args=[draft.pk])
    assert page in desk.get(LIST).content.decode()
    assert desk.get(page).status_code == 200
    assert Offer.objects.filter(pk=draft.pk).exists()
    desk.post(page)
    assert not Offer.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("fields", [{"published": True}, {"in_review": True}, {"published_at": timezone.now()}])
def test_what_has_been_public_or_is_read_is_not_deleted(desk, recruiter, fields):
    offer = OfferFactory(company=recruiter.company, **fields)
    assert desk.post(reverse("offer-delete", args=[offer.pk])).status_code == 404
    assert Offer.objects.filter(pk=offer.pk).exists()
