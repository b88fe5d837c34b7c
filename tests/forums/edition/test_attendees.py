from datetime import timedelta

import pytest
from django.utils import timezone

from demo.factories import AttendeeFactory, EditionFactory, UserFactory
from forums.enums import AttendeeKind, AttendeeState
from forums.errors import ForumError
from forums.models import Attendee
from forums.receivers import on_user_logged_in
from forums.services import attendees
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(name="Camille Exemple")


def history(attendee):
    return [(event.action, event.before, event.after) for event in attendee.events.all()]


def register(edition, email="nora@medinjob.example", name="Nora Fictive", **fields):
    attendees.register_visitor(edition=edition, name=name, email=email, **fields)
    return edition.attendees.get(email__iexact=email)


def confirmed(edition, email):
    attendee = register(edition, email)
    attendees.confirm(attendee=attendee, name=attendee.name, kind=attendee.kind)
    return attendee


def test_a_candidate_is_registered_in_one_step_with_badge_and_mail(edition, user, mails):
    attendee = attendees.register_candidate(edition=edition, user=user)
    assert (attendee.state, attendee.kind) == (AttendeeState.REGISTERED, AttendeeKind.CANDIDATE)
    assert (attendee.name, attendee.email) == (user.name, user.email)
    assert history(attendee) == [("register", "", "registered")]
    assert attendee.badges.count() == 1
    assert mails() == [(user.email, f"Votre badge : {edition.event.name}")]


def test_registering_twice_changes_and_sends_nothing(edition, user, mails):
    first = attendees.register_candidate(edition=edition, user=user)
    assert attendees.register_candidate(edition=edition, user=user) == first
    assert (len(mails()), first.badges.count(), len(history(first))) == (1, 1, 1)


def test_a_visitor_has_a_place_once_the_address_is_confirmed(edition, mails):
    attendee = register(edition)
    assert (attendee.state, attendee.badges.count()) == (AttendeeState.TO_CONFIRM, 0)
    attendees.confirm(attendee=attendee, name=attendee.name, kind=attendee.kind)
    assert (attendee.state, attendee.badges.count()) == (AttendeeState.REGISTERED, 1)
    assert history(attendee) == [("register", "", "to_confirm"), ("confirm", "to_confirm", "registered")]
    subjects = [subject for _to, subject in mails()]
    name = edition.event.name
    assert subjects == [f"Confirmez votre inscription : {name}", f"Votre badge : {name}"]


def test_confirming_twice_is_confirming_once(edition, mails):
    attendee = confirmed(edition, "nora@medinjob.example")
    attendees.confirm(attendee=attendee, name=attendee.name, kind=attendee.kind)
    assert (len(mails()), attendee.badges.count()) == (2, 1)


def test_the_same_address_later_is_the_same_person(edition, mails):
    confirmed(edition, "nora@medinjob.example")
    register(edition, "NORA@medinjob.example", name="Quelqu'un d'autre")
    attendee = edition.attendees.get()
    assert attendee.name == "Nora Fictive"
    assert mails()[-1] == ("nora@medinjob.example", f"Votre badge : {edition.event.name}")


def test_a_visitor_who_then_has_an_account_is_one_person(edition):
    visitor = confirmed(edition, "camille@medinjob.example")
    user = UserFactory(email="camille@medinjob.example")
    assert attendees.register_candidate(edition=edition, user=user) == visitor
    on_user_logged_in(user=user)
    visitor.refresh_from_db()
    assert visitor.user == user
    on_user_logged_in(user=user)


def test_signing_in_adopts_nothing_where_one_is_registered_already(edition, user):
    attendees.register_candidate(edition=edition, user=user)
    register(edition, "autre@medinjob.example")
    user.email = "autre@medinjob.example"
    user.save()
    attendees.adopt_registrations(user=user)
    assert Attendee.objects.filter(user=user).count() == 1


def test_an_unconfirmed_visitor_who_signs_in_and_registers_is_confirmed(edition):
    visitor = register(edition, "camille@medinjob.example")
    user = UserFactory(email="camille@medinjob.example")
    attendee = attendees.register_candidate(edition=edition, user=user)
    assert (attendee.pk, attendee.state, attendee.user) == (visitor.pk, AttendeeState.REGISTERED, user)


