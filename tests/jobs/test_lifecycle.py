from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from companies.enums import CompanyState
from demo.factories import CompanyFactory, OfferFactory, SessionFactory, StaffFactory, TrainingFactory, UserFactory
from jobs.enums import JOB_LIFETIME, Flag, OfferState
from jobs.flags import SAMPLE_EVERY, is_sampled
from jobs.models import Offer
from jobs.services import lifecycle
from jobs.signals import offers_changed
from jobs.transitions import TRANSITIONS
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    """The ids that were announced to the upper floors, one list a time."""
    heard = []

    def hear(ids, **_):
        heard.append(ids)

    offers_changed.connect(hear)
    yield heard
    offers_changed.disconnect(hear)


def unsampled(factory=OfferFactory, **fields):
    """An offer whose number does not fall on the sample."""
    return factory(pk=next(pk for pk in range(70, 170) if not is_sampled(Offer(pk=pk))), **fields)


def history(offer):
    return list(offer.events.order_by("id").values_list("action", "before", "after", "by", "reason"))


def test_submit_publishes_a_trusted_companys_offer_at_once():
    author = UserFactory()
    offer = lifecycle.submit(offer=unsampled(), by=author)

    offer.refresh_from_db()
    assert (offer.state, offer.flags) == (OfferState.PUBLISHED, [])
    assert offer.expires_at == pytest.approx(offer.published_at + JOB_LIFETIME, abs=timedelta(seconds=1))
    assert history(offer) == [("publish", "draft", "published", author.pk, "")]


def test_submit_sends_a_new_companys_offer_to_review():
    offer = lifecycle.submit(offer=OfferFactory(company=CompanyFactory(new=True)), by=UserFactory())

    offer.refresh_from_db()
    assert (offer.state, offer.flags) == (OfferState.IN_REVIEW, [Flag.NEW_COMPANY])
    assert offer.submitted_at is not None
    assert offer.published_at is None


def test_submit_refuses_a_refused_companys_offer():
    offer = OfferFactory(company=CompanyFactory(refused=True))
    with pytest.raises(MoveError, match="refusé cette entreprise"):
        lifecycle.submit(offer=offer, by=UserFactory())
    assert Offer.objects.get().state == OfferState.DRAFT


def test_submit_marks_the_sample_for_checking():
    offers = [lifecycle.submit(offer=OfferFactory(pk=pk), by=None) for pk in range(1, 3 * SAMPLE_EVERY)]
    assert [o.pk for o in offers if Flag.SAMPLED in o.flags] == [o.pk for o in offers if is_sampled(o)] != []
    assert {o.state for o in offers} == {OfferState.PUBLISHED}


def test_sample_is_about_a_tenth_and_hangs_on_the_secret(settings):
    offers = [Offer(pk=pk) for pk in range(10_000)]
    drawn = [offer.pk for offer in offers if is_sampled(offer)]
    assert 850 < len(drawn) < 1_150
    assert drawn == [offer.pk for offer in offers if is_sampled(offer)]
    settings.SECRET_KEY = "another site's"
    assert drawn != [offer.pk for offer in offers if is_sampled(offer)]


def test_submit_flags_an_offer_without_pay():
    offer = unsampled(job__pay_min=None, job__pay_max=None, job__pay_unit="")
    assert lifecycle.submit(offer=offer, by=None).flags == [Flag.NO_PAY]


def test_submit_does_not_ask_the_pay_of_a_training():
    offer = unsampled(TrainingFactory, session=True)
    assert lifecycle.submit(offer=offer, by=None).flags == []


def test_submit_flags_suspicious_wording():
    offer = unsampled(title="Vendeur H/F", text="Langue maternelle française.")
    assert lifecycle.submit(offer=offer, by=None).flags == [Flag.SUSPICIOUS]


@pytest.mark.parametrize(
    "words",
    [
        {"text": "Femmes s'abstenir."},
        {"title": "Vendeur, moins de 30 ans uniquement"},
        {"other_skills": ["Envoyez votre RIB avec votre CV"]},
        {"job__no_pay_reason": "Étrangers s'abstenir."},
    ],
)
def test_submit_sends_grave_words_to_review_whoever_posts_them(words):
    offer = lifecycle.submit(offer=unsampled(**words), by=None)
    assert (offer.state, offer.flags) == (OfferState.IN_REVIEW, [Flag.GRAVE])


