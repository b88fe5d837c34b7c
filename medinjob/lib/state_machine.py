"""The state machine of every row that has a `state` and a history, `events`.

An app declares a table in its `transitions.py`: action → (states it starts from, state it ends in, …). Its services
move rows by a `StateMachine`, the only writer of a state: compare and swap, then one event a row.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medinjob.lib.errors import MoveError

Table = Mapping[Any, tuple[Any, ...]]


OVERTAKEN = gettext_lazy("Quelqu'un vient d'en décider autrement : rechargez la page.")


def may_move(row: Any, action: str, table: Table) -> bool:
    return row.state in table[action][0]


def usual_refusal(row: Any) -> str:
    return _("C'est « %(state)s » : ce n'est plus possible.") % {"state": row.get_state_display()}


@dataclass(frozen=True)
class StateMachine:
    """`refusal` gives the text for a row that is not where `table` wants it, `overtaken` is the one when somebody was
    quicker. `guards` are the columns that must be as they were loaded for a row to be written; `announce` is called
    with the rows in the transaction of their change."""

    table: Table
    refusal: Callable[[Any], str] = usual_refusal
    overtaken: Any = OVERTAKEN
    guards: tuple[str, ...] = ("state",)
    announce: Callable[[Sequence[Any]], None] | None = None

    def move(self, rows: Sequence[Any], action: str, *, event: Mapping[str, Any], **options: Any) -> None:
        """Bring `rows`, of one model and as they were loaded, where the table says; `options` are those of `change`.
        Raises `MoveError`, and then nothing is written for any of them."""
        for row in rows:
            if not may_move(row, action, self.table):
                raise MoveError(self.refusal(row))
        self.change(rows, action, after=self.table[action][1], event=event, **options)

    @transaction.atomic
    def change(
        self,
        rows: Sequence[Any],
        action: str,
        *,
        after: str,
        event: Mapping[str, Any],
        changes: Mapping[str, Any] | None = None,
        own: Callable[[Any], Mapping[str, Any]] | None = None,
    ) -> None:
        """Bring `rows` to the state `after`, whatever the table says, writing `changes` beside it, and `own(row)`,
        whose values must be hashable. `event` holds what the events say besides (by, reason…)."""
        # One UPDATE for all rows that were loaded alike: a thousand imports are a few queries.
        groups: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            loaded = tuple(getattr(row, name) for name in self.guards)
            groups[loaded, tuple(own(row).items()) if own else ()].append(row)
        # Events first: they read the state that the swap is about to change in memory.
        record(rows, action, after=after, **event)
        for (loaded, more), group in groups.items():
            self._swap(group, loaded, {**(changes or {}), **dict(more), "state": after})
        if self.announce:
            self.announce(rows)

    def _swap(self, group: list[Any], loaded: tuple[Any, ...], changes: dict[str, Any]) -> None:
        """Writes what is still as it was loaded. A count that differs means that somebody was quicker."""
        guards = dict(zip(self.guards, loaded, strict=True))
        rows = type(group[0])._default_manager.filter(pk__in=[row.pk for row in group], **guards)
        if rows.update(**changes) != len(group):
            raise MoveError(str(self.overtaken))
        # What the database computes is the caller's to read again.
        known = {name: value for name, value in changes.items() if not hasattr(value, "resolve_expression")}
        for row in group:
            for name, value in known.items():
                setattr(row, name, value)


def record(rows: Sequence[Any], action: str, *, after: str | None = None, **event: Any) -> None:
    """One event for each of `rows`; without `after`, of something that leaves the state as it is."""
    if not rows:
        return
    relation = type(rows[0])._meta.get_field("events")
    model, name = relation.related_model, relation.field.name
    model.objects.bulk_create(
        model(**{name: row}, action=action, before=row.state, after=after or row.state, **event) for row in rows
    )
