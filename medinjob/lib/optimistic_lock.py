"""Optimistic locking: a row with a `version` is written only over the version that its editor saw."""

from typing import Any

from django.db.models import F, QuerySet

from medinjob.lib.errors import EditConflictError


def write_over(rows: QuerySet[Any], version: int, changes: dict[str, Any], *, conflict: str) -> None:
    """Write `changes` to the one row of `rows` if it still is at `version`, and count the version up; else raise
    `EditConflictError` with the text `conflict`."""
    if not rows.filter(version=version).update(**changes, version=F("version") + 1):
        raise EditConflictError(conflict)