def test_submit_after_a_refusal_goes_to_review_even_from_a_trusted_company():
    offer = OfferFactory(rejected=True)
    assert lifecycle.submit(offer=offer, by=None).state == OfferState.IN_REVIEW


def test_taking_a_refused_offer_back_does_not_open_the_direct_way():
    offer = lifecycle.submit(offer=OfferFactory(rejected=True), by=None)
    lifecycle.unsubmit(offers=[offer], by=None)
    assert lifecycle.submit(offer=offer, by=None).state == OfferState.IN_REVIEW


def test_approval_clears_flags_and_the_reason_of_an_earlier_refusal():
    staff = StaffFactory()
    offer = OfferFactory(in_review=True, flags=[Flag.NO_PAY], reason="Trop court.")
    lifecycle.publish(offers=[offer], by=staff)

    offer.refresh_from_db()
    assert (offer.state, offer.flags, offer.reason) == (OfferState.PUBLISHED, [], "")
    assert history(offer) == [("publish", "in_review", "published", staff.pk, "")]


def test_refusal_keeps_its_reason_on_the_offer_and_in_its_history():
    staff = StaffFactory()
    offer = OfferFactory(in_review=True)
    lifecycle.reject(offers=[offer], by=staff, reason="Le lieu manque.")

    offer.refresh_from_db()
    assert (offer.state, offer.reason) == (OfferState.REJECTED, "Le lieu manque.")
    assert history(offer) == [("reject", "in_review", "rejected", staff.pk, "Le lieu manque.")]


def test_pause_and_resume_keep_the_expiry():
    offer = OfferFactory(published=True)
    before = offer.expires_at
    lifecycle.pause(offers=[offer], by=None)
    lifecycle.resume(offers=[offer], by=None)

    offer.refresh_from_db()
    assert (offer.state, offer.expires_at) == (OfferState.PUBLISHED, before)


