"""A company's answers by name: to one application from its page, to many from the list."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction

from candidates.enums import AnswerAction, Side
from candidates.models import AnswerTemplate, Application
from candidates.querysets import ApplicationQuerySet
from candidates.services import moves

VERBS: dict[str, Callable[..., None]] = {
    AnswerAction.SHORTLIST: moves.shortlist,
    AnswerAction.INVITE: moves.invite,
    AnswerAction.MAKE_OFFER: moves.make_offer,
    AnswerAction.HIRE: moves.hire,
    AnswerAction.REFUSE: moves.refuse,
}


class BulkAnswer(NamedTuple):
    done: list[Application]
    skipped: list[Application]


def answer(*, application: Application, action: str, by: Any, text: str = "") -> None:
    """`action` is an `AnswerAction`. Raises `MoveError`."""
    VERBS[action](applications=[application], by=by, text=text)


@transaction.atomic
def answer_many(*, applications: ApplicationQuerySet, action: str, by: Any, text: str = "") -> BulkAnswer:
    """The same answer to all that can still get it; the others, moved meanwhile, are left as they are."""
    rows = (
        applications.select_for_update(of=("self",), no_key=True)
        .select_related("offer__company", "candidate")
        .order_by("pk")
    )
    answer = BulkAnswer([], [])
    for application in rows:
        possible = action in moves.possible_actions(application, Side.COMPANY)
        (answer.done if possible else answer.skipped).append(application)
    if answer.done:
        VERBS[action](applications=answer.done, by=by, text=text)
    return answer


def save_template(*, template: AnswerTemplate) -> AnswerTemplate:
    template.save()
    return template


def delete_template(*, template: AnswerTemplate) -> None:
    template.delete()
