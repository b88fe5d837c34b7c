"""At the same moment, on a real database as in production: asked once, said once, counted once."""

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import (
    AttendeeFactory,
    EditionFactory,
    ExhibitorFactory,
    MeetingFactory,
    ReportedMeetingFactory,
    UserFactory,
)
from forums.models import Meeting
from ledger.declarations import Facts
from ledger.enums import Evidence, Outcome
from ledger.models import ContractEvidence, FollowUp, FollowUpAnswer, LedgerEntry
from ledger.services import reported as reporting
from ledger.services.entries import Declaration, declare
from ledger.services.follow_up import Answer, answer, ask_due
from tests.race import kinds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    exhibitor = ExhibitorFactory(edition=EditionFactory(over=True, follow_ups=True), accepted=True)
    return MeetingFactory(exhibitor=exhibitor, held=True)


def facts():
    return Facts("cdi", "Dev", timezone.localdate())


def declaring(meeting, kind):
    def attempt(ready):
        said = Declaration(company=meeting.exhibitor.company, facts=facts(), kind=kind, attendee=meeting.attendee)
        ready()
        declare(declaration=said)

    return attempt


def asking(ready):
    ready()
    return ask_due()


def test_two_workers_ask_everybody_once(race, look, meeting):
    for _ in range(5):
        MeetingFactory(exhibitor=meeting.exhibitor, held=True)
    written = race(asking, asking)
    assert sum(written) == 6, "six persons; the company has no member to write to"
    assert look(OutgoingMail.objects.count) == 6
    assert look(FollowUp.objects.count) == 7


def test_both_sides_declare_one_contract(race, look, meeting):
    race(declaring(meeting, Evidence.COMPANY), declaring(meeting, Evidence.CANDIDATE))
    assert look(lambda: [(row.level, row.evidence.count()) for row in LedgerEntry.objects.all()]) == [("both", 2)]


def test_one_page_sent_twice_is_one_answer(race, look, meeting):
    ask_due()
    row = FollowUp.objects.select_related("date__edition", "exhibitor__company").get(exhibitor=meeting.exhibitor)
    said = [Answer(meeting.exhibitor, meeting.attendee, Outcome.HIRED, facts())]

    def saying(ready):
        ready()
        return answer(follow_up=row, answers=said)

    assert sorted(race(saying, saying)) == [0, 1]
    assert (look(FollowUpAnswer.objects.count), look(ContractEvidence.objects.count)) == (1, 1)


def test_yes_and_no_at_once_is_one_answer(race, look, meeting):
    attendee = AttendeeFactory(edition=meeting.exhibitor.edition, user=UserFactory())
    row = ReportedMeetingFactory(exhibitor=meeting.exhibitor, attendee=attendee)

    def settling(verb):
        def attempt(ready):
            ready()
            verb(reported=row)

        return attempt

    outcomes = race(settling(reporting.confirm), settling(reporting.decline))
    assert kinds(outcomes) == ["FollowUpError", "NoneType"] or kinds(outcomes) == ["FollowUpError", "Meeting"]
    row.refresh_from_db()
    assert look(lambda: Meeting.objects.filter(source="reported").count()) == int(row.confirmed_at is not None)