def test_resume_after_the_expiry_asks_to_renew():
    offer = OfferFactory(paused=True, expires_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(MoveError, match="Renouveler"):
        lifecycle.resume(offers=[offer], by=None)


@pytest.mark.parametrize("state", ["published", "paused", "expired"])
def test_renew_starts_a_new_lifetime_and_keeps_the_publication_date(state):
    offer = OfferFactory(**{state: True})
    before = offer.published_at
    lifecycle.renew(offers=[offer], by=None)

    offer.refresh_from_db()
    assert (offer.state, offer.published_at) == (OfferState.PUBLISHED, before)
    assert offer.expires_at == pytest.approx(timezone.now() + JOB_LIFETIME, abs=timedelta(minutes=1))


def test_training_expires_at_the_end_of_its_last_session_in_local_time():
    offer = TrainingFactory()
    year = timezone.localdate().year + 1
    SessionFactory(offer=offer, starts_on=date(year, 1, 4), ends_on=date(year, 6, 30))
    SessionFactory(offer=offer, starts_on=date(year - 1, 12, 1), ends_on=date(year, 3, 1))
    lifecycle.submit(offer=offer, by=None)

    offer.refresh_from_db()
    assert offer.expires_at == datetime(year, 7, 1, tzinfo=ZoneInfo("Europe/Paris"))


def test_training_without_session_expires_like_a_job():
    offer = lifecycle.submit(offer=TrainingFactory(), by=None)
    assert offer.expires_at == pytest.approx(timezone.now() + JOB_LIFETIME, abs=timedelta(minutes=1))


def test_training_whose_sessions_are_over_is_not_published():
    offer = TrainingFactory(session__past=True)
    with pytest.raises(MoveError, match="dernière session"):
        lifecycle.submit(offer=offer, by=None)
    assert not offer.events.exists()


def test_withdrawn_offer_is_restored_with_a_new_lifetime():
    offer = OfferFactory(withdrawn=True, expires_at=timezone.now() - timedelta(days=1), reason="Signalée.")
    lifecycle.restore(offer=offer, by=StaffFactory())
    assert Offer.objects.visible().get().reason == ""


def test_withdrawn_draft_is_restored_as_a_draft():
    offer = lifecycle.withdraw(offers=[OfferFactory()], by=None)[0]
    assert lifecycle.restore(offer=offer, by=None).state == OfferState.DRAFT


def test_checking_a_sampled_offer_clears_its_flags_and_is_written():
    staff = StaffFactory()
    offer = OfferFactory(published=True, flags=[Flag.SAMPLED])
    lifecycle.mark_checked(offers=[offer], by=staff)

    offer.refresh_from_db()
    assert offer.flags == []
    assert history(offer) == [("check", "published", "published", staff.pk, "")]


VERBS = {
    "submit": lambda o: lifecycle.submit(offer=o, by=None),
    "unsubmit": lambda o: lifecycle.unsubmit(offers=[o], by=None),
    "publish": lambda o: lifecycle.publish(offers=[o], by=None),
    "review_again": lambda o: lifecycle.review_again(offer=o, by=None),
    "reject": lambda o: lifecycle.reject(offers=[o], by=None, reason="Non."),
    "pause": lambda o: lifecycle.pause(offers=[o], by=None),
    "resume": lambda o: lifecycle.resume(offers=[o], by=None),
    "renew": lambda o: lifecycle.renew(offers=[o], by=None),
    "fill": lambda o: lifecycle.fill(offers=[o], by=None),
    "expire": lambda o: lifecycle.expire(offers=[o]),
    "withdraw": lambda o: lifecycle.withdraw(offers=[o], by=None),
    "restore": lambda o: lifecycle.restore(offer=o, by=None),
    "reopen": lambda o: lifecycle.restore(offer=o, by=None),
    "return": lambda o: lifecycle.bring_back(offers=[o]),
}


def test_every_transition_has_its_verb():
    assert VERBS.keys() == TRANSITIONS.keys()


@pytest.mark.parametrize("state", OfferState.values)
@pytest.mark.parametrize("action", TRANSITIONS)
def test_verb_moves_from_its_states_and_refuses_the_others(action, state, announced):
    company = CompanyFactory(state=CompanyState.NEW if action == "submit" else CompanyState.TRUSTED)
    published_at = None if action in {"reopen", "return"} else timezone.now()
    offer = OfferFactory(company=company, state=OfferState.PUBLISHED, published_at=timezone.now(), reason="Non.")
    Offer.objects.filter(pk=offer.pk).update(state=state, published_at=published_at or offer.published_at)
    offer.state, offer.published_at = state, published_at
    allowed, after = TRANSITIONS[action]

    if state in allowed:
        VERBS[action](offer)
        assert (Offer.objects.get().state, announced) == (after, [[offer.pk]])
        assert [e[:3] for e in history(offer)] == [(action, state, after)]
    else:
        with pytest.raises(MoveError):
            VERBS[action](offer)
        assert (Offer.objects.get().state, announced, history(offer)) == (state, [], [])


def test_lost_race_writes_nothing_and_says_so(announced):
    offer = OfferFactory(published=True)
    mine, theirs = Offer.objects.get(), Offer.objects.get()
    lifecycle.fill(offers=[theirs], by=None)
    announced.clear()

    with pytest.raises(MoveError, match="Quelqu'un vient de modifier"):
        lifecycle.pause(offers=[mine], by=None)
    assert Offer.objects.get().state == OfferState.FILLED
    assert [e[0] for e in history(offer)] == ["fill"]
    assert announced == []


def test_approval_of_a_text_edited_meanwhile_is_refused():
    offer = OfferFactory(in_review=True)
    Offer.objects.update(version=1, text="Tout autre chose.")
    with pytest.raises(MoveError):
        lifecycle.publish(offers=[offer], by=StaffFactory())
    assert Offer.objects.get().state == OfferState.IN_REVIEW


def test_bulk_move_is_all_or_nothing():
    offers = [OfferFactory(published=True), OfferFactory(paused=True), OfferFactory(published=True)]
    Offer.objects.filter(pk=offers[1].pk).update(state=OfferState.FILLED)
    with pytest.raises(MoveError):
        lifecycle.fill(offers=offers, by=None)
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["filled", "published", "published"]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_bulk_move_costs_the_same_queries_for_any_number(count, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(offers_changed, "receivers", [])  # what upper floors write is theirs to count
    offers = [OfferFactory(imported=True, in_review=True) for _ in range(count)]
    with django_assert_num_queries(4):  # savepoint, events, offers, release
        lifecycle.publish(offers=offers, by=None)
    assert Offer.objects.visible().count() == count
