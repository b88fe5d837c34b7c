"""What comes once an edition is closed: added, never thawed. Each is a row with its source, and attributions follow."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.enums import (
    AttendeeAction,
    AttendeeState,
    EntrySource,
    LateKind,
    MeetingAction,
    MeetingSource,
    MeetingState,
)
from forums.errors import ForumError
from forums.guard import Part, must_be_open
from forums.models import (
    Attendee,
    AttendeeEvent,
    Edition,
    Entry,
    Exhibitor,
    LateFact,
    Meeting,
    MeetingEvent,
    ShownOffer,
    Venue,
)
from forums.signals import facts_changed, history_written
from forums.transitions import MEETING
from medinjob.lib.state_machine import StateMachine


@transaction.atomic
def add_late_entry(
    *, venue: Venue, day: date, source: str, said_on: date, by: Any, attendee: Attendee | None = None, name: str = ""
) -> LateFact:
    """Somebody who came in on `day`, by a list found later: who was registered, or else a new person of that `name`."""
    edition = _closed(venue.edition, source)
    if not edition.days.filter(date=day).exists():
        raise ForumError(_("Ce n'est pas un jour de l'édition."), field="day")
    attendee = attendee or _new_attendee(edition, name, by)
    if Entry.objects.standing().filter(attendee=attendee, day=day, venue=venue).exists():
        raise ForumError(_("Cette entrée est déjà comptée."), field="person")
    entry = Entry.objects.create(
        edition=edition, venue=venue, day=day, attendee=attendee, source=EntrySource.PAPER, at=_noon(day), by=by
    )
    return _written(edition, LateKind.ENTRY, source, said_on, by, entry=entry, detail=f"{day:%d/%m/%Y} · {venue}")


@transaction.atomic
def take_back_late(*, entry: Entry, source: str, said_on: date, by: Any) -> LateFact:
    """An entry that was counted by mistake: the row stays and counts no more."""
    edition = _closed(entry.edition, source)
    if not Entry.objects.standing().filter(pk=entry.pk).update(undone_at=timezone.now()):
        raise ForumError(_("Cette entrée ne compte déjà plus."), field="entry")
    return _written(edition, LateKind.UNDO, source, said_on, by, entry=entry, detail=f"{entry.day:%d/%m/%Y}")


@transaction.atomic
def add_late_meeting(*, exhibitor: Exhibitor, attendee: Attendee, source: str, said_on: date, by: Any) -> LateFact:
    """A meeting at a stand that only paper tells of; it counts as held on the first day."""
    edition = _closed(exhibitor.edition, source)
    if Meeting.objects.held().filter(exhibitor=exhibitor, attendee=attendee).exists():
        raise ForumError(_("Leur rencontre est déjà comptée."), field="person")
    on = _noon(edition.event.starts_on)
    said = {"source": MeetingSource.PAPER, "started_at": on, "ended_at": on}
    meeting, created = Meeting.objects.get_or_create(
        exhibitor=exhibitor, attendee=attendee, defaults={**said, "state": MeetingState.DONE, "opened_at": on}
    )
    if created:
        MeetingEvent.objects.create(meeting=meeting, action=MeetingAction.FINISH, after=meeting.state, by=by)
    else:
        StateMachine(MEETING).change(
            [meeting], MeetingAction.FINISH, after=MeetingState.DONE, event={"by": by}, changes=said
        )
    detail = exhibitor.company.name
    return _written(edition, LateKind.MEETING, source, said_on, by, meeting=meeting, detail=detail[:300])


@transaction.atomic
def correct_positions(*, shown: ShownOffer, positions: int, source: str, said_on: date, by: Any) -> LateFact:
    """The number of positions of a shown offer, as frozen, was wrong that day."""
    edition = _closed(shown.exhibitor.edition, source)
    detail = f"{shown.offer.title[:200]} : {shown.positions} → {positions}"
    frozen = {**shown.frozen, "positions": positions}
    ShownOffer.objects.filter(pk=shown.pk).update(positions=positions, frozen=frozen)
    return _written(edition, LateKind.POSITIONS, source, said_on, by, shown=shown, detail=detail)


def _closed(edition: Edition, source: str) -> Edition:
    must_be_open(edition, Part.LATE)
    if not source.strip():
        raise ForumError(_("D'où le sait-on ? La source est écrite au bilan."), field="source")
    return edition


def _written(edition: Edition, kind: LateKind, source: str, said_on: date, by: Any, **what: Any) -> LateFact:
    fact = LateFact.objects.create(edition=edition, kind=kind, source=source.strip(), said_on=said_on, by=by, **what)
    history_written.send(sender=LateFact, rows=[fact])
    row = fact.entry or fact.meeting
    attendees = [row.attendee_id] if row else []
    companies = [fact.meeting.exhibitor.company_id] if fact.meeting else []
    facts_changed.send(sender=LateFact, edition=edition, attendees=attendees, companies=companies)
    return fact


def _new_attendee(edition: Edition, name: str, by: Any) -> Attendee:
    if not name.strip():
        raise ForumError(_("Qui est entré ? Donnez une adresse inscrite, ou un nom."), field="person")
    attendee = Attendee.objects.create(
        edition=edition, name=name.strip(), state=AttendeeState.REGISTERED, holds_stand=False
    )
    AttendeeEvent.objects.create(attendee=attendee, action=AttendeeAction.WALK_IN, after=attendee.state, by=by)
    return attendee


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
