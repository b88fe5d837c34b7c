"""The rule on real rows: what each edition knows of a pair, decided again when it changes."""

import json
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.enums import ApplicationAction, Side
from candidates.models import ApplicationEvent
from demo.factories import (
    ActionFactory,
    ApplicationFactory,
    AttendeeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    GrantFactory,
    LedgerEntryFactory,
    MeetingFactory,
    OfferFactory,
    StaffFactory,
    TrainingFactory,
    UserFactory,
)
from forums.enums import EditionState
from forums.models import StandApplication
from ledger.declarations import Facts
from ledger.enums import Evidence, LedgerAction
from ledger.models import LedgerEntry
from ledger.services import evidence
from ledger.services.attribution import attribute_entries, refresh_attributions
from ledger.services.entries import Declaration, declare

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def edition():
    """One day, thirty days ago."""
    return EditionFactory(over=True)


@pytest.fixture
def stand(edition):
    return ExhibitorFactory(edition=edition, accepted=True, people=["Alix"])


@pytest.fixture
def attendee(edition, person):
    return AttendeeFactory(edition=edition, user=person)


def sign(stand, person, days_ago=0, title="Dev"):
    facts = Facts("cdi", title, timezone.localdate() - timedelta(days=days_ago))
    declaration = Declaration(company=stand.company, facts=facts, kind=Evidence.COMPANY, user=person)
    entry = declare(declaration=declaration)
    return LedgerEntry.objects.get(pk=entry.pk)


def kind(entry):
    """None without attribution."""
    row = LedgerEntry.objects.select_related("attribution").get(pk=entry.pk)
    return row.attribution.kind if hasattr(row, "attribution") else None


def on_day(edition, hour=11):
    return timezone.make_aware(datetime.combine(edition.event.starts_on, time(hour)))


def apply_on(stand, person, sent_at, training=False):
    offer = (TrainingFactory if training else OfferFactory)(published=True, company=stand.company)
    stand.shown_offers.create(offer=offer, shown_at=sent_at - timedelta(days=10))
    return ApplicationFactory(offer=offer, candidate=person, sent_at=sent_at, events=False)


@pytest.mark.parametrize(
    ("trait", "found"), [("held", "direct"), ("started", "direct"), ("agreed", None), ("no_show", None)]
)
def test_only_a_meeting_that_took_place_is_direct(stand, attendee, person, trait, found):
    MeetingFactory(exhibitor=stand, attendee=attendee, **{trait: True})
    assert kind(sign(stand, person)) == found


def test_a_meeting_with_another_company_is_nothing(stand, attendee, person, edition):
    MeetingFactory(exhibitor=ExhibitorFactory(edition=edition, accepted=True), attendee=attendee, held=True)
    assert kind(sign(stand, person)) is None


@pytest.mark.parametrize(("hour", "found"), [(9, "direct"), (0, "direct"), (23, "direct")])
def test_an_application_of_the_day_to_a_shown_offer_is_direct(stand, edition, person, hour, found):
    apply_on(stand, person, on_day(edition, hour))
    assert kind(sign(stand, person)) == found


@pytest.mark.parametrize("days", [-1, 1])
def test_an_application_of_another_day_is_not_at_the_edition(stand, edition, person, days):
    apply_on(stand, person, on_day(edition) + timedelta(days=days))
    assert kind(sign(stand, person)) is None


def test_an_application_to_an_offer_that_was_not_shown_is_not_at_the_edition(stand, edition, person):
    offer = OfferFactory(published=True, company=stand.company)
    ApplicationFactory(offer=offer, candidate=person, sent_at=on_day(edition))
    assert kind(sign(stand, person)) is None


def test_a_stand_application_is_direct_and_a_request_about_a_training_is_not(stand, attendee, person, edition):
    request = apply_on(stand, person, on_day(edition), training=True)
    StandApplication.objects.create(application=request, exhibitor=stand, attendee=attendee)
    entry = sign(stand, person)
    assert kind(entry) is None
    application = apply_on(stand, person, on_day(edition))
    StandApplication.objects.create(application=application, exhibitor=stand, attendee=attendee)
    assert (refresh_attributions(), kind(entry)) == (1, "direct")


def test_both_present_is_assisted_once_somebody_was_at_the_stand(stand, attendee, person, edition):
    EntryFactory(attendee=attendee)
    entry = sign(stand, person)
    assert kind(entry) is None
    EntryFactory(attendee=None, representative=stand.representatives.get())
    assert (refresh_attributions(), kind(entry)) == (1, "assisted")


def test_a_stand_where_others_were_met_was_held(stand, attendee, person, edition):
    EntryFactory(attendee=attendee)
    MeetingFactory(exhibitor=stand, held=True)
    assert kind(sign(stand, person)) == "assisted"


