"""At the same moment, on a real database: two doors, two hands, one row."""

import pytest

from accounts.models import OutgoingMail
from demo.factories import (
    AttendeeFactory,
    BadgeFactory,
    MeetingFactory,
    OfferFactory,
)
from forums.actor import Actor
from forums.enums import EntrySource
from forums.models import Attendee, Badge, Edition, Entry, Exhibitor, Meeting, MeetingEvent, StandProposal
from forums.services import meetings
from forums.services.door import bind_badge, check_in
from forums.services.stand import propose_at_stand
from forums.services.walk_ins import register_walk_in
from tests.race import kinds

pytestmark = [pytest.mark.django_db(transaction=True)]


def entering(attendee, venue):
    def attempt(ready):
        person = Attendee.objects.get(pk=attendee.pk)
        ready()
        return check_in(person=person, venue=venue, source=EntrySource.SCAN, actor=Actor())

    return attempt


def test_eight_doors_read_one_badge_and_count_one_entry(race, look, attendee, edition):
    venue = edition.venues.select_related("edition__event").get()
    outcomes = race(*[entering(attendee, venue)] * 8)
    assert sorted(new for _entry, new in outcomes) == [False] * 7 + [True]
    assert len({entry.pk for entry, _new in outcomes}) == 1
    assert look(Entry.objects.count) == 1


def test_unconfirmed_person_read_at_two_doors_is_confirmed_once(race, look, edition):
    attendee = AttendeeFactory(edition=edition, visitor=True, to_confirm=True)
    venue = edition.venues.select_related("edition__event").get()
    outcomes = race(*[entering(attendee, venue)] * 2)
    assert kinds(outcomes) in (["tuple", "tuple"], ["MoveError", "tuple"])
    assert look(Entry.objects.count) == 1
    assert look(Badge.objects.count) == 1
    assert look(lambda: Attendee.objects.get().events.count()) == 1


def test_one_blank_badge_is_bound_to_one_of_two(race, look, edition):
    blank = BadgeFactory(edition=edition, blank=True, number=1)
    people = AttendeeFactory.create_batch(2, edition=edition)

    def binding(person):
        def attempt(ready):
            ready()
            bind_badge(badge=blank, attendee=person)
            return person.pk

        return attempt

    outcomes = race(*[binding(person) for person in people])
    assert kinds(outcomes) == ["DoorError", "int"]
    bound = look(lambda: Badge.objects.get(pk=blank.pk).attendee_id)
    assert [bound] == [outcome for outcome in outcomes if isinstance(outcome, int)]


def test_one_walk_in_at_two_doors_is_one_person(race, look, edition):
    def attempt(ready):
        venue = Edition.objects.get().venues.select_related("edition__event").get()
        ready()
        return register_walk_in(
            venue=venue, name="Nora", email="nora@medinjob.example", kind="candidate", blank=None, actor=Actor()
        )

    outcomes = race(attempt, attempt)
    assert sorted(done.known for done in outcomes) == [False, True]
    assert (look(Attendee.objects.count), look(Entry.objects.count)) == (1, 1)


def test_two_colleagues_read_one_badge_and_open_one_meeting(race, look, exhibitor, attendee):
    def attempt(ready):
        stand = Exhibitor.objects.select_related("edition__event").get(pk=exhibitor.pk)
        person = Attendee.objects.get(pk=attendee.pk)
        ready()
        return meetings.open_meeting(exhibitor=stand, attendee=person, actor=Actor()).pk

    outcomes = race(attempt, attempt)
    assert len(set(outcomes)) == 1
    assert (look(Meeting.objects.count), look(MeetingEvent.objects.count)) == (1, 1)


def test_two_taps_hold_a_meeting_once(race, look, exhibitor, attendee):
    pk = MeetingFactory(exhibitor=exhibitor, attendee=attendee).pk

    def attempt(ready):
        meeting = Meeting.objects.get(pk=pk)
        ready()
        meetings.finish(meeting=meeting, actor=Actor())

    assert kinds(race(attempt, attempt)) == ["MoveError", "NoneType"]
    assert look(MeetingEvent.objects.count) == 1


@pytest.mark.parametrize("account", [True, False])
def test_two_taps_make_one_proposal(race, look, exhibitor, edition, account):
    offer = OfferFactory(published=True, company=exhibitor.company)
    attendee = AttendeeFactory(edition=edition, **({} if account else {"visitor": True}))
    pk = MeetingFactory(exhibitor=exhibitor, attendee=attendee).pk

    def attempt(ready):
        meeting = Meeting.objects.select_related("exhibitor", "attendee__user").get(pk=pk)
        ready()
        return propose_at_stand(meeting=meeting, offer=offer, message="", email="", actor=Actor())

    assert kinds(race(attempt, attempt)) == ["StandProposal", "StandProposal"]
    assert (look(StandProposal.objects.count), look(OutgoingMail.objects.count)) == (1, 1)
