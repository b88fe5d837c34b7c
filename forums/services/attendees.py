"""Who comes: registered at once with an account, confirmed by mail without; a place or the waiting list; a badge."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forums.enums import UNCONFIRMED_KEPT, AttendeeAction, AttendeeKind, AttendeeState
from forums.errors import ClosedError, ForumError
from forums.guard import Part, is_open, must_be_open
from forums.models import Attendee, AttendeeEvent, Badge, Edition
from forums.rules import attendees_open
from forums.services.mails import tell_attendee
from forums.transitions import ATTENDEE
from medinjob.lib.state_machine import StateMachine

REGISTERED, WAITING = AttendeeState.REGISTERED, AttendeeState.WAITING
_MAILS: dict[str, str] = {REGISTERED: "registered", WAITING: "waiting"}
_ACTIONS = {REGISTERED: AttendeeAction.REGISTER, WAITING: AttendeeAction.PUT_ON_WAITING_LIST}


@transaction.atomic
def register_candidate(*, edition: Edition, user: Any) -> Attendee:
    """One click of somebody signed in: a place, or one on the waiting list; registered already, nothing changes."""
    edition = _open_edition(edition)
    attendee = _of_user(edition, user)
    if attendee is None:
        attendee = _create(
            edition, AttendeeAction.REGISTER, user=user, kind=AttendeeKind.CANDIDATE, state=_next_state(edition),
            name=user.name, email=user.email, language=user.language,
        )  # fmt: skip
    elif attendee.state in (AttendeeState.TO_CONFIRM, AttendeeState.CANCELLED):
        state = _next_state(edition)
        _write(attendee, name=user.name, language=user.language)
        _move(attendee, _ACTIONS[state], by=user, user=user, kind=AttendeeKind.CANDIDATE, registered_at=timezone.now())
    else:
        return attendee
    _welcome(attendee)
    return attendee


@transaction.atomic
def register_visitor(
    *, edition: Edition, name: str, email: str, kind: str = AttendeeKind.VISITOR, language: str = "fr"
) -> Attendee:
    """Without an account: a mail holds the link that confirms. Somebody known under the address gets their own link
    again, so that the page answers everybody alike."""
    edition = _open_edition(edition)
    attendee = edition.attendees.filter(email__iexact=email).first()
    if attendee is None:
        state = AttendeeState.TO_CONFIRM
        fields = {"name": name, "email": email.lower(), "kind": kind, "language": language}
        attendee = _create(edition, AttendeeAction.REGISTER, user=None, state=state, **fields)
    elif attendee.state == AttendeeState.TO_CONFIRM:
        # Nobody has confirmed the words that are there: they may be a stranger's.
        _write(attendee, name=name, kind=kind, language=language)
    tell_attendee(attendee, _MAILS.get(attendee.state, "confirm"))
    return attendee


@transaction.atomic
def confirm(*, attendee: Attendee, name: str, kind: str) -> None:
    """The address is this person's, and so are the words, whoever wrote the first ones: a place or the waiting list.
    Confirmed already, nothing changes; one who had cancelled comes again."""
    edition = _open_edition(attendee.edition)
    if attendee.state in (REGISTERED, WAITING):
        return
    _write(attendee, name=name, kind=kind)
    state = _next_state(edition)
    confirmed = attendee.state == AttendeeState.TO_CONFIRM and state == REGISTERED
    action = AttendeeAction.CONFIRM if confirmed else _ACTIONS[state]
    _move(attendee, action, by=attendee.user, registered_at=timezone.now())
    _welcome(attendee)


@transaction.atomic
def cancel(*, attendee: Attendee, by: Any = None) -> None:
    """The badge works no more, and the place goes to the first who waits."""
    must_be_open(attendee.edition, Part.REGISTRATIONS)
    _move(attendee, AttendeeAction.CANCEL, by=by)
    attendee.badges.filter(revoked_at=None).update(revoked_at=timezone.now())
    admit_waiting(edition=attendee.edition)


@transaction.atomic
def admit_waiting(*, edition: Edition) -> int:
    """Give the free places to who waits, first come first served; how many: none once the edition is over."""
    edition = _locked(edition)
    if not is_open(edition, Part.REGISTRATIONS):
        return 0
    waiting = edition.attendees.filter(state=WAITING).order_by("registered_at", "pk")
    free = waiting.count() if edition.capacity is None else edition.capacity - _taken(edition)
    admitted = list(waiting[: max(free, 0)])
    for attendee in admitted:
        _move(attendee, AttendeeAction.ADMIT, by=None)
        give_badge(attendee=attendee)
        tell_attendee(attendee, "registered")
    return len(admitted)


def give_badge(*, attendee: Attendee) -> Badge:
    """The one there is, or a new one."""
    badge = attendee.badges.filter(revoked_at=None).first()
    return badge or Badge.objects.create(edition=attendee.edition, attendee=attendee)


@transaction.atomic
def adopt_registrations(*, user: Any) -> None:
    """What somebody registered under this verified address before having an account is theirs."""
    taken = Attendee.objects.filter(user=user).values("edition")
    Attendee.objects.filter(email__iexact=user.email, user=None).exclude(edition__in=taken).update(user=user)


def drop_unconfirmed() -> int:
    """Addresses that nobody confirmed are not kept; how many."""
    old = Attendee.objects.filter(
        state=AttendeeState.TO_CONFIRM, registered_at__lt=timezone.now() - UNCONFIRMED_KEPT, entries=None
    )
    return old.delete()[1].get("forums.Attendee", 0)


def _of_user(edition: Edition, user: User) -> Attendee | None:
    """Under the account, or under its address: one person."""
    own = edition.attendees.filter(user=user).first()
    return own or edition.attendees.filter(user=None, email__iexact=user.email).first()


def _open_edition(edition: Edition) -> Edition:
    edition = _locked(edition)
    if not attendees_open(edition, timezone.now()):
        raise ClosedError(_("Les inscriptions ne sont pas ouvertes pour cette édition."))
    return edition


def _locked(edition: Edition) -> Edition:
    """One registration at a time counts the places."""
    return Edition.objects.select_for_update(of=("self",), no_key=True).select_related("event").get(pk=edition.pk)


def _taken(edition: Edition) -> int:
    return edition.attendees.registered().count()


def _next_state(edition: Edition) -> AttendeeState:
    is_full = edition.capacity is not None and _taken(edition) >= edition.capacity
    return WAITING if is_full else REGISTERED


def _create(edition: Edition, action: AttendeeAction, **fields: Any) -> Attendee:
    try:
        with transaction.atomic():
            attendee = Attendee.objects.create(edition=edition, **fields)
    except IntegrityError as error:  # from another tab at the same moment
        raise ForumError(_("Vous êtes déjà inscrit : rechargez la page.")) from error
    if attendee.state == WAITING:
        action = AttendeeAction.PUT_ON_WAITING_LIST
    AttendeeEvent.objects.create(attendee=attendee, action=action, after=attendee.state, by=attendee.user)
    return attendee


def _write(attendee: Attendee, **words: str) -> None:
    Attendee.objects.filter(pk=attendee.pk).update(**words)
    for field, value in words.items():
        setattr(attendee, field, value)


def _welcome(attendee: Attendee) -> None:
    if attendee.state == REGISTERED:
        give_badge(attendee=attendee)
    tell_attendee(attendee, _MAILS[attendee.state])


def _move(attendee: Attendee, action: AttendeeAction, *, by: Any, **changes: Any) -> None:
    StateMachine(ATTENDEE).move([attendee], action, event={"by": by}, changes=changes)