def test_an_entry_taken_back_takes_the_attribution_back(stand, attendee, person):
    entry_of_day = EntryFactory(attendee=attendee)
    MeetingFactory(exhibitor=stand, held=True)
    entry = sign(stand, person)
    entry_of_day.undone_at = timezone.now()
    entry_of_day.save()
    assert (refresh_attributions(), kind(entry)) == (1, None)
    last = entry.events.filter(action=LedgerAction.ATTRIBUTE).last()
    assert (last.before["kind"], last.after) == ("assisted", {})


def interviewed(stand, person, at, then=None):
    application = ApplicationFactory(
        offer=OfferFactory(published=True, company=stand.company), candidate=person, sent_at=at, events=False
    )
    moves = [(ApplicationAction.INVITE, at)] + ([(then, at + timedelta(hours=1))] if then else [])
    for action, moment in moves:
        ApplicationEvent.objects.create(
            application=application, action=action, after="interview", side=Side.COMPANY, at=moment
        )
    return application


def test_a_process_at_interview_before_is_assisted_even_if_both_met(stand, attendee, person, edition):
    interviewed(stand, person, on_day(edition) - timedelta(days=3))
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert kind(sign(stand, person)) == "assisted"


@pytest.mark.parametrize("then", [ApplicationAction.REFUSE, ApplicationAction.WITHDRAW, ApplicationAction.REOPEN])
def test_a_process_that_had_ended_before_does_not_hold_the_forum_back(stand, attendee, person, edition, then):
    interviewed(stand, person, on_day(edition) - timedelta(days=3), then)
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert kind(sign(stand, person)) == "direct"


def test_an_interview_on_the_day_is_not_before(stand, attendee, person, edition):
    interviewed(stand, person, on_day(edition, 8))
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert kind(sign(stand, person)) == "direct"


def test_any_process_of_the_pair_at_interview_before_makes_it_assisted(stand, attendee, person, edition):
    interviewed(stand, person, on_day(edition) - timedelta(days=3))
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    entry = sign(stand, person)
    assert kind(entry) == "assisted"
    LedgerEntry.objects.filter(pk=entry.pk).update(application=apply_on(stand, person, on_day(edition)))
    refresh_attributions()
    assert kind(entry) == "assisted"


def test_nothing_done_at_a_refused_stand_makes_a_contract(stand, attendee, person, edition):
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    application = apply_on(stand, person, on_day(edition))
    StandApplication.objects.create(application=application, exhibitor=stand, attendee=attendee)
    stand.state, stand.reason = "refused", "Non"
    stand.save()
    assert kind(sign(stand, person)) is None


def test_an_offer_shown_after_the_application_is_no_application_at_the_edition(stand, edition, person):
    apply_on(stand, person, on_day(edition))
    stand.shown_offers.update(shown_at=timezone.now())
    assert kind(sign(stand, person)) is None


def test_what_is_known_of_a_merged_entry_is_known_of_the_one_that_counts(stand, edition, person):
    other = AttendeeFactory(edition=edition, visitor=True)
    MeetingFactory(exhibitor=stand, attendee=other, held=True)
    kept = sign(stand, person)
    merged = declare(declaration=Declaration(
        company=stand.company, facts=Facts("cdi", "Dev", timezone.localdate()), kind=Evidence.CANDIDATE, attendee=other,
    ))  # fmt: skip
    assert (kind(kept), kind(merged)) == (None, "direct")
    evidence.merge(entry=merged, into=kept, by=None, reason="Deux adresses, une personne")
    assert (kind(kept), kind(merged)) == ("direct", None)


@pytest.mark.parametrize(("days", "found"), [(29, None), (30, "direct")])
def test_the_window_of_the_edition_includes_its_last_day(stand, attendee, person, edition, days, found):
    edition.attribution_days = days
    edition.save()
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert kind(sign(stand, person)) == found


def test_a_changed_window_is_taken_up_by_the_next_run_and_only_once(stand, attendee, person, edition):
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    entry = sign(stand, person)
    edition.attribution_days = 10
    edition.save()
    assert (refresh_attributions(), refresh_attributions(), kind(entry)) == (1, 0, None)


@pytest.mark.parametrize("state", [EditionState.DRAFT, EditionState.CANCELLED])
def test_an_edition_that_was_not_held_has_no_contract(stand, attendee, person, edition, state):
    edition.state = state
    edition.save()
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert kind(sign(stand, person)) is None


