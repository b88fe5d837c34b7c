"""Meetings at a stand: opened by a scan, agreed to by the person, moved step by step."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import (
    AttendeeFactory,
    CVFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    PassFactory,
    ProfileFactory,
)
from forums.actor import Actor
from forums.enums import Shared
from forums.errors import MeetingError
from forums.links import meeting_url
from forums.models import Entry, Meeting, MeetingEvent
from forums.selectors.sharing import first_name, sharable
from forums.selectors.stand import guest, masked
from forums.services import meetings
from ledger.services.retention import forget_old
from medinjob.lib.errors import EditConflictError, MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(recruiter):
    return Actor(user=recruiter)


@pytest.fixture
def meeting(exhibitor, attendee):
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee)


def own(meeting):
    return Actor(user=meeting.attendee.user)


def actions(meeting):
    return [event.action for event in MeetingEvent.objects.filter(meeting=meeting)]


def test_scan_opens_one_meeting_however_often_it_is_read(exhibitor, attendee, actor):
    first = meetings.open_meeting(exhibitor=exhibitor, attendee=attendee, actor=actor)
    held = Actor(held=PassFactory(stand=exhibitor))
    assert meetings.open_meeting(exhibitor=exhibitor, attendee=attendee, actor=held) == first
    event = MeetingEvent.objects.get()
    assert (event.action, event.before, event.after, event.by) == ("open", "", "opened", actor.user)


def test_badges_are_read_on_the_days_only(actor):
    stand = ExhibitorFactory(edition=EditionFactory(over=True), accepted=True)
    with pytest.raises(MeetingError):
        meetings.open_meeting(exhibitor=stand, attendee=AttendeeFactory(edition=stand.edition), actor=actor)


@pytest.mark.parametrize("attendee_of", ["another edition", "cancelled", "forgotten"])
def test_badge_that_does_not_count_opens_nothing(exhibitor, edition, actor, attendee_of):
    attendee = {
        "another edition": lambda: AttendeeFactory(edition__running=True),
        "cancelled": lambda: AttendeeFactory(edition=edition, cancelled=True),
        "forgotten": lambda: AttendeeFactory(edition=edition, forgotten_at=timezone.now()),
    }[attendee_of]()
    with pytest.raises(MeetingError):
        meetings.open_meeting(exhibitor=exhibitor, attendee=attendee, actor=actor)
    assert Meeting.objects.count() == 0


def test_meeting_is_started_then_held(meeting, actor):
    meetings.start(meeting=meeting, actor=actor)
    meetings.finish(meeting=meeting, actor=actor)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.version) == ("done", 2)
    assert meeting.started_at <= meeting.ended_at
    assert actions(meeting) == ["start", "finish"]


def test_meeting_is_missed_then_reopened(meeting, actor):
    meetings.miss(meeting=meeting, actor=actor)
    meetings.reopen(meeting=meeting, actor=actor)
    assert meeting.state == "opened"
    assert actions(meeting) == ["miss", "reopen"]


@pytest.mark.parametrize(
    ("trait", "verb"), [("held", "start"), ("held", "miss"), ("no_show", "finish"), ("started", "reopen")]
)
def test_impossible_step_is_refused_and_leaves_nothing(exhibitor, actor, trait, verb):
    meeting = MeetingFactory(exhibitor=exhibitor, **{trait: True})
    state = meeting.state
    with pytest.raises(MoveError):
        getattr(meetings, verb)(meeting=meeting, actor=actor)
    assert Meeting.objects.get().state == state
    assert actions(meeting) == []


def test_reopened_meeting_forgets_its_hours(exhibitor, actor):
    meeting = MeetingFactory(exhibitor=exhibitor, held=True)
    meetings.reopen(meeting=meeting, actor=actor)
    meeting.refresh_from_db()
    assert (meeting.started_at, meeting.ended_at) == (None, None)


def test_stand_sees_a_first_name_until_the_person_agrees(meeting):
    ProfileFactory(user=meeting.attendee.user)
    assert guest(meeting) == ("Camille", "", "", [], [])
    assert first_name(AttendeeFactory(visitor=True, user=None, name="")) == ""


def test_person_shares_what_they_chose_as_it_is_that_day(meeting):
    profile = ProfileFactory(user=meeting.attendee.user, headline="Python")
    meetings.agree(meeting=meeting, chosen=[Shared.PROFILE], actor=own(meeting))
    profile.headline = "Autre chose"
    profile.save()
    seen = guest(Meeting.objects.get())
    assert (seen.name, seen.email, seen.headline) == ("Camille Exemple", "", "Python")
    assert MeetingEvent.objects.get().by == meeting.attendee.user
    assert OutgoingMail.objects.count() == 0


def test_on_the_stands_device_nothing_is_shared_but_a_link_is_sent(still, meeting):
    assert meetings.ask_to_share(meeting=meeting)
    meetings.ask_to_share(meeting=meeting)
    seen = Meeting.objects.get()
    assert (seen.shared, seen.agreed_at) == ({}, None)
    mail = OutgoingMail.objects.get()
    assert mail.to == meeting.attendee.email
    assert meeting_url(meeting.attendee_id, meeting.pk) in mail.body


def test_person_without_an_address_gets_no_link(exhibitor):
    nobody = AttendeeFactory(edition=exhibitor.edition, visitor=True, email="")
    assert not meetings.ask_to_share(meeting=MeetingFactory(exhibitor=exhibitor, attendee=nobody))
    assert OutgoingMail.objects.count() == 0


def test_nothing_more_than_chosen_is_shared(meeting):
    meetings.agree(meeting=meeting, chosen=[], actor=own(meeting))
    assert Meeting.objects.get().shared == {"name": "Camille Exemple"}


def test_what_can_be_shared_is_what_there_is(attendee):
    assert sharable(attendee).keys() == {"name", "email"}
    ProfileFactory(user=attendee.user)
    CVFactory(owner=attendee.user)
    assert sharable(attendee).keys() == {"name", "email", "profile", "cv"}


def test_agreement_taken_back_leaves_a_first_name(meeting):
    meetings.agree(meeting=meeting, chosen=[Shared.EMAIL], actor=own(meeting))
    meetings.decline(meeting=meeting, actor=own(meeting))
    meeting = Meeting.objects.select_related("attendee").get()
    assert (meeting.shared, meeting.agreed_at, guest(meeting).name) == ({}, None, "Camille")
    assert actions(meeting) == ["agree", "decline"]


def test_note_is_kept_unless_somebody_was_quicker(meeting):
    meetings.write_note(meeting=meeting, text="Connaît Django.", version=0)
    with pytest.raises(EditConflictError):
        meetings.write_note(meeting=meeting, text="Autre", version=0)
    assert Meeting.objects.get().note == "Connaît Django."


def test_screen_handed_over_shows_no_whole_name_nor_address(attendee):
    shown = masked(attendee)
    assert shown["name"] == "Camille E…"
    assert shown["email"].endswith("@medinjob.example")
    assert attendee.email not in str(shown)


def test_hands_of_the_door_are_named_no_more_after_two_years(attendee):
    EntryFactory(attendee=attendee, author="Lou Bénévole")
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        forget_old()
    assert Entry.objects.get().author == ""
