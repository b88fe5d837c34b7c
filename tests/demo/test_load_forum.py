"""The demo's forum: rows that the site could have written, and a report with something in every headline."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from candidates.enums import Channel
from candidates.models import Application
from demo.loading.people import CANDIDATE, RECRUITER
from forums.enums import AttendeeState, EditionState, ExhibitorState
from forums.models import Attendee, Edition, Entry, Meeting, ShownOffer, StandApplication
from forums.rules import attendees_open, exhibitors_open
from forums.services.reminders import remind_attendees
from ledger.models import Attribution, LedgerEntry
from ledger.selectors.chain import breaks
from ledger.services.contracts import record_missing_contracts
from ledger.services.follow_up import ask_due
from reports.indicators.catalogue import HEADLINES
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.services.signing import proof
from reports.services.snapshots import freeze_report
from reports.verifier import verifier
from tests.audit.comparing import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_demo")]


@pytest.fixture
def past():
    return Edition.objects.select_related("event").get(state=EditionState.CLOSED, declared=False)


@pytest.fixture
def coming():
    return Edition.objects.select_related("event").get(state=EditionState.ANNOUNCED)


def test_there_is_one_that_is_over_one_to_come_and_the_declared_one(past, coming):
    today = timezone.localdate()
    assert past.event.ends_on < today < coming.event.starts_on
    assert Edition.objects.get(declared=True).event.slug == "forum-medinjob-2018"
    for edition in Edition.objects.select_related("event"):
        assert edition.event.slug.endswith(f"-{edition.event.starts_on.year}")


def test_the_declared_edition_has_its_three_figures():
    figures = Edition.objects.get(declared=True).event.declared_figures
    assert dict(figures.values_list("indicator", "value")) == {"positions": 500, "participants": 600, "contracts": 45}


def test_every_headline_of_the_past_edition_has_something_to_count(past):
    figures = compute(scope_of(past)).figures
    assert {slug: figures[slug].value or 0 for slug in HEADLINES if not figures[slug].value} == {}
    assert Attribution.objects.filter(edition=past).values("kind").distinct().count() >= 1


def test_an_auditors_own_sql_agrees_with_the_past_edition(past):
    assert differences(past) == {}


def test_the_report_of_the_past_edition_is_frozen(past):
    assert list(past.snapshots.order_by("pk").values_list("closing", flat=True)) == [True, False]
    assert not past.exhibitors.accepted().filter(frozen={}).exists()


def test_who_came_in_came_that_day_and_was_registered(past):
    entries = Entry.objects.filter(edition=past)
    assert {timezone.localdate(moment) for moment in entries.values_list("at", flat=True)} == {past.event.starts_on}
    assert not entries.filter(attendee__isnull=False).exclude(attendee__state=AttendeeState.REGISTERED).exists()
    assert entries.filter(representative__isnull=False).exists()


def test_meetings_are_between_people_who_were_there():
    for meeting in Meeting.objects.select_related("exhibitor"):
        assert meeting.attendee.entries.filter(edition=meeting.exhibitor.edition_id).exists()
        assert meeting.exhibitor.state == ExhibitorState.ACCEPTED


def test_applications_on_the_spot_follow_a_meeting_and_go_to_its_company():
    assert StandApplication.objects.count() == Application.objects.filter(channel=Channel.FORUM).count() > 10
    for row in StandApplication.objects.select_related("application", "exhibitor", "attendee"):
        assert row.application.company_id == row.exhibitor.company_id
        assert Meeting.objects.filter(exhibitor=row.exhibitor, attendee=row.attendee, agreed_at__isnull=False).exists()


def test_shown_offers_are_their_exhibitors_and_were_published_before(past):
    shown = ShownOffer.objects.all()
    assert not shown.exclude(offer__company=F("exhibitor__company")).exists()
    opening = timezone.make_aware(timezone.datetime.combine(past.event.starts_on, timezone.datetime.min.time()))
    assert not shown.filter(exhibitor__edition=past, offer__published_at__gt=opening).exists()


def test_offers_of_the_coming_edition_last_until_it_is_over(coming):
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=61)
    shown = ShownOffer.objects.filter(exhibitor__edition=coming, exhibitor__state=ExhibitorState.ACCEPTED)
    assert shown.exists()
    assert not shown.filter(offer__expires_at__lt=end - timedelta(hours=2)).exists()


def test_the_named_people_take_part(past, coming):
    for edition in (past, coming):
        assert edition.exhibitors.accepted().filter(company__members__email=RECRUITER).exists()
        assert edition.attendees.registered().filter(user__email=CANDIDATE).exists()


def test_the_coming_edition_takes_registrations_and_requests(coming):
    now = timezone.now()
    assert attendees_open(coming, now)
    assert exhibitors_open(coming, now)
    assert set(coming.exhibitors.values_list("state", flat=True)) == {"accepted", "requested", "waiting"}


def test_everybody_registered_has_a_badge():
    registered = Attendee.objects.registered()
    assert not registered.exclude(badges__revoked_at=None, badges__isnull=False).exists()


def test_nothing_is_left_to_do_at_once(past):
    assert (remind_attendees(), ask_due(), record_missing_contracts()) == (0, 0, 0)
    assert LedgerEntry.objects.count() > 20


def test_the_history_of_the_demo_is_chained_and_its_report_is_proved(past):
    assert breaks() == []
    lines = verifier.verify(proof(snapshot=freeze_report(edition=past, by=None, addresses=())))
    assert any("chiffres recomptés" in line for line in lines)
