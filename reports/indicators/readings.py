"""An indicator: which rows it reads, and how. Four ways: count, sum, median, ratio of two others."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise

from forums.enums import Rounding
from reports.indicators.bases import Basis
from reports.indicators.enums import Section, Unit
from reports.indicators.scope import Scope

Value = int | Decimal | None
"""None: it cannot be said (a median of nothing, a ratio to zero)."""
Where = Mapping[str, tuple[str, ...]]
"""Which keys of which dimensions of the basis a row must have."""

ROUNDINGS = {Rounding.TRUNCATED: ROUND_DOWN, Rounding.HALF_UP: ROUND_HALF_UP}


class Cell(NamedTuple):
    """Rows that SQL counted together: they agree in all `columns`."""

    columns: tuple[Any, ...]
    rows: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`definition` says what is counted, in words an outsider can check. `by`: the dimensions it is broken down by."""

    slug: str
    label: str | Promise
    definition: str | Promise
    section: Section
    unit: Unit = Unit.COUNT
    headline: bool = False
    beside: bool = False
    """Shown apart, never to be added to the others."""


@dataclass(frozen=True, kw_only=True)
class Reading(Indicator):
    """Read from rows of `basis` that are `where`."""

    basis: Basis
    where: Where = field(default_factory=dict)
    by: tuple[str, ...] = ()

    def part(self, cells: Iterable[Cell], scope: Scope) -> Any:
        """What some cells bring; parts add up with `+`."""
        raise NotImplementedError

    def whole(self, part: Any) -> Value:
        """The value of a sum of parts."""
        value: Value = part
        return value

    def read(self, cells: Iterable[Cell], scope: Scope) -> Value:
        return self.whole(self.part(cells, scope))


@dataclass(frozen=True, kw_only=True)
class Count(Reading):
    def part(self, cells: Iterable[Cell], scope: Scope) -> int:
        return sum(cell.rows for cell in cells)


@dataclass(frozen=True, kw_only=True)
class Sum(Reading):
    """Of the basis's `value`."""

    def part(self, cells: Iterable[Cell], scope: Scope) -> int:
        return sum(cell.total for cell in cells)


@dataclass(frozen=True, kw_only=True)
class Median(Reading):
    """Of `measure(value of column, scope)`; between two middle ones, their mean."""

    column: str
    measure: Callable[[Any, Scope], int]

    def part(self, cells: Iterable[Cell], scope: Scope) -> Counter[int]:
        """How often each measure."""
        at = self.basis.columns.index(self.column)
        counted: Counter[int] = Counter()
        for cell in cells:
            counted[self.measure(cell.columns[at], scope)] += cell.rows
        return counted

    def whole(self, part: Any) -> Value:
        return _median(part)


@dataclass(frozen=True, kw_only=True)
class Ratio(Indicator):
    """Of two indicators, by slug. `scale` 100 gives percent; the result has `places` decimals, by `rounding`."""

    over: str
    under: str
    scale: int = 100
    places: int = 1
    rounding: Rounding = Rounding.HALF_UP
    unit: Unit = Unit.PERCENT

    def of(self, over: Value, under: Value) -> Value:
        if over is None or not under:
            return None
        return share(over, under, scale=self.scale, places=self.places, rounding=self.rounding)


@dataclass(frozen=True, kw_only=True)
class Given(Indicator):
    """A sum of money that the accounts of the action give, not rows of the edition."""

    unit: Unit = Unit.EUROS


def share(over: Any, under: Any, *, scale: int = 100, places: int = 2, rounding: str = Rounding.TRUNCATED) -> Decimal:
    """`over` of `under` in percent: 15 000 of 110 000 is 13.63 truncated, 13.64 rounded half up."""
    exact = Decimal(over) * scale / Decimal(under)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUNDINGS[Rounding(rounding)])


def _median(counted: Counter[int]) -> Decimal | None:
    if not (total := counted.total()):
        return None
    middles, seen = [(total - 1) // 2, total // 2], 0
    found: list[int] = []
    for value in sorted(counted):
        seen += counted[value]
        found += [value] * sum(1 for middle in middles[len(found) :] if middle < seen)
    return Decimal(sum(found)) / 2
