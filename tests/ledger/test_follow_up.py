"""Both sides are asked once a date; what they say goes to the ledger."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CompanyFactory,
    EditionFactory,
    ExhibitorFactory,
    MeetingFactory,
    UserFactory,
)
from forums.enums import EditionState, ExhibitorState, MeetingState
from forums.models import StandApplication
from ledger.declarations import Facts
from ledger.enums import AnswerSource, EvidenceLevel, Outcome
from ledger.models import FollowUp, FollowUpAnswer, FollowUpDate, LedgerEntry
from ledger.selectors.chain import breaks
from ledger.selectors.follow_up import met_of
from ledger.services import follow_up
from ledger.services.chain import seal
from ledger.services.entries import refresh_differences
from ledger.services.follow_up import Answer, ask_due
from ledger.tasks import settle_ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """Thirty days ago; the first date is due since 23 days."""
    return EditionFactory(over=True, follow_ups=True)


@pytest.fixture
def recruiter():
    return UserFactory(email="dominique@medinjob.example")


@pytest.fixture
def exhibitor(edition, recruiter):
    return ExhibitorFactory(edition=edition, accepted=True, company=CompanyFactory(recruiter=recruiter))


@pytest.fixture
def meeting(exhibitor):
    return MeetingFactory(exhibitor=exhibitor, held=True)


def facts(**changes):
    said = {"type": "cdi", "job_title": "Dev", "signed_on": timezone.localdate() - timedelta(days=3), "starts_on": None}
    return Facts(**(said | changes))


def asked(**side):
    return FollowUp.objects.get(**side)


def say(row, meeting, outcome, said=None, **more):
    said = facts() if outcome == Outcome.HIRED and said is None else said
    answers = [Answer(meeting.exhibitor, meeting.attendee, outcome, said)]
    return follow_up.answer(follow_up=row, answers=answers, **more)


def recipients():
    return sorted(OutgoingMail.objects.filter(key__startswith="follow-up-").values_list("to", flat=True))


def next_date(edition):
    """The second date has come."""
    second = edition.follow_up_dates.filter(asked_at=None).first()
    FollowUpDate.objects.filter(pk=second.pk).update(due_on=timezone.localdate())


def test_both_sides_are_asked_once(meeting, recruiter):
    assert (ask_due(), ask_due()) == (2, 0)
    assert recipients() == sorted([recruiter.email, meeting.attendee.email])


def test_tick_twice_asks_once(meeting, index):
    index()
    call_command("tick")
    call_command("tick")
    assert len(recipients()) == 2


def test_the_mail_has_the_link_and_no_name(meeting):
    ask_due()
    mail = OutgoingMail.objects.get(to="dominique@medinjob.example")
    assert "/forum/suites/" in mail.body
    assert "1 personne" in mail.body
    assert meeting.attendee.name not in mail.body


def test_a_run_that_was_interrupted_is_finished_by_the_next(meeting, edition):
    date = edition.follow_up_dates.first()
    FollowUp.objects.create(date=date, exhibitor=meeting.exhibitor)
    assert (ask_due(), recipients()) == (1, [meeting.attendee.email])


def test_of_two_dates_that_have_passed_only_the_latest_is_asked(meeting, edition):
    second = edition.follow_up_dates.all()[1]
    FollowUpDate.objects.filter(pk=second.pk).update(due_on=timezone.localdate())
    assert (ask_due(), ask_due()) == (2, 0)
    assert set(FollowUp.objects.values_list("date", flat=True)) == {second.pk}


@pytest.mark.parametrize("state", [EditionState.DRAFT, EditionState.CANCELLED])
def test_an_edition_that_was_not_held_asks_nothing(meeting, edition, state):
    edition.state = state
    edition.save()
    assert ask_due() == 0


def test_nobody_is_asked_before_the_date_or_the_end(meeting, edition):
    first = edition.follow_up_dates.filter(pk=edition.follow_up_dates.first().pk)
    first.update(due_on=timezone.localdate() + timedelta(days=1))
    assert ask_due() == 0
    first.update(due_on=timezone.localdate())
    edition.event.ends_on = timezone.localdate()
    edition.event.save()
    assert ask_due() == 0


def test_a_company_without_a_stand_and_a_person_who_did_not_come_are_not_asked(edition):
    ExhibitorFactory(edition=edition, refused=True)
    AttendeeFactory(edition=edition)
    AttendeeFactory(edition=edition, forgotten_at=timezone.now(), name="", email="", present=True)
    assert ask_due() == 0


def test_who_came_without_meeting_anybody_is_asked(edition):
    attendee = AttendeeFactory(edition=edition, present=True)
    assert (ask_due(), recipients()) == (1, [attendee.email])


def test_a_company_is_written_to_once_whoever_its_members_are(edition):
    admin, colleague = UserFactory(), UserFactory()
    company = CompanyFactory(admin=admin, recruiter=colleague)
    ExhibitorFactory(edition=edition, accepted=True, company=company, requested_by=colleague)
    ExhibitorFactory(
        edition=edition, accepted=True, company=CompanyFactory(admin=UserFactory(email="a@medinjob.example"))
    )
    ask_due()
    assert recipients() == sorted([colleague.email, "a@medinjob.example"])


def test_a_stand_without_members_is_asked_at_its_representative_or_by_staff(edition):
    held = ExhibitorFactory(edition=edition, accepted=True)
    held.representatives.create(name="Alix", email="alix@medinjob.example")
    nobody = ExhibitorFactory(edition=edition, accepted=True)
    assert (ask_due(), recipients()) == (1, ["alix@medinjob.example"])
    assert asked(exhibitor=nobody).answered_at is None


def test_a_page_lists_everybody_met_once(meeting, exhibitor):
    application = ApplicationFactory(candidate=meeting.attendee.user, offer__company=exhibitor.company)
    StandApplication.objects.create(application=application, exhibitor=exhibitor, attendee=meeting.attendee)
    MeetingFactory(exhibitor=exhibitor, no_show=True)
    opened = MeetingFactory(exhibitor=exhibitor, attendee__name="Camille Exemple")
    ask_due()
    lines = met_of(asked(exhibitor=exhibitor))
    assert [line.name for line in lines] == [meeting.attendee.name, opened.attendee.name.split()[0]]


def test_a_hiring_told_by_the_company_is_a_contract(meeting, exhibitor):
    ask_due()
    assert say(asked(exhibitor=exhibitor), meeting, Outcome.HIRED) == 1
    entry = LedgerEntry.objects.get()
    assert (entry.company, entry.attendee, entry.level) == (
        exhibitor.company,
        meeting.attendee,
        EvidenceLevel.COMPANY,
    )
    assert (entry.attribution.edition, entry.attribution.kind) == (exhibitor.edition, "direct")


def test_the_same_page_sent_twice_says_it_once(meeting, exhibitor):
    ask_due()
    row = asked(exhibitor=exhibitor)
    assert [say(row, meeting, Outcome.HIRED) for _ in range(2)] == [1, 0]
    assert (LedgerEntry.objects.get().evidence.count(), FollowUpAnswer.objects.count()) == (1, 1)


def test_both_sides_saying_it_is_one_contract(meeting, exhibitor):
    ask_due()
    said = facts()
    for row in (asked(exhibitor=exhibitor), asked(attendee=meeting.attendee)):
        say(row, meeting, Outcome.HIRED, said)
    entry = LedgerEntry.objects.get()
    assert (entry.level, entry.type) == (EvidenceLevel.BOTH, said.type)


def test_two_sides_that_say_it_differently_are_one_contract_that_both_have_not_declared(meeting, exhibitor):
    ask_due()
    say(asked(exhibitor=exhibitor), meeting, Outcome.HIRED)
    other = facts(type="cdd", signed_on=timezone.localdate() - timedelta(days=10))
    say(asked(attendee=meeting.attendee), meeting, Outcome.HIRED, other)
    entry = LedgerEntry.objects.get()
    assert (entry.level, entry.type, entry.differs) == (EvidenceLevel.COMPANY, "cdi", True)


def test_difference_that_an_older_release_did_not_mark_is_marked_at_night(meeting, exhibitor):
    ask_due()
    say(asked(exhibitor=exhibitor), meeting, Outcome.HIRED)
    say(asked(attendee=meeting.attendee), meeting, Outcome.HIRED, facts(type="cdd"))
    LedgerEntry.objects.update(differs=False)
    seal(LedgerEntry, LedgerEntry.objects.values_list("pk", flat=True))
    settle_ledger()
    assert LedgerEntry.objects.get().differs
    assert (refresh_differences(), breaks()) == (0, [])


def test_what_one_side_corrects_stays_one_contract_however_far_the_date(meeting, exhibitor):
    ask_due()
    row = asked(exhibitor=exhibitor)
    edition_day = exhibitor.edition.event.starts_on
    say(row, meeting, Outcome.HIRED, facts(signed_on=edition_day - timedelta(days=365)))
    say(row, meeting, Outcome.HIRED, facts(signed_on=edition_day))
    assert (LedgerEntry.objects.get().signed_on, LedgerEntry.objects.count()) == (edition_day, 1)


def test_a_hiring_taken_back_counts_no_more(meeting, exhibitor):
    ask_due()
    row = asked(exhibitor=exhibitor)
    say(row, meeting, Outcome.HIRED)
    say(row, meeting, Outcome.REFUSED)
    assert (LedgerEntry.objects.count(), LedgerEntry.objects.counting().count()) == (1, 0)


def test_what_staff_heard_is_entered_as_such(meeting, exhibitor):
    ask_due()
    said_on = timezone.localdate() - timedelta(days=1)
    say(asked(exhibitor=exhibitor), meeting, Outcome.HIRED, source=AnswerSource.PHONE, said_on=said_on)
    row = LedgerEntry.objects.get().evidence.get()
    assert (row.kind, row.on, row.answer.source) == ("staff", said_on, AnswerSource.PHONE)


def test_answered_when_every_line_is(meeting, exhibitor):
    other = MeetingFactory(exhibitor=exhibitor, held=True)
    ask_due()
    row = asked(exhibitor=exhibitor)
    say(row, meeting, Outcome.REFUSED)
    assert asked(exhibitor=exhibitor).answered_at is None
    say(row, other, Outcome.GOING_ON)
    assert asked(exhibitor=exhibitor).answered_at is not None


def test_who_has_said_all_for_good_is_not_asked_again(meeting, exhibitor, edition):
    ask_due()
    say(asked(exhibitor=exhibitor), meeting, Outcome.REFUSED)
    next_date(edition)
    ask_due()
    assert recipients().count("dominique@medinjob.example") == 1


@pytest.mark.parametrize("outcome", [Outcome.GOING_ON, Outcome.NO_NEWS])
def test_who_has_something_going_on_is_asked_at_the_next_date(meeting, exhibitor, edition, outcome):
    ask_due()
    say(asked(exhibitor=exhibitor), meeting, outcome)
    next_date(edition)
    ask_due()
    assert recipients().count("dominique@medinjob.example") == 2
    line = met_of(FollowUp.objects.filter(exhibitor=exhibitor).last())[0]
    assert (line.answer.outcome, line.is_settled) == (outcome, False)


def test_who_met_nobody_and_said_so_is_not_asked_again(exhibitor, edition):
    ask_due()
    follow_up.answer(follow_up=asked(exhibitor=exhibitor), answers=[])
    assert asked(exhibitor=exhibitor).answered_at is not None
    next_date(edition)
    assert ask_due() == 0


def test_a_company_without_stand_any_more_is_not_asked(meeting, exhibitor):
    exhibitor.state = ExhibitorState.CANCELLED
    exhibitor.save()
    ask_due()
    assert recipients() == [meeting.attendee.email]


def test_a_no_show_is_nobody_met(exhibitor):
    MeetingFactory(exhibitor=exhibitor, state=MeetingState.NO_SHOW)
    ask_due()
    assert met_of(asked(exhibitor=exhibitor)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_the_same_queries_for_one_and_three(exhibitor, count, django_assert_num_queries):
    for _ in range(count):
        MeetingFactory(exhibitor=exhibitor, held=True)
    ask_due()
    row = FollowUp.objects.select_related("exhibitor__company").get(exhibitor=exhibitor)
    with django_assert_num_queries(3):
        assert len(met_of(row)) == count
