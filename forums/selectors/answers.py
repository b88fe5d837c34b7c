"""The door's answer to what was scanned or typed."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forums.enums import AttendeeState, Tone
from forums.models import Attendee, Badge, Edition, Entry, Venue
from forums.selectors.door import Line, named, read_badge


@dataclass(frozen=True)
class Answer:
    """`tone` decides the colour, `title` is read at a glance, `text` says more. `entry` may be undone, `admit` be let
    in all the same, `blank` be bound, one of `people` be chosen."""

    tone: Tone
    title: str
    text: str = ""
    entry: Entry | None = None
    admit: Attendee | None = None
    blank: Badge | None = None
    people: list[Line] = field(default_factory=list)


def entered(entry: Entry, name: str, *, new: bool) -> Answer:
    if new:
        return Answer(Tone.IN, name or _("Bienvenue"), _("Entrée enregistrée."), entry=entry)
    hour = time_format(localtime(entry.at), "H:i")
    return Answer(Tone.AGAIN, name or _("Bienvenue"), _("Déjà entré à %(hour)s.") % {"hour": hour}, entry=entry)


def rehearsed(name: str) -> Answer:
    """What the door would say on a day of the edition."""
    return Answer(Tone.AGAIN, name or _("Bienvenue"), _("Répétition : cette personne entrerait. Rien n'est écrit."))


def no_place(attendee: Attendee, reason: str) -> Answer:
    return Answer(Tone.STOP, attendee.name or _("Sans nom"), reason, admit=attendee)


def found_by_badge(edition: Edition, typed: str) -> Badge | Answer | None:
    """The badge to let in, or what is wrong with it; None when no badge was meant."""
    badge = read_badge(typed)
    if badge is None:
        return None
    if badge.edition_id != edition.pk:
        return Answer(Tone.STOP, _("Badge d'une autre édition"), _("Cherchez la personne par son nom."))
    cancelled = badge.attendee is not None and badge.attendee.state == AttendeeState.CANCELLED
    if badge.revoked_at is not None and not cancelled:
        return Answer(Tone.STOP, _("Badge annulé"), _("Il a été remplacé. Cherchez la personne par son nom."))
    if badge.attendee is None:
        return Answer(Tone.CHOOSE, _("Badge vierge"), _("Pour qui est-il ?"), blank=badge)
    if badge.attendee.forgotten_at is not None:
        return Answer(Tone.STOP, _("Badge annulé"), _("Cette inscription a été effacée à la demande de la personne."))
    return badge


def found_by_name(edition: Edition, typed: str, venue: Venue, day: date) -> Answer:
    people = named(edition, typed, venue, day)
    if people:
        return Answer(Tone.CHOOSE, _("Qui est-ce ?"), people=people)
    return Answer(Tone.STOP, _("Personne de ce nom"), _("Ni badge ni nom connu : « %(typed)s ».") % {"typed": typed})
