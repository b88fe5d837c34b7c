"""A person at a stand. Steps go through the state machine; agreeing to share changes no state and leaves
an event all the same: who agreed, when."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from forums.actor import Actor
from forums.enums import AttendeeState
from forums.enums import MeetingAction as M
from forums.errors import MeetingError
from forums.guard import Part, must_be_open
from forums.links import meeting_url
from forums.models import Attendee, Exhibitor, Meeting, MeetingEvent
from forums.selectors.passes import is_on
from forums.selectors.sharing import what_is_shared
from forums.signals import facts_changed
from forums.transitions import MEETING
from medinjob.lib.optimistic_lock import write_over
from medinjob.lib.state_machine import StateMachine

STAMPS = {M.START: "started_at", M.FINISH: "ended_at"}
BADGE_COUNTS = (AttendeeState.REGISTERED, AttendeeState.TO_CONFIRM)


@transaction.atomic
def open_meeting(*, exhibitor: Exhibitor, attendee: Attendee, actor: Actor) -> Meeting:
    """The badge was read at the stand: the meeting of this pair, the same however often it is read. Raises
    `MeetingError` for a badge that does not count."""
    must_be_open(exhibitor.edition, Part.MEETINGS)
    if not is_on(exhibitor.edition):
        raise MeetingError(_("Les badges se lisent les jours du forum."))
    if attendee.edition_id != exhibitor.edition_id or attendee.forgotten_at or attendee.state not in BADGE_COUNTS:
        raise MeetingError(_("Ce badge n'est pas valable à cette édition."))
    pair = {"exhibitor": exhibitor, "attendee": attendee}
    if found := Meeting.objects.filter(**pair).first():
        return found
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(**pair)
    except IntegrityError:  # a colleague read it at the same moment
        return Meeting.objects.get(**pair)
    _note_event(meeting, M.OPEN, "", actor)
    return meeting


def start(*, meeting: Meeting, actor: Actor) -> None:
    _move(meeting, M.START, actor)


def finish(*, meeting: Meeting, actor: Actor) -> None:
    """Held, even if nobody had marked its beginning."""
    _move(meeting, M.FINISH, actor)


def miss(*, meeting: Meeting, actor: Actor) -> None:
    """The person left, or did not come."""
    _move(meeting, M.MISS, actor)


def reopen(*, meeting: Meeting, actor: Actor) -> None:
    """That was a mistake, or the person came back."""
    _move(meeting, M.REOPEN, actor, started_at=None, ended_at=None)


@transaction.atomic
def agree(*, meeting: Meeting, chosen: Iterable[str], actor: Actor) -> None:
    """The person shares their name and what they chose, as it is now: by their own link only, never on the stand's
    device, where a recruiter could have ticked it."""
    must_be_open(meeting.exhibitor.edition, Part.SHARING)
    shared = what_is_shared(meeting.attendee, set(chosen))
    _write(meeting, shared=shared, agreed_at=timezone.now(), declined_at=None)
    _note_event(meeting, M.AGREE, meeting.state, actor)


@transaction.atomic
def ask_to_share(*, meeting: Meeting) -> bool:
    """Send the person the link where they decide what this stand sees, at most once a day; false if there is no address
    to write to. Nothing is shared by it."""
    must_be_open(meeting.exhibitor.edition, Part.SHARING)
    attendee = meeting.attendee
    if not attendee.email:
        return False
    queue_template_mail(
        to=attendee.email,
        template="forums/day/mail/shared.txt",
        context={
            "exhibitor": meeting.exhibitor,
            "edition": meeting.exhibitor.edition,
            "path": meeting_url(attendee.pk, meeting.pk),
        },
        language=attendee.language,
        key=f"share:{meeting.pk}:{timezone.localdate()}",
        urgency=MailUrgency.AWAITED,
    )
    return True


@transaction.atomic
def decline(*, meeting: Meeting, actor: Actor) -> None:
    """Shares nothing, or nothing any more: nothing is counted from it, and it is never too late."""
    _write(meeting, shared={}, agreed_at=None, declined_at=timezone.now())
    _note_event(meeting, M.DECLINE, meeting.state, actor)


@transaction.atomic
def write_note(*, meeting: Meeting, text: str, version: int) -> None:
    """The stand's own words; `version` is the one that the form showed."""
    must_be_open(meeting.exhibitor.edition, Part.SHARING)
    conflict = _("Quelqu'un vient de modifier cette rencontre : relisez-la avant d'enregistrer.")
    write_over(Meeting.objects.filter(pk=meeting.pk), version, {"note": text}, conflict=conflict)
    meeting.refresh_from_db(fields=["note", "version"])


@transaction.atomic
def _move(meeting: Meeting, action: M, actor: Actor, **changes: Any) -> None:
    must_be_open(meeting.exhibitor.edition, Part.MEETINGS)
    if stamp := STAMPS.get(action):
        changes[stamp] = timezone.now()
    event = {"by": actor.user, "by_pass": actor.held}
    StateMachine(MEETING).move([meeting], action, event=event, changes={**changes, "version": F("version") + 1})
    meeting.refresh_from_db(fields=["version"])
    exhibitor = meeting.exhibitor
    facts_changed.send(sender=Meeting, edition=exhibitor.edition, attendees=(), companies=[exhibitor.company_id])


def _write(meeting: Meeting, **changes: Any) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**changes, version=F("version") + 1)
    meeting.refresh_from_db()


def _note_event(meeting: Meeting, action: M, before: str, actor: Actor) -> None:
    MeetingEvent.objects.create(
        meeting=meeting, action=action, before=before, after=meeting.state, by=actor.user, by_pass=actor.held
    )
