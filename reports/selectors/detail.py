"""The rows that a report counted, as plain data: two snapshots differ because some of these do, and it says which."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reports.indicators.bases import BASES, Basis
from reports.indicators.cube import Cube
from reports.indicators.readings import Reading
from reports.indicators.scope import Scope
from reports.selectors.body import Body

Detail = dict[str, dict[str, dict[str, list[str]]]]
"""By basis, then by row, then by dimension: its keys; under "" what sums add up."""


def detail_of(scope: Scope) -> Detail:
    """Nothing for an edition whose figures are only declared."""
    return {} if scope.edition.declared else {basis.slug: dict(_rows(basis, scope)) for basis in BASES}


class RowChange(NamedTuple):
    """`row` is the number of the row in its table; `what` says in words what became of it."""

    row: str
    what: str


def row_changes(reading: Reading, before: Detail, after: Detail) -> list[RowChange]:
    """Of the rows that `reading` counts: those that came, that went, and what became another of those that stayed."""
    slug = reading.basis.slug
    was, now = before.get(slug, {}), after.get(slug, {})
    found = []
    for row in sorted(was.keys() | now.keys(), key=lambda key: (len(key), key)):
        old, new = _counted(reading, was.get(row)), _counted(reading, now.get(row))
        if old != new:
            found.append(RowChange(row, _said(reading, old, new)))
    return found


def names(body: Body) -> dict[str, str]:
    """What the report calls its groups, by key: for the words of a change."""
    groups = (group for figure in body["figures"].values() for part in figure["breakdowns"] for group in part["groups"])
    return {group["key"]: group["label"] for group in groups}


def _rows(basis: Basis, scope: Scope) -> Iterator[tuple[str, dict[str, list[str]]]]:
    cube = Cube(basis, scope)
    columns = [*basis.columns, *([basis.value] if basis.value else [])]
    # An application that two shown rows answer for is two rows of the report.
    seen: Counter[int] = Counter()
    for pk, *values in basis.rows(scope).order_by("pk").values_list("pk", *columns):
        keys = {
            dimension.slug: sorted(cube.keys(dimension.slug, values[basis.columns.index(dimension.column(basis))]))
            for dimension in basis.dimensions
        }
        if basis.value:
            keys[""] = [_plain(values[-1] or 0)]
        seen[pk] += 1
        yield str(pk) if seen[pk] == 1 else f"{pk}-{seen[pk]}", keys


def _counted(reading: Reading, row: dict[str, list[str]] | None) -> dict[str, list[str]]:
    """What `reading` sees of a row; nothing when it does not count it."""
    if row is None or any(not set(wanted) & set(row.get(slug, ())) for slug, wanted in reading.where.items()):
        return {}
    seen = {slug: row.get(slug, []) for slug in reading.by}
    extra = [""] if reading.basis.value else []
    column = getattr(reading, "column", "")
    extra += [dimension.slug for dimension in reading.basis.dimensions if dimension.column(reading.basis) == column]
    return {"row": [], **seen, **{slug: row.get(slug, []) for slug in extra}}


def _said(reading: Reading, old: dict[str, list[str]], new: dict[str, list[str]]) -> str:
    if not old:
        return _("Compte désormais")
    if not new:
        return _("Ne compte plus")
    changed = [slug for slug in new if old.get(slug) != new[slug]]
    return " ; ".join(f"{_label(reading, slug)} : {_list(old.get(slug))} → {_list(new[slug])}" for slug in changed)


def _label(reading: Reading, slug: str) -> str:
    return str(reading.basis.dimension(slug).label if slug else reading.label)


def _list(keys: list[str] | None) -> str:
    return ", ".join(key for key in keys or () if key) or "–"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
