from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import CompanyFactory, OfferFactory, TrainingFactory, UserFactory
from jobs import deadline
from jobs.enums import DEADLINE_LINK_LIFETIME, JOB_LIFETIME, REMINDER_BEFORE, OfferState
from jobs.models import Offer
from jobs.services import expiry, lifecycle

pytestmark = pytest.mark.django_db


def soon(days=5):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def author():
    return UserFactory(email="autrice@medinjob.example")


@pytest.fixture
def ending(author):
    """An offer in its last week."""
    return OfferFactory(published=True, author=author, company=CompanyFactory(recruiter=author), expires_at=soon())


def link(offer, user):
    token = deadline.sign(deadline.Deadline(offer.pk, user.pk, offer.expires_at))
    return reverse("offer-deadline", args=[offer.pk, token])


# Closing.


def test_due_offers_are_closed_and_the_others_left():
    due = [OfferFactory(overdue=True), OfferFactory(overdue=True, imported=True)]
    paused = OfferFactory(paused=True, expires_at=soon(-1))
    OfferFactory(published=True)
    OfferFactory(published=True, expires_at=None)
    assert expiry.close_due_offers() == 3
    assert set(Offer.objects.filter(state=OfferState.EXPIRED)) == {*due, paused}
    assert due[0].events.get().by is None
    assert expiry.close_due_offers() == 0


def test_many_due_offers_are_closed_in_batches(monkeypatch):
    monkeypatch.setattr(expiry, "BATCH", 2)
    for _ in range(5):
        OfferFactory(overdue=True)
    assert expiry.close_due_offers() == 5


def test_batch_in_which_somebody_moves_an_offer_waits_for_the_next_run(monkeypatch):
    monkeypatch.setattr(expiry, "BATCH", 1)
    first, _second = OfferFactory(overdue=True), OfferFactory(overdue=True)
    expire = lifecycle.expire

    def late(*, offers):
        Offer.objects.filter(pk=first.pk, state="published").update(version=1)
        return expire(offers=offers)

    monkeypatch.setattr(lifecycle, "expire", late)
    assert expiry.close_due_offers() == 1
    assert expiry.close_due_offers() == 1


# Reminding.


def test_reminder_is_written_once_for_each_date_of_expiry(ending, author):
    assert (expiry.remind_expiring_offers(), expiry.remind_expiring_offers()) == (1, 0)
    mail = OutgoingMail.objects.get()
    assert (mail.to, ending.title in mail.subject) == (author.email, True)
    assert mail.body.count("http") == 1

    lifecycle.renew(offers=[ending], by=author)
    assert expiry.remind_expiring_offers() == 0
    with time_machine.travel(ending.expires_at - REMINDER_BEFORE + timedelta(hours=1), tick=False):
        assert expiry.remind_expiring_offers() == 1


@pytest.mark.parametrize(
    "fields",
    [{"expires_at": soon(8)}, {"expires_at": soon(-1)}, {"state": OfferState.FILLED}, {"state": OfferState.DRAFT}],
)
def test_reminder_is_not_for_other_offers(fields, ending):
    Offer.objects.update(**fields)
    assert expiry.remind_expiring_offers() == 0


def test_imported_offers_are_reminded_to_nobody():
    OfferFactory(imported=True, published=True, expires_at=soon())
    assert expiry.remind_expiring_offers() == 0


def test_admins_are_reminded_once_the_author_has_left(ending, author):
    admin = UserFactory()
    author.memberships.all().delete()
    admin.memberships.create(company=ending.company, role="admin")
    expiry.remind_expiring_offers()
    assert OutgoingMail.objects.get().to == admin.email


def test_reminder_is_in_the_recipients_language(ending, author):
    author.language = "en"
    author.save()
    expiry.remind_expiring_offers()
    assert "/en/offres/" in OutgoingMail.objects.get().body


def test_link_of_the_reminder_works(client, ending):
    expiry.remind_expiring_offers()
    address = OutgoingMail.objects.get().body.split("http://localhost:8000")[1].split()[0]
    assert client.get(address).context["offer"] == ending


# The signed link.


