"""Figures from rows: SQL counts the rows of a basis once, by all its columns; each figure adds up some of the cells.

So the number of queries is that of the bases, whatever the data and however many figures there are.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from reports.indicators.bases import Basis
from reports.indicators.readings import Cell, Reading
from reports.indicators.readings import Value as Figure
from reports.indicators.scope import Scope


class Cube:
    """The rows of one basis, counted: all of the edition, or some of them."""

    def __init__(self, basis: Basis, scope: Scope, rows: QuerySet[Any] | None = None) -> None:
        self.basis = basis
        self.scope = scope
        self.rows = basis.rows(scope) if rows is None else rows
        self._keys: dict[str, dict[Any, frozenset[str]]] = defaultdict(dict)
        self._labels: dict[str, Mapping[str, str]] = {}
        self._parts: dict[tuple[str, int], dict[Any, Any]] = {}

    @cached_property
    def cells(self) -> list[Cell]:
        total = Coalesce(Sum(self.basis.value), Value(0)) if self.basis.value else Value(0)
        rows = self.rows.order_by().values_list(*self.basis.columns)
        counted = rows.annotate(cell_count=Count("pk"), cell_total=total)
        return [Cell(tuple(columns), count, total or 0) for *columns, count, total in counted]

    def figure(self, reading: Reading) -> Figure:
        return reading.read(self.where(reading), self.scope)

    def groups(self, reading: Reading, dimension: str) -> dict[str, Figure]:
        """By key; a key that no row has is not there."""
        by_key: dict[str, Any] = {}
        for raw, part in self._by_raw(reading, self._column(dimension)).items():
            for key in self.keys(dimension, raw):
                by_key[key] = by_key[key] + part if key in by_key else part
        return {key: reading.whole(by_key[key]) for key in sorted(by_key)}

    def where(self, reading: Reading) -> list[Cell]:
        cells = self.cells
        for dimension, allowed in reading.where.items():
            at, wanted = self._column(dimension), frozenset(allowed)
            good = {raw for raw in {cell.columns[at] for cell in cells} if wanted & self.keys(dimension, raw)}
            cells = [cell for cell in cells if cell.columns[at] in good]
        return cells

    def keys(self, dimension: str, raw: Any) -> frozenset[str]:
        known = self._keys[dimension]
        if raw not in known:
            found = self.basis.dimension(dimension)
            known[raw] = frozenset(found.keys(raw, self.basis, self.scope.facts))
        return known[raw]

    def labels(self, dimension: str) -> Mapping[str, str]:
        if dimension not in self._labels:
            self._labels[dimension] = self.basis.dimension(dimension).labels(self.basis, self.scope.facts)
        return self._labels[dimension]

    def _by_raw(self, reading: Reading, at: int) -> dict[Any, Any]:
        """The part of each value of a column: several dimensions read the same one."""
        if (reading.slug, at) not in self._parts:
            by_raw: dict[Any, list[Cell]] = defaultdict(list)
            for cell in self.where(reading):
                by_raw[cell.columns[at]].append(cell)
            self._parts[reading.slug, at] = {raw: reading.part(cells, self.scope) for raw, cells in by_raw.items()}
        return self._parts[reading.slug, at]

    def _column(self, dimension: str) -> int:
        return self.basis.columns.index(self.basis.dimension(dimension).column(self.basis))
