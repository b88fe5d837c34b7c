"""Meetings at a stand: opened by a scan, agreed to by the person, moved step by step; applications on the spot."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.models import Application
from demo.factories import (
    AttendeeFactory,
    CVFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    OfferFactory,
    PassFactory,
    ProfileFactory,
    TrainingFactory,
)
from forums.actor import Actor
from forums.enums import Shared
from forums.errors import MeetingError, MoveError
from forums.models import Entry, Meeting, MeetingEvent, StandApplication
from forums.selectors.sharing import first_name, sharable
from forums.selectors.stand import guest, masked
from forums.services import meetings
from forums.services.stand import apply_at_stand
from ledger.services.retention import forget, forget_old

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
    meetings.agree(meeting=meeting, chosen=[Shared.PROFILE], actor=own(meeting), own=True)
    profile.headline = "Autre chose"
    profile.save()
    seen = guest(Meeting.objects.get())
    assert (seen.name, seen.email, seen.headline) == ("Camille Exemple", "", "Python")
    assert MeetingEvent.objects.get().by == meeting.attendee.user
    assert OutgoingMail.objects.count() == 0


def test_on_the_stands_device_nobody_shares_more_than_an_address(meeting, actor):
    ProfileFactory(user=meeting.attendee.user)
    CVFactory(owner=meeting.attendee.user)
    meetings.agree(meeting=meeting, chosen=Shared.values, actor=actor, own=False)
    assert Meeting.objects.get().shared == {"name": "Camille Exemple", "email": meeting.attendee.email}
    assert OutgoingMail.objects.get().to == meeting.attendee.email


def test_nothing_more_than_chosen_is_shared(meeting):
    meetings.agree(meeting=meeting, chosen=[], actor=own(meeting), own=True)
    assert Meeting.objects.get().shared == {"name": "Camille Exemple"}


def test_what_can_be_shared_is_what_there_is(attendee):
    assert sharable(attendee).keys() == {"name", "email"}
    ProfileFactory(user=attendee.user)
    CVFactory(owner=attendee.user)
    assert sharable(attendee).keys() == {"name", "email", "profile", "cv"}


def test_agreement_taken_back_leaves_a_first_name(meeting):
    meetings.agree(meeting=meeting, chosen=[Shared.EMAIL], actor=own(meeting), own=True)
    meetings.decline(meeting=meeting, actor=own(meeting))
    meeting = Meeting.objects.select_related("attendee").get()
    assert (meeting.shared, meeting.agreed_at, guest(meeting).name) == ({}, None, "Camille")
    assert actions(meeting) == ["agree", "decline"]


def test_note_is_kept_unless_somebody_was_quicker(meeting):
    meetings.write_note(meeting=meeting, text="Connaît Django.", version=0)
    with pytest.raises(MeetingError):
        meetings.write_note(meeting=meeting, text="Autre", version=0)
    assert Meeting.objects.get().note == "Connaît Django."


def test_screen_handed_over_shows_no_whole_name_nor_address(attendee):
    shown = masked(attendee)
    assert shown["name"] == "Camille E…"
    assert shown["email"].endswith("@medinjob.example")
    assert attendee.email not in str(shown)


def test_application_at_the_stand_is_like_any_other_and_incomplete(meeting, offer, actor):
    application = apply_at_stand(meeting=meeting, offer=offer, message="Bonjour", email="", actor=actor)
    user = meeting.attendee.user
    assert (application.channel, application.incomplete, application.candidate) == ("forum", True, user)
    assert (application.company, application.message, application.cv) == (offer.company, "Bonjour", None)
    assert [event.action for event in application.events.all()] == ["send"]
    at_stand = StandApplication.objects.get()
    assert (at_stand.exhibitor, at_stand.attendee) == (meeting.exhibitor, meeting.attendee)
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert mails.keys() == {user.email, actor.user.email}
    assert "/candidature/completer/" in mails[user.email]


def test_cv_goes_only_if_the_person_said_so_on_their_own_phone(meeting, offer, actor):
    cv = CVFactory(owner=meeting.attendee.user)
    meetings.agree(meeting=meeting, chosen=[Shared.CV], actor=own(meeting), own=True)
    application = apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)
    assert (application.cv, application.incomplete) == (cv, False)


def test_cv_stays_where_it_is_without_that(meeting, offer, actor):
    CVFactory(owner=meeting.attendee.user)
    meetings.agree(meeting=meeting, chosen=Shared.values, actor=actor, own=False)
    assert apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor).cv is None


def test_visitor_without_account_applies_by_their_address(exhibitor, offer, actor):
    visitor = AttendeeFactory(edition=exhibitor.edition, visitor=True, name="Nora Test")
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=visitor)
    application = apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)
    assert (application.candidate, application.name, application.email) == (None, "Nora Test", visitor.email)


def test_visitor_without_address_gives_one(exhibitor, offer, actor):
    visitor = AttendeeFactory(edition=exhibitor.edition, visitor=True, email="")
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=visitor)
    application = apply_at_stand(meeting=meeting, offer=offer, message="", email="nora@medinjob.example", actor=actor)
    assert application.email == "nora@medinjob.example"


@pytest.mark.parametrize("account", [True, False])
def test_second_application_to_one_offer_finds_the_first(exhibitor, offer, actor, account):
    kind = {} if account else {"visitor": True}
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=AttendeeFactory(edition=exhibitor.edition, **kind))
    first = apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)
    with pytest.raises(AlreadyAppliedError) as second:
        apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)
    assert second.value.application == first
    assert Application.objects.count() == StandApplication.objects.count() == 1


def test_request_for_information_is_never_incomplete(exhibitor, meeting, actor):
    training = TrainingFactory(published=True, company=exhibitor.company)
    application = apply_at_stand(meeting=meeting, offer=training, message="Les dates ?", email="", actor=actor)
    assert (application.is_request, application.incomplete) == (True, False)


def test_ended_offer_takes_nothing(exhibitor, meeting, actor):
    ended = OfferFactory(expired=True, company=exhibitor.company)
    with pytest.raises(NotOpenError):
        apply_at_stand(meeting=meeting, offer=ended, message="", email="", actor=actor)
    assert Application.objects.count() == 0


def test_member_of_the_company_answers_none_of_its_offers(exhibitor, offer, actor):
    colleague = AttendeeFactory(edition=exhibitor.edition, user=actor.user)
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=colleague)
    with pytest.raises(NotOpenError):
        apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)


def test_visitor_who_is_forgotten_leaves_a_stub_of_what_they_sent(exhibitor, offer, actor):
    visitor = AttendeeFactory(edition=exhibitor.edition, visitor=True)
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=visitor)
    apply_at_stand(meeting=meeting, offer=offer, message="Bonjour", email="", actor=actor)
    forget(attendee=visitor)
    left = Application.objects.get()
    assert (left.name, left.email, left.message, left.state) == ("", "", "", "withdrawn")
    assert left.forgotten_at is not None
    assert StandApplication.objects.count() == 1


def test_application_of_an_account_is_not_forgotten_with_the_registration(meeting, offer, actor):
    apply_at_stand(meeting=meeting, offer=offer, message="", email="", actor=actor)
    forget(attendee=meeting.attendee)
    assert Application.objects.get().state == "sent"


def test_hands_of_the_door_are_named_no_more_after_two_years(attendee):
    EntryFactory(attendee=attendee, author="Lou Bénévole")
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        forget_old()
    assert Entry.objects.get().author == ""