def test_link_shows_on_get_and_changes_nothing(client, ending, author):
    page = client.get(link(ending, author))
    assert (page.status_code, page.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert [action.value for action in page.context["form"].actions] == ["renew", "fill", "withdraw"]
    assert not ending.events.exists()


@pytest.mark.parametrize(("action", "state"), [("renew", "published"), ("fill", "filled"), ("withdraw", "withdrawn")])
def test_link_acts_on_post_in_the_name_of_its_recipient(action, state, client, ending, author):
    url = link(ending, author)
    answer = client.post(url, {"action": action}, follow=True)
    assert (Offer.objects.get().state, ending.events.get().by) == (state, author)
    assert "rien d’autre à faire" in answer.text


def test_link_renews_once(client, ending, author):
    url = link(ending, author)
    client.post(url, {"action": "renew"})
    client.post(url, {"action": "renew"})
    client.post(url, {"action": "withdraw"})
    assert [event.action for event in ending.events.all()] == ["renew"]
    assert Offer.objects.get().expires_at == pytest.approx(timezone.now() + JOB_LIFETIME, abs=timedelta(minutes=1))


def test_link_reopens_an_offer_that_has_just_expired(client, ending, author):
    url = link(ending, author)
    with time_machine.travel(soon(6), tick=False):
        expiry.close_due_offers()
        client.post(url, {"action": "renew"})
        assert Offer.objects.visible().get() == ending


def test_training_with_sessions_is_not_prolonged_but_edited(client, author):
    company = CompanyFactory(recruiter=author)
    offer = TrainingFactory(published=True, session=True, company=company, author=author, expires_at=soon())
    page = client.get(link(offer, author))
    assert [action.value for action in page.context["form"].actions] == ["fill", "withdraw"]
    assert reverse("offer-edit", args=[offer.pk]) in page.text
    assert client.post(link(offer, author), {"action": "renew"}).status_code == 200
    assert not offer.events.exists()


def test_link_of_a_member_who_has_left_is_over(client, ending, author):
    url = link(ending, author)
    author.memberships.all().delete()
    assert client.post(url, {"action": "renew"}).status_code == 410
    assert not ending.events.exists()


def test_link_of_a_closed_account_is_over(client, ending, author):
    url = link(ending, author)
    author.is_active = False
    author.save()
    assert client.get(url).status_code == 410


def test_old_link_is_over(client, ending, author):
    url = link(ending, author)
    with time_machine.travel(timezone.now() + DEADLINE_LINK_LIFETIME + timedelta(days=1), tick=False):
        assert client.get(url).status_code == 410


def test_link_does_not_open_another_offer(client, ending, author):
    other = OfferFactory(published=True, company=ending.company, expires_at=soon())
    token = link(ending, author).rsplit("/", 2)[1]
    assert client.post(reverse("offer-deadline", args=[other.pk, token]), {"action": "fill"}).status_code == 410
    assert not other.events.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", signing.dumps([1, 1, "2026-11-22T00:00:00+00:00"], salt="other")])
def test_forged_link_is_over(token, client, ending):
    assert client.get(reverse("offer-deadline", args=[ending.pk, token])).status_code == 410


@pytest.mark.parametrize("action", ["", "pause", "publish"])
def test_other_actions_are_refused_by_the_link(action, client, ending, author):
    assert client.post(link(ending, author), {"action": action}).status_code == 200
    assert not ending.events.exists()


# The schedule.


@pytest.mark.usefixtures("index")
def test_tick_does_all_that_is_due(ending):
    due = OfferFactory(overdue=True)
    call_command("tick", verbosity=0)
    due.refresh_from_db()
    assert due.state == OfferState.EXPIRED
    assert OutgoingMail.objects.filter(to="autrice@medinjob.example").exists()


@pytest.mark.usefixtures("index")
def test_tick_goes_on_after_a_failure_and_says_so(monkeypatch, ending):
    def broken():
        raise RuntimeError("plus de place")

    monkeypatch.setattr(expiry, "close_due_offers", broken)
    with pytest.raises(CommandError, match="close_due_offers: RuntimeError: plus de place"):
        call_command("tick", verbosity=0)
    assert OutgoingMail.objects.exists()