def test_beyond_the_capacity_one_waits_and_is_told(mails):
    edition = EditionFactory(announced=True, capacity=1)
    confirmed(edition, "premiere@medinjob.example")
    second = confirmed(edition, "seconde@medinjob.example")
    assert (second.state, second.badges.count()) == (AttendeeState.WAITING, 0)
    assert mails()[-1] == ("seconde@medinjob.example", f"Liste d'attente : {edition.event.name}")


def test_who_has_not_confirmed_takes_no_place():
    edition = EditionFactory(announced=True, capacity=1)
    register(edition, "absente@medinjob.example")
    assert confirmed(edition, "presente@medinjob.example").state == AttendeeState.REGISTERED


def test_cancelling_gives_the_place_to_the_first_who_waits(mails):
    edition = EditionFactory(announced=True, capacity=1)
    first, second, third = (confirmed(edition, f"{n}@medinjob.example") for n in range(3))
    attendees.cancel(attendee=first)
    states = dict(edition.attendees.values_list("email", "state"))
    assert list(states.values()) == ["cancelled", "registered", "waiting"]
    assert (second.badges.count(), third.badges.count()) == (1, 0)
    assert history(second)[-1] == ("admit", "waiting", "registered")
    assert mails()[-1][0] == second.email


def test_cancelling_revokes_the_badge_and_coming_again_makes_another(edition, user):
    attendee = attendees.register_candidate(edition=edition, user=user)
    attendees.cancel(attendee=attendee, by=user)
    assert not attendee.badges.filter(revoked_at=None).exists()
    attendees.register_candidate(edition=edition, user=user)
    assert [badge.revoked_at is None for badge in attendee.badges.order_by("pk")] == [False, True]


def test_who_waits_and_cancels_frees_no_place():
    edition = EditionFactory(announced=True, capacity=1)
    _first, second, third = (confirmed(edition, f"{n}@medinjob.example") for n in range(3))
    attendees.cancel(attendee=second)
    third.refresh_from_db()
    assert third.state == AttendeeState.WAITING


def test_cancelling_twice_is_refused(edition, user):
    attendee = attendees.register_candidate(edition=edition, user=user)
    stale = Attendee.objects.select_related("edition__event").get(pk=attendee.pk)
    attendees.cancel(attendee=attendee)
    with pytest.raises(MoveError, match="Quelqu'un"):
        attendees.cancel(attendee=stale)


@pytest.mark.parametrize(
    "traits",
    [{}, {"over": True}, {"closed": True}, {"announced": True, "attendees_open_at": timezone.now() + timedelta(days=1)},
     {"announced": True, "attendees_close_at": timezone.now() - timedelta(days=1)}],
)  # fmt: skip
def test_nobody_registers_where_registration_is_not_open(traits, user):
    edition = EditionFactory(**traits)
    with pytest.raises(ForumError, match="pas ouvertes"):
        attendees.register_candidate(edition=edition, user=user)
    with pytest.raises(ForumError, match="pas ouvertes"):
        attendees.register_visitor(edition=edition, name="Nora", email="nora@medinjob.example")
    assert not edition.attendees.exists()


def test_more_places_admit_who_waits_in_order():
    edition = EditionFactory(announced=True, capacity=1)
    for number in range(4):
        confirmed(edition, f"{number}@medinjob.example")
    edition.capacity = 3
    edition.save()
    assert attendees.admit_waiting(edition=edition) == 2
    assert list(edition.attendees.values_list("state", flat=True)) == ["registered"] * 3 + ["waiting"]


def test_without_a_limit_everybody_who_waits_is_admitted():
    edition = EditionFactory(announced=True)
    AttendeeFactory.create_batch(3, edition=edition, waiting=True)
    assert attendees.admit_waiting(edition=edition) == 3


def test_addresses_that_nobody_confirmed_are_dropped_after_two_weeks(edition):
    old = register(edition, "ancienne@medinjob.example")
    Attendee.objects.filter(pk=old.pk).update(registered_at=timezone.now() - timedelta(days=15))
    register(edition, "recente@medinjob.example")
    confirmed(edition, "confirmee@medinjob.example")
    assert attendees.drop_unconfirmed() == 1
    assert edition.attendees.count() == 2
