"""At the same moment, on a real database as in production: one wins, the other is told or waits, nothing is doubled."""

import pytest

from demo.factories import AttendeeFactory, EditionFactory, ExhibitorFactory, UserFactory
from forums.enums import AttendeeState, ExhibitorState
from forums.models import Attendee, Badge, Exhibitor
from forums.services import attendees, exhibitors
from forums.services.badges import make_blank_badges
from tests.race import kinds

pytestmark = pytest.mark.django_db(transaction=True)


def confirming(pk):
    def attempt(ready):
        attendee = Attendee.objects.select_related("edition__event", "user").get(pk=pk)
        ready()
        attendees.confirm(attendee=attendee, name=attendee.name, kind=attendee.kind)

    return attempt


def registering(edition, user):
    def attempt(ready):
        ready()
        return attendees.register_candidate(edition=edition, user=user).pk

    return attempt


def accepting(pk, stand):
    def attempt(ready):
        exhibitor = Exhibitor.objects.select_related("edition__event", "edition__collection").get(pk=pk)
        ready()
        exhibitors.accept(exhibitor=exhibitor, by=None, stand=stand)

    return attempt


def test_the_last_place_is_given_once(race, look):
    edition = EditionFactory(announced=True, capacity=1)
    rows = AttendeeFactory.create_batch(2, edition=edition, to_confirm=True)
    assert kinds(race(*(confirming(row.pk) for row in rows))) == ["NoneType", "NoneType"]
    states = look(lambda: sorted(edition.attendees.values_list("state", flat=True)))
    assert states == [AttendeeState.REGISTERED, AttendeeState.WAITING]
    assert look(Badge.objects.count) == 1


def test_a_double_click_registers_once(race, look):
    edition, user = EditionFactory(announced=True), UserFactory()
    first, second = race(registering(edition, user), registering(edition, user))
    assert first == second
    assert look(lambda: (Attendee.objects.count(), Badge.objects.count())) == (1, 1)


def test_a_link_opened_twice_confirms_once(race, look):
    attendee = AttendeeFactory(to_confirm=True)
    outcomes = kinds(race(confirming(attendee.pk), confirming(attendee.pk)))
    assert outcomes in (["MoveError", "NoneType"], ["NoneType", "NoneType"])
    assert look(lambda: (Badge.objects.count(), attendee.events.filter(action="confirm").count())) == (1, 1)


def test_two_of_the_team_give_one_number_once(race, look):
    edition = EditionFactory(announced=True)
    rows = ExhibitorFactory.create_batch(2, edition=edition)
    assert kinds(race(*(accepting(row.pk, "B12") for row in rows))) == ["ForumError", "NoneType"]
    states = look(lambda: sorted(edition.exhibitors.values_list("state", "stand")))
    assert states == [(ExhibitorState.ACCEPTED, "B12"), (ExhibitorState.REQUESTED, "")]


def test_two_of_the_team_accept_one_stand_once(race, look):
    exhibitor = ExhibitorFactory()
    outcomes = kinds(race(accepting(exhibitor.pk, "B12"), accepting(exhibitor.pk, "B13")))
    assert outcomes == ["MoveError", "NoneType"]
    assert look(exhibitor.events.count) == 1


def test_blank_badges_made_twice_at_once_have_numbers_of_their_own(race, look):
    edition = EditionFactory(announced=True)

    def making(ready):
        ready()
        make_blank_badges(edition=edition, count=3)

    assert kinds(race(making, making)) == ["NoneType", "NoneType"]
    numbers = look(lambda: list(edition.badges.order_by("number").values_list("number", flat=True)))
    assert numbers == [1, 2, 3, 4, 5, 6]