def test_direct_of_an_older_edition_beats_assisted_of_a_later_one(stand, attendee, person):
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    later = EditionFactory(over=True, starts_in=-5)
    EntryFactory(attendee=AttendeeFactory(edition=later, user=person))
    MeetingFactory(exhibitor=ExhibitorFactory(edition=later, company=stand.company, accepted=True), held=True)
    entry = sign(stand, person)
    assert (kind(entry), entry.attribution.edition) == ("direct", stand.edition)


def test_among_two_direct_editions_the_latest_before_the_signature_counts(stand, attendee, person):
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    later = EditionFactory(over=True, starts_in=-5)
    again = ExhibitorFactory(edition=later, company=stand.company, accepted=True)
    MeetingFactory(exhibitor=again, attendee=AttendeeFactory(edition=later, user=person), held=True)
    assert sign(stand, person).attribution.edition == later
    assert sign(stand, person, days_ago=10).attribution.edition == stand.edition, "the company corrected its date"


def test_renewals_cancelled_and_merged_contracts_have_no_attribution(stand, attendee, person):
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    first = sign(stand, person)
    MeetingFactory(exhibitor=stand, attendee=AttendeeFactory(edition=stand.edition), held=True)
    evidence.cancel(entry=first, by=None, reason="Non", on=timezone.localdate())
    assert kind(first) is None
    evidence.reopen(entry=first, by=None, reason="Si")
    assert kind(first) == "direct"
    other = LedgerEntryFactory(company=stand.company)
    evidence.merge(entry=first, into=other, by=None, reason="Le même")
    assert kind(first) is None


def test_why_names_the_rows_that_decided(stand, attendee, person):
    meeting = MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    entry = sign(stand, person)
    said = {"edition": stand.edition_id, "kind": "meeting", "ref": meeting.pk, "on": str(stand.edition.event.starts_on)}
    assert entry.attribution.why == {"facts": [said]}


def test_the_name_is_kept_until_the_latest_audit_date_of_the_grants(person):
    action = ActionFactory()
    dates = [timezone.localdate() + timedelta(days=days) for days in (400, 900)]
    for audit_until in (*dates, None):
        GrantFactory(action=action, audit_until=audit_until)
    stand = ExhibitorFactory(edition=EditionFactory(over=True, event__action=action), accepted=True)
    attendee = AttendeeFactory(edition=stand.edition, user=person)
    MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
    assert sign(stand, person).keep_until == dates[1]


@pytest.mark.parametrize("count", [1, 3])
def test_deciding_again_costs_the_same_queries_for_one_and_three(stand, edition, count, django_assert_num_queries):
    for _ in range(count):
        attendee = AttendeeFactory(edition=edition, present=True)
        MeetingFactory(exhibitor=stand, attendee=attendee, held=True)
        apply_on(stand, attendee.user, on_day(edition))
        sign(stand, attendee.user)
    entries = list(LedgerEntry.objects.all())
    with django_assert_num_queries(24):
        assert attribute_entries(entries=entries) == 0


def test_freezing_a_report_counts_what_came_from_paper_since(client, stand, attendee, person, edition):
    MeetingFactory(exhibitor=stand, attendee=attendee, agreed=True)
    entry = sign(stand, person)
    assert kind(entry) is None
    stand.meetings.update(state="done")
    client.force_login(StaffFactory())
    client.post(reverse("report-snapshots", args=[edition.event.slug]), {"addresses": ""})
    assert kind(entry) == "direct"
    assert json.loads(edition.snapshots.get().body)["figures"]["contracts"]["value"] == 1


def test_a_merge_makes_two_persons_one_at_every_company_and_in_any_order(edition, stand):
    """Met under one address, signed under another; a later contract under the first is decided by either's meeting."""
    met, other = AttendeeFactory(edition=edition), AttendeeFactory(edition=edition)
    MeetingFactory(exhibitor=stand, attendee=met, held=True)
    elsewhere = ExhibitorFactory(edition=edition, accepted=True)
    MeetingFactory(exhibitor=elsewhere, attendee=met, held=True)

    def signed(at, who, title):
        facts = Facts("cdi", title, edition.event.starts_on + timedelta(days=5))
        return declare(declaration=Declaration(company=at.company, facts=facts, kind=Evidence.COMPANY, attendee=who))

    one, two = signed(stand, met, "Dev"), signed(stand, other, "Dev")
    far = signed(elsewhere, other, "Architecte")
    assert (kind(one), kind(two), kind(far)) == ("direct", None, None)
    evidence.merge(entry=two, into=one, by=None, reason="Deux adresses")
    assert (kind(one), kind(two), kind(far)) == ("direct", None, "direct")
    assert refresh_attributions() == attribute_entries(entries=[far]) == 0
    evidence.separate(entry=two, by=None, reason="Deux personnes")
    assert (kind(one), kind(two), kind(far)) == ("direct", None, None)
