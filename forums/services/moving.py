"""The only writer of a state: compare and swap, then an event row."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forums.errors import MoveError
from forums.transitions import Table


@transaction.atomic
def move(row: Any, action: str, *, table: Table, event: Mapping[str, Any], **changes: Any) -> None:
    """Bring `row` (with `state` and `events`), as it was loaded, where `table` says, writing `changes` beside the
    state; `event` holds what its event says besides (by, reason…). Raises `MoveError`; then nothing is written."""
    allowed, after = table[action]
    if row.state not in allowed:
        raise MoveError(_("C'est « %(state)s » : ce n'est plus possible.") % {"state": row.get_state_display()})
    changes["state"] = after
    rows = type(row)._default_manager.filter(pk=row.pk, state=row.state)
    if not rows.update(**changes):
        raise MoveError(_("Quelqu'un vient d'en décider autrement : rechargez la page."))
    row.events.create(action=action, before=row.state, after=after, **event)
    for name, value in changes.items():
        setattr(row, name, value)


def may_move(row: Any, action: str, table: Table) -> bool:
    return row.state in table[action][0]
