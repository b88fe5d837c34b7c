"""Whoever comes without being registered: thirty seconds at the door."""

from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from forums.actor import Actor
from forums.enums import AttendeeAction, AttendeeKind, AttendeeState, EntrySource
from forums.guard import Part, must_be_open
from forums.links import attendee_url
from forums.models import Attendee, AttendeeEvent, Badge, Edition, Entry, Venue
from forums.services.attendees import give_badge
from forums.services.door import admit, bind_badge, check_in


class WalkIn(NamedTuple):
    """`known`: the address was registered already, and no second person was made."""

    attendee: Attendee
    entry: Entry
    known: bool


@transaction.atomic
def register_walk_in(
    *,
    venue: Venue,
    name: str,
    actor: Actor,
    email: str = "",
    kind: AttendeeKind = AttendeeKind.CANDIDATE,
    blank: Badge | None = None,
    language: str = "fr",
    **entry: Any,
) -> WalkIn:
    """Register and let in, at once. `blank`: the badge that was handed over. An address that is registered is that
    person; a waiting or cancelled one has a place from now. `entry` is what `check_in` takes besides. Raises
    `DoorError` when the badge is no longer free."""
    must_be_open(venue.edition, Part.ENTRIES)
    email = User.objects.normalize_email(email).lower()
    attendee, known = _attendee(venue.edition, name, email, kind, actor, language)
    if known:
        admit(attendee=attendee, actor=actor)
    if blank:
        bind_badge(badge=blank, attendee=attendee)
    else:
        give_badge(attendee=attendee)
    made, _new = check_in(person=attendee, venue=venue, actor=actor, **{"source": EntrySource.WALK_IN, **entry})
    if email and not known:
        _welcome(attendee)
    return WalkIn(attendee, made, known)


def _attendee(
    edition: Edition, name: str, email: str, kind: AttendeeKind, actor: Actor, language: str
) -> tuple[Attendee, bool]:
    if email and (found := Attendee.objects.filter(edition=edition, email__iexact=email).first()):
        return found, True
    try:
        with transaction.atomic():
            attendee = Attendee.objects.create(
                edition=edition, name=name, email=email, kind=kind, state=AttendeeState.REGISTERED, language=language
            )
    except IntegrityError:  # the other door was quicker
        return Attendee.objects.get(edition=edition, email__iexact=email), True
    AttendeeEvent.objects.create(
        attendee=attendee, action=AttendeeAction.WALK_IN, after=AttendeeState.REGISTERED, by=actor.user
    )
    return attendee, False


def _welcome(attendee: Attendee) -> None:
    queue_template_mail(
        to=attendee.email,
        template="forums/day/mail/welcome.txt",
        context={"attendee": attendee, "edition": attendee.edition, "own_path": attendee_url(attendee.pk)},
        language=attendee.language,
        key=f"walk-in:{attendee.pk}",
        urgency=MailUrgency.AWAITED,
    )
