"""The history of an application as its page tells it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from candidates.enums import ApplicationAction, ApplicationState, Side
from candidates.models import Application

ICONS = {
    ApplicationAction.SEND: "mail",
    ApplicationAction.COMPLETE: "check",
    ApplicationAction.SEE: "eye",
    ApplicationAction.SHORTLIST: "check",
    ApplicationAction.INVITE: "calendar",
    ApplicationAction.MAKE_OFFER: "spark",
    ApplicationAction.HIRE: "success",
    ApplicationAction.REFUSE: "close",
    ApplicationAction.WITHDRAW: "minus",
    ApplicationAction.CLOSE: "clock",
    ApplicationAction.OFFER_CLOSED: "flag",
}


class Step(NamedTuple):
    """One line: `own` is said by the reader's side, `text` are a person's words."""

    at: datetime
    icon: str
    title: str | Promise
    text: str
    side: str
    own: bool


def timeline(application: Application, reader: Side) -> list[Step]:
    """Moves, messages, contracts, and for the company its notes, oldest first: five queries at most."""
    steps = [_event(event, application, reader) for event in application.events.all()]
    steps += [_words(message.at, message.side, message.text, reader) for message in application.messages.all()]
    steps += _contract_steps(application, reader)
    if reader == Side.COMPANY:
        notes = application.notes.select_related("by")
        steps += [
            Step(n.at, "edit", _("Note de %(name)s") % {"name": n.by or "–"}, n.text, reader, True) for n in notes
        ]
    return sorted(steps, key=lambda step: step.at)


def _event(event: Any, application: Application, reader: Side) -> Step:
    action = ApplicationAction(event.action)
    text = ""
    if action == ApplicationAction.SEND:
        text = application.message
    elif action == ApplicationAction.REFUSE and application.state == ApplicationState.REFUSED:
        text = application.refusal
    return Step(event.at, ICONS.get(action, "right"), action.label, text, event.side, event.side == reader)


def _words(at: datetime, side: str, text: str, reader: Side) -> Step:
    if side == reader:
        title = _("Votre message")
    else:
        title = _("Message de l'entreprise") if side == Side.COMPANY else _("Message de la personne candidate")
    return Step(at, "mail", title, text, side, side == reader)


def _contract_steps(application: Application, reader: Side) -> list[Step]:
    steps = []
    for contract in application.contracts.select_related("cancellation"):
        title = _("Contrat corrigé") if contract.corrects_id else _("Contrat déclaré signé")
        side = contract.declared_side
        steps.append(Step(contract.declared_at, "success", title, contract.reason, side, side == reader))
        if end := getattr(contract, "cancellation", None):
            steps.append(Step(end.at, "close", _("Contrat annulé avant son début"), end.reason, "", False))
    return steps
