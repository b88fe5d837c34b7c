"""What is funded, and figures that others declared: they stay open, for accounts come after the event."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from forums.enums import EditionAction
from forums.models import Action, Edition, EditionEvent
from reports.indicators.cost import allocate


class Form(Protocol):
    """Checked and not yet written."""

    def save(self) -> Any: ...


class Rows(Form, Protocol):
    instance: Any


@transaction.atomic
def save_action(*, form: Form, rows: Sequence[Rows], action: Action | None = None, by: Any = None) -> Action:
    """An action, then its grants, its budget and the events that share its cost. `action`: the one that is changed;
    what its editions cost, if it changes, is a line of the history of each."""
    before = _costs(action)
    saved: Action = form.save()
    for part in rows:
        part.instance = saved
        part.save()
    after = _costs(saved)
    for pk, cost in before.items():
        if after.get(pk, cost) != cost:
            _note(pk, f"{_('coût de l’édition')} : {cost} → {after[pk]}", by)
    return saved


def _costs(action: Action | None) -> dict[int, str]:
    """In euros, by edition with rows."""
    if action is None or action.pk is None:
        return {}
    known = Edition.objects.filter(event__action=action, declared=False).select_related("event__action")
    # Read anew: the form writes on its own copy.
    action = Action.objects.get(pk=action.pk)
    costs = {allocation.event.pk: str(allocation.cost or "–") for allocation in allocate(action)}
    return {edition.pk: costs[edition.pk] for edition in known if edition.pk in costs}


def _note(pk: int, words: str, by: Any) -> None:
    edition = Edition.objects.get(pk=pk)
    EditionEvent.objects.create(
        edition=edition, action=EditionAction.EDIT, before=edition.state, after=edition.state, reason=words, by=by
    )


@transaction.atomic
def save_declared_figures(*, rows: Form) -> None:
    """Given by somebody with their source, and shown as such, never added to what is counted."""
    rows.save()
