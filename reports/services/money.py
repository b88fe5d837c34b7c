"""What is funded, and figures that others declared: they stay open, for accounts come after the event."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import transaction

from forums.models import Action


class Form(Protocol):
    """Checked and not yet written."""

    def save(self) -> Any: ...


class Rows(Form, Protocol):
    instance: Any


@transaction.atomic
def save_action(*, form: Form, rows: Sequence[Rows]) -> Action:
    """An action, then its grants, its budget and the events that share its cost."""
    action: Action = form.save()
    for part in rows:
        part.instance = action
        part.save()
    return action


@transaction.atomic
def save_declared_figures(*, rows: Form) -> None:
    """Given by somebody with their source, and shown as such, never added to what is counted."""
    rows.save()
