"""The life of an application. `_move` is the only writer of its state; each verb says what else its step does.

The verbs take applications as they were loaded, with their offer and candidate, and bring them up to date. They raise
`MoveError` when a step is not possible from where one is, or when somebody has moved one since it was loaded; then
nothing is written, for any of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import ANSWERED_STATES, OPEN_STATES, ApplicationState, Side
from candidates.enums import ApplicationAction as A
from candidates.models import Application, ApplicationMessage
from candidates.selectors.answer_texts import worded
from candidates.services.mails import tell_candidate, tell_company
from candidates.transitions import REQUEST_ACTIONS, TRANSITIONS
from medinjob.lib.errors import MoveError
from medinjob.lib.state_machine import StateMachine

REMINDED_BEFORE_REOPENING = 2  # what is reopened is warned of once more before it closes


def see(*, application: Application, by: Any) -> None:
    """A member opened it; for all but the first this does nothing."""
    if application.state == ApplicationState.SENT:
        try:
            _move([application], A.SEE, by=by)
        except MoveError:  # another member opened it at the same moment
            application.refresh_from_db()


def shortlist(*, applications: Sequence[Application], by: Any, text: str = "") -> None:
    _answer(applications, A.SHORTLIST, by=by, text=text)


def invite(*, applications: Sequence[Application], by: Any, text: str = "") -> None:
    _answer(applications, A.INVITE, by=by, text=text)


def make_offer(*, applications: Sequence[Application], by: Any, text: str = "") -> None:
    _answer(applications, A.MAKE_OFFER, by=by, text=text)


def hire(*, applications: Sequence[Application], by: Any, text: str = "") -> None:
    """The decision; the signed contract is another step (`services.contracts`)."""
    _answer(applications, A.HIRE, by=by, text=text)


@transaction.atomic
def refuse(*, applications: Sequence[Application], by: Any, text: str) -> None:
    """`text` is the reason, shown to each candidate, and may not be empty."""
    if not text.strip():
        raise MoveError(_("Donnez un motif : il est montré à la personne candidate."))
    for personal, group in _worded(applications, text).items():
        _move(group, A.REFUSE, by=by, refusal=personal)
    for application in applications:
        tell_candidate(application, "answer", action=A.REFUSE, words=True)


@transaction.atomic
def reopen(*, application: Application, by: Any) -> None:
    """The company changes its mind; not once a contract is declared, which has its own cancellation."""
    if application.contracts.in_force().exists():
        raise MoveError(_("Un contrat est déclaré : annulez-le d'abord."))
    try:
        _move([application], A.REOPEN, by=by, refusal="", reminders=REMINDED_BEFORE_REOPENING)
    except IntegrityError as error:
        raise MoveError(_("Cette personne a une autre candidature en cours pour la même offre.")) from error
    tell_candidate(application, "reopen")


@transaction.atomic
def withdraw(*, application: Application, by: Any, text: str = "") -> None:
    """The candidate's own move, with an optional word for the company."""
    _move([application], A.WITHDRAW, by=by)
    if text.strip():
        ApplicationMessage.objects.create(application=application, side=Side.CANDIDATE, by=by, text=text.strip())
    tell_company(application, "withdraw")


@transaction.atomic
def close(*, applications: Sequence[Application]) -> None:
    """By time alone: nobody answered, and the company had been warned."""
    _move(applications, A.CLOSE, by=None)
    for application in applications:
        tell_candidate(application, "close")


def possible_actions(application: Application, side: Side) -> list[A]:
    """The moves of one side, in the order of the table."""
    return [
        A(action)
        for action, (states, _after, mover) in TRANSITIONS.items()
        if mover == side and application.state in states and _fits(application, action)
    ]


@transaction.atomic
def _answer(applications: Sequence[Application], action: A, *, by: Any, text: str) -> None:
    _move(applications, action, by=by)
    personal = {id(a): words for words, group in _worded(applications, text.strip()).items() for a in group}
    ApplicationMessage.objects.bulk_create(
        ApplicationMessage(application=a, side=Side.COMPANY, by=by, text=personal[id(a)])
        for a in applications
        if personal[id(a)]
    )
    for application in applications:
        tell_candidate(application, "answer", action=action, words=bool(personal[id(application)]))


def _worded(applications: Sequence[Application], text: str) -> dict[str, list[Application]]:
    groups: dict[str, list[Application]] = defaultdict(list)
    for application in applications:
        groups[worded(text, application)].append(application)
    return groups


def _move(applications: Sequence[Application], action: A, *, by: Any, **changes: Any) -> None:
    _allowed, after, side = TRANSITIONS[action]
    for application in applications:
        if not _fits(application, action) or application.forgotten_at:
            raise MoveError(_refusal(application))
    now, stamps = timezone.now(), _stamps(after, side)
    changes |= {name: Coalesce(name, now) if kept else None for name, kept in stamps.items()}
    event = {"side": side, "by": by, "at": now}
    _MACHINE.move(applications, action, event=event, changes={**changes, "moved_at": now})
    for application in applications:
        for name, kept in stamps.items():
            setattr(application, name, (getattr(application, name) or now) if kept else None)


def _stamps(after: str, side: Side) -> dict[str, bool]:
    """The dates that a move writes: one keeps the first date (True) or is taken off (False)."""
    stamps = {"closed_at": after not in OPEN_STATES}
    if side == Side.COMPANY:
        stamps["seen_at"] = True
    if after in ANSWERED_STATES:
        stamps["answered_at"] = True
    return stamps


def _fits(application: Application, action: str) -> bool:
    return action in REQUEST_ACTIONS or not application.is_request


def _refusal(application: Application) -> str:
    return _("La candidature est dans l'état « %(state)s » : ce n'est plus possible.") % {
        "state": application.state_label
    }


_MACHINE = StateMachine(
    TRANSITIONS,
    refusal=_refusal,
    overtaken=gettext_lazy(
        "Quelqu'un vient de faire avancer cette candidature : rechargez la page pour voir où elle en est."
    ),
    guards=("state", "forgotten_at"),
)
