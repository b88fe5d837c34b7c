"""The door: one entry a person, day and venue, whichever door reads the badge first."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.actor import Actor
from forums.enums import AttendeeAction, AttendeeState, EntrySource
from forums.errors import DoorError
from forums.guard import Part, must_be_open
from forums.models import Attendee, Badge, Entry, Exhibitor, Representative, Venue
from forums.services.attendees import give_badge
from forums.signals import facts_changed
from forums.transitions import ATTENDEE
from medinjob.lib.state_machine import StateMachine

LET_IN = (AttendeeState.REGISTERED, AttendeeState.TO_CONFIRM)


def check_in(
    *,
    person: Attendee | Representative,
    venue: Venue,
    source: EntrySource,
    actor: Actor,
    at: datetime | None = None,
    author: str = "",
) -> tuple[Entry, bool]:
    """The entry of that day, and whether it is new: one that stands already is given as it is, even if another door
    writes it at this moment. `at` and `author` are those of a paper list. Raises `DoorError` for whoever has no place.
    """
    at = at or timezone.now()
    who = {"attendee": person} if isinstance(person, Attendee) else {"representative": person}
    where = {"day": timezone.localdate(at), "venue": venue}
    with transaction.atomic():
        must_be_open(venue.edition, Part.ENTRIES)
        _refuse_other_days(venue, at)
        if standing := Entry.objects.standing().filter(**who, **where).first():
            return standing, False
        if isinstance(person, Attendee):
            _confirm_by_presence(person, actor)
        entry = Entry(
            edition=venue.edition, **who, **where, source=source, at=at, by=actor.user, by_pass=actor.held,
            author=author or actor.name,
        )  # fmt: skip
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            return Entry.objects.standing().get(**who, **where), False
        _announce(entry)
    return entry, True


@transaction.atomic
def undo_entry(*, entry: Entry) -> bool:
    """Takes a mistake back: the row stays and counts no more. False when it was taken back already."""
    must_be_open(entry.edition, Part.ENTRIES)
    undone = bool(Entry.objects.standing().filter(pk=entry.pk).update(undone_at=timezone.now()))
    if undone:
        _announce(entry)
    return undone


@transaction.atomic
def add_representative(*, exhibitor: Exhibitor, name: str) -> Representative:
    """Somebody at a stand whom nobody announced."""
    must_be_open(exhibitor.edition, Part.ENTRIES)
    return Representative.objects.create(exhibitor=exhibitor, name=name)


@transaction.atomic
def admit(*, attendee: Attendee, actor: Actor) -> None:
    """Somebody at the door gives a place to a person on the waiting list, or whose registration was cancelled; done
    already, nothing changes."""
    must_be_open(attendee.edition, Part.ENTRIES)
    if attendee.state != AttendeeState.REGISTERED:
        _register(attendee, AttendeeAction.WALK_IN, actor)


@transaction.atomic
def bind_badge(*, badge: Badge, attendee: Attendee) -> None:
    """A blank badge becomes this person's. Raises `DoorError` when it is somebody's already, or of another edition."""
    must_be_open(attendee.edition, Part.ENTRIES)
    rows = Badge.objects.filter(pk=badge.pk, edition=attendee.edition_id, attendee=None, revoked_at=None)
    if not rows.update(attendee=attendee, bound_at=timezone.now()):
        raise DoorError(_("Ce badge n'est plus libre : prenez-en un autre."))


def _announce(entry: Entry) -> None:
    """Who came in may have signed since; a stand where somebody came in was held."""
    companies = [entry.representative.exhibitor.company_id] if entry.representative else []
    attendees = [entry.attendee_id] if entry.attendee_id else []
    facts_changed.send(sender=Entry, edition=entry.edition, attendees=attendees, companies=companies)


def _refuse_other_days(venue: Venue, at: datetime) -> None:
    if not venue.edition.days.filter(date=timezone.localdate(at)).exists():
        raise DoorError(_("Ce n'est pas un jour de l'édition : rien n'est enregistré."))


def _confirm_by_presence(attendee: Attendee, actor: Actor) -> None:
    """Who stands at the door needs no mail to prove that they meant it."""
    if attendee.forgotten_at is not None or attendee.state not in LET_IN:
        raise DoorError(_("Inscription : %(state)s.") % {"state": attendee.get_state_display().lower()})
    if attendee.state == AttendeeState.TO_CONFIRM:
        _register(attendee, AttendeeAction.CONFIRM, actor)


def _register(attendee: Attendee, action: AttendeeAction, actor: Actor) -> None:
    StateMachine(ATTENDEE).move([attendee], action, event={"by": actor.user})
    give_badge(attendee=attendee)
