"""The door: one entry a person, day and venue, however often and by whomever it is asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import (
    AttendeeFactory,
    BadgeFactory,
    EditionFactory,
    EntryFactory,
    PassFactory,
    RepresentativeFactory,
    StaffFactory,
)
from forums.actor import Actor
from forums.enums import AttendeeState, EntrySource
from forums.errors import DoorError
from forums.models import Attendee, AttendeeEvent, Badge, Entry
from forums.selectors.door import counts, named, printed_list, stands
from forums.services.door import admit, bind_badge, check_in, undo_entry
from forums.services.walk_ins import register_walk_in
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(edition):
    return edition.venues.get()


@pytest.fixture
def actor(edition):
    return Actor(held=PassFactory(edition=edition, name="Lou Bénévole"))


@pytest.fixture
def enter(venue, actor):
    return lambda person, **kwargs: check_in(
        person=person, **{"venue": venue, "actor": actor, "source": EntrySource.SCAN, **kwargs}
    )


@pytest.fixture
def walk_in(venue, actor):
    def register(**kwargs):
        facts = {"name": "Camille Exemple", "email": "", "kind": "candidate", "blank": None}
        return register_walk_in(venue=venue, actor=actor, **{**facts, **kwargs})

    return register


def test_first_scan_enters_and_the_second_says_when(enter, attendee, edition):
    entry, new = enter(attendee)
    again, second = enter(attendee)
    assert (new, second, again) == (True, False, entry)
    assert (entry.edition, entry.day, entry.author) == (edition, timezone.localdate(), "Lou Bénévole")


def test_staff_member_signs_the_entry(enter, attendee):
    staff = StaffFactory(name="Andréa Équipe")
    entry, _ = enter(attendee, actor=Actor(user=staff))
    assert (entry.by, entry.by_pass, entry.author) == (staff, None, "Andréa Équipe")


def test_each_day_and_each_venue_counts_its_own_entry():
    edition = EditionFactory(running=True, lasts=2)
    attendee = AttendeeFactory(edition=edition)
    other = edition.venues.create(name="Hall B")
    for venue in (edition.venues.first(), other):
        check_in(person=attendee, venue=venue, source=EntrySource.SCAN, actor=Actor())
    tomorrow = timezone.now() + timedelta(days=1)
    check_in(person=attendee, venue=other, source=EntrySource.SCAN, actor=Actor(), at=tomorrow)
    assert Entry.objects.standing().count() == 3
    assert Attendee.objects.present().count() == 1


def test_day_is_that_of_the_region():
    edition = EditionFactory(announced=True, event__starts_on=date(2026, 6, 11))
    just_after_midnight = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
    entry, _ = check_in(
        person=AttendeeFactory(edition=edition),
        venue=edition.venues.get(),
        source=EntrySource.SCAN,
        actor=Actor(),
        at=just_after_midnight,
    )
    assert str(entry.day) == "2026-06-11"


def test_undone_entry_counts_no_more_and_may_be_made_again(enter, attendee, edition):
    entry, _ = enter(attendee)
    assert undo_entry(entry=entry) is True
    assert undo_entry(entry=entry) is False
    assert counts(edition, timezone.localdate()).present == 0
    assert enter(attendee)[1] is True
    assert Entry.objects.count() == 2


def test_unconfirmed_registration_is_confirmed_by_being_there(enter, edition):
    attendee = AttendeeFactory(edition=edition, visitor=True, to_confirm=True)
    enter(attendee)
    assert AttendeeEvent.objects.get(attendee=attendee).action == "confirm"
    attendee.refresh_from_db()
    assert attendee.state == AttendeeState.REGISTERED
    assert attendee.badges.count() == 1


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_whoever_has_no_place_is_stopped_until_admitted(enter, edition, actor, state):
    attendee = AttendeeFactory(edition=edition, **{state: True})
    with pytest.raises(DoorError):
        enter(attendee)
    assert Entry.objects.count() == 0
    admit(attendee=attendee, actor=actor)
    admit(attendee=attendee, actor=actor)
    assert enter(attendee)[1] is True
    assert [event.action for event in attendee.events.all()] == ["walk_in"]


def test_admission_loses_to_a_change_elsewhere(edition, actor):
    attendee = AttendeeFactory(edition=edition, waiting=True)
    Attendee.objects.update(state="cancelled")
    with pytest.raises(MoveError):
        admit(attendee=attendee, actor=actor)


def test_forgotten_person_enters_no_more(enter, attendee):
    Attendee.objects.update(forgotten_at=timezone.now(), name="", email="")
    attendee.refresh_from_db()
    with pytest.raises(DoorError):
        enter(attendee)


def test_people_of_stands_are_counted_apart(enter, edition):
    person = RepresentativeFactory(exhibitor__edition=edition)
    assert enter(person)[1] is True
    assert enter(person)[1] is False
    seen = counts(edition, timezone.localdate())
    assert (seen.present, seen.stands) == (0, 1)


def test_blank_badge_is_bound_once(attendee, edition):
    badge = BadgeFactory(edition=edition, blank=True, number=7)
    bind_badge(badge=badge, attendee=attendee)
    badge.refresh_from_db()
    assert badge.attendee == attendee
    assert badge.bound_at is not None
    with pytest.raises(DoorError):
        bind_badge(badge=badge, attendee=AttendeeFactory(edition=edition))


def test_blank_badge_of_another_edition_is_bound_to_nobody(attendee):
    badge = BadgeFactory(edition=EditionFactory(running=True), blank=True, number=7)
    with pytest.raises(DoorError):
        bind_badge(badge=badge, attendee=attendee)
    assert Badge.objects.get(pk=badge.pk).attendee is None


def test_walk_in_is_registered_badged_and_in(walk_in, edition):
    blank = BadgeFactory(edition=edition, blank=True, number=1)
    done = walk_in(email="Camille@Medinjob.example", blank=blank)
    assert (done.known, done.entry.source) == (False, EntrySource.WALK_IN)
    assert (done.attendee.state, done.attendee.email) == ("registered", "camille@medinjob.example")
    assert done.attendee.badges.get() == blank
    assert [event.action for event in done.attendee.events.all()] == ["walk_in"]
    assert OutgoingMail.objects.get().to == "camille@medinjob.example"


def test_walk_in_without_address_gets_a_badge_and_no_mail(walk_in):
    first, second = walk_in(), walk_in()
    assert first.attendee != second.attendee
    assert first.attendee.badges.count() == 1
    assert OutgoingMail.objects.count() == 0


def test_walk_in_under_a_known_address_is_that_person(walk_in, attendee):
    done = walk_in(name="Autrement écrit", email=attendee.email.upper())
    assert (done.known, done.attendee) == (True, attendee)
    assert Attendee.objects.get().name == attendee.name
    assert OutgoingMail.objects.count() == 0


def test_walk_in_known_and_waiting_has_a_place_from_now(walk_in, edition):
    waiting = AttendeeFactory(edition=edition, waiting=True)
    assert walk_in(email=waiting.email).attendee.state == AttendeeState.REGISTERED


def test_walk_in_with_a_badge_that_is_taken_leaves_nothing(walk_in, attendee):
    with pytest.raises(DoorError):
        walk_in(blank=attendee.badges.get())
    assert (Attendee.objects.count(), Entry.objects.count()) == (1, 0)


def test_paper_keeps_time_hand_and_source_and_counts_once(enter, attendee):
    at = timezone.now() - timedelta(hours=3)
    entry, new = enter(attendee, source=EntrySource.PAPER, at=at, author="Zoé")
    assert (new, entry.at, entry.author, entry.source) == (True, at, "Zoé", "paper")
    assert entry.recorded_at > at
    assert enter(attendee, source=EntrySource.PAPER, at=at, author="Zoé") == (entry, False)


def test_names_are_found_without_accents_by_their_beginnings(venue, edition):
    AttendeeFactory(edition=edition, user=None, visitor=True, name="Zoë Lefèvre-Müller")
    AttendeeFactory(edition=edition, user=None, visitor=True, name="Léo Martin")
    today = timezone.localdate()
    found = {text: [line.name for line in named(edition, text, venue, today)] for text in ("zoe mul", "MAR", "tin", "")}
    assert found == {"zoe mul": ["Zoë Lefèvre-Müller"], "MAR": ["Léo Martin"], "tin": [], "": []}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("Łukasz Wzór", "lukasz"), ("Bjørn Prøve", "bjorn"), ("Gülşah Işık", "isik"), ("Eva Weißmann", "weissmann")),
        *(("Ольга Образец", "Ольга"), ("李小龍", "李小龍"), ("李小龍", "小龍"), ("Awa N’Diaye", "ndiaye")),
        *(("Sean O'Connor", "o’connor"), ("Sean O'Connor", "connor sean"), ("Jean-Pierre Modèle", "modele j")),
    ],
)
def test_any_name_is_found_at_the_door(venue, edition, name, typed):
    AttendeeFactory(edition=edition, user=None, visitor=True, name=name)
    AttendeeFactory(edition=edition, user=None, visitor=True, name="Camille Autre")
    assert [line.name for line in named(edition, typed, venue, timezone.localdate())] == [name]


def test_two_people_of_one_name_are_told_apart_by_their_address(venue, edition):
    for name, email in (("Lou Modèle", "lou.a@exemple.example"), ("lou modele", "lou.b@exemple.example")):
        AttendeeFactory(edition=edition, user=None, visitor=True, name=name, email=email)
    AttendeeFactory(edition=edition, user=None, visitor=True, name="Lou Modèle-Autre", email="autre@exemple.example")
    notes = {line.name: line.note for line in named(edition, "lou", venue, timezone.localdate())}
    assert notes == {
        "Lou Modèle": "lo…a@exemple.example",
        "lou modele": "lo…b@exemple.example",
        "Lou Modèle-Autre": "",
    }


def test_search_shows_entry_state_stand_and_nobody_of_elsewhere(venue, edition, attendee):
    Attendee.objects.update(name="Dominique Ici")
    EntryFactory(attendee=attendee)
    AttendeeFactory(name="Dominique Ailleurs", edition__running=True)
    person = RepresentativeFactory(exhibitor__edition=edition, exhibitor__accepted=True, name="Dominique Stand")
    lines = named(edition, "dominique", venue, timezone.localdate())
    assert [(line.kind, line.name, line.note, line.entered_at is not None) for line in lines] == [
        ("attendee", "Dominique Ici", "", True),
        ("representative", "Dominique Stand", person.exhibitor.company.name, False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_search_and_stands_ask_the_same_number_of_queries(venue, edition, rows, django_assert_num_queries):
    AttendeeFactory.create_batch(rows, edition=edition, user=None, visitor=True, name="Camille Exemple")
    for person in RepresentativeFactory.create_batch(rows, exhibitor__edition=edition):
        EntryFactory(attendee=None, representative=person)
    with django_assert_num_queries(3):
        named(edition, "camille", venue, timezone.localdate())
    with django_assert_num_queries(3):
        assert len(stands(edition, venue, timezone.localdate())) == rows
    with django_assert_num_queries(2):
        assert len(printed_list(edition)) == rows


def test_printed_list_has_the_registered_by_name_with_the_badge_that_counts(edition):
    late = AttendeeFactory(edition=edition, name="Étienne")
    early = AttendeeFactory(edition=edition, name="Agnès")
    AttendeeFactory(edition=edition, name="Béa", cancelled=True)
    early.badges.update(revoked_at=timezone.now())
    fresh = BadgeFactory(attendee=early)
    assert printed_list(edition) == [(early, fresh), (late, late.badges.get())]
