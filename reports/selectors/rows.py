"""The rows behind a figure: the queryset it was counted from, narrowed in the same way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from reports.indicators.cube import Cube
from reports.indicators.dimensions import Dimension
from reports.indicators.readings import Reading, Value
from reports.indicators.scope import Scope
from reports.selectors.columns import COLUMNS, RELATED, TableColumn

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter, in words."""

    slug: str
    key: str
    label: str
    word: str


@dataclass(frozen=True, slots=True)
class FigureRows:
    """`value` is the figure of exactly these `rows`."""

    reading: Reading
    scope: Scope
    rows: QuerySet[Any]
    chosen: tuple[Chosen, ...]

    @property
    def value(self) -> Value:
        return self.reading.read(Cube(self.reading.basis, self.scope, self.rows).cells, self.scope)

    def columns(self, *, names: bool) -> tuple[TableColumn, ...]:
        """Without `names`: what tells nobody who it is."""
        return tuple(column for column in COLUMNS[self.reading.basis.slug] if names or not column.personal)

    def table(self, *, names: bool, rows: Any = None) -> Iterator[list[Any]]:
        """A line for each of `rows` (a page of them; all by default), in the order of `columns`."""
        columns, basis = self.columns(names=names), self.reading.basis
        source = self.rows if rows is None else rows
        for row in source.iterator(chunk_size=CHUNK) if rows is None else source:
            yield [column.read(row, basis, self.scope) for column in columns]


def rows_of(reading: Reading, scope: Scope, asked: "MultiValueDict[str, str] | None" = None) -> FigureRows:
    """`asked` is a query string: `sector=data&phase=day`. What these rows are not told apart by is left aside, as is a
    key that cannot be read."""
    basis, rows = reading.basis, reading.basis.rows(scope)
    for slug, wanted in reading.where.items():
        rows = basis.dimension(slug).narrow(rows, wanted, basis, scope.facts)
    chosen: list[Chosen] = []
    for dimension, keys in _asked(reading, asked):
        try:
            rows = dimension.narrow(rows, keys, basis, scope.facts)
        except ValueError:
            continue
        words = dimension.labels(basis, scope.facts)
        chosen += [Chosen(dimension.slug, key, str(dimension.label), word(words, key)) for key in keys]
    related = RELATED.get(basis.slug)
    rows = rows.select_related(*related) if related else rows
    return FigureRows(reading, scope, rows.order_by("pk"), tuple(chosen))


def word(labels: Mapping[str, str], key: str) -> str:
    try:
        return labels[key]
    except KeyError:
        return key


def _asked(reading: Reading, asked: "MultiValueDict[str, str] | None") -> Iterator[tuple[Dimension, list[str]]]:
    for dimension in reading.basis.dimensions:
        if asked and dimension.slug in asked:
            yield dimension, [key.replace("\0", "") for key in asked.getlist(dimension.slug)]
