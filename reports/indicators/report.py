"""The whole report of an edition, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from forums.models import Edition
from reports.indicators.bases import BASES
from reports.indicators.catalogue import INDICATORS
from reports.indicators.cost import cost_of
from reports.indicators.cube import Cube
from reports.indicators.readings import Given, Indicator, Ratio, Reading, Value
from reports.indicators.scope import Scope


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a breakdown."""

    key: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Figure:
    """`declared`: given by somebody (`source`), with no row behind it. `breakdowns` by slug of the dimension."""

    indicator: Indicator
    value: Value
    declared: bool = False
    source: str = ""
    breakdowns: Mapping[str, list[Group]] = field(default_factory=dict)

    @property
    def opens(self) -> bool:
        """Are there rows behind it?"""
        return not self.declared and isinstance(self.indicator, Reading)


@dataclass(frozen=True, slots=True)
class Report:
    """`figures` by slug, in the order of the catalogue. A declared edition has the declared ones only."""

    edition: Edition
    as_of: datetime
    figures: Mapping[str, Figure]

    def value(self, slug: str) -> Value:
        return self.figures[slug].value if slug in self.figures else None


def compute(scope: Scope) -> Report:
    """Now, from the rows. Its queries are those of the facts and one a basis."""
    if scope.edition.declared:
        return Report(scope.edition, scope.as_of, _declared(scope.edition))
    cubes = {basis.slug: Cube(basis, scope) for basis in BASES}
    values: dict[str, Value] = {}
    for indicator in INDICATORS.values():
        if isinstance(indicator, Reading):
            values[indicator.slug] = cubes[indicator.basis.slug].figure(indicator)
        elif isinstance(indicator, Given):
            values[indicator.slug] = cost_of(scope.edition.event)
    values |= {ratio.slug: ratio.of(values[ratio.over], values[ratio.under]) for ratio in _ratios()}
    figures = {
        slug: Figure(indicator, values[slug], breakdowns=_breakdowns(indicator, cubes))
        for slug, indicator in INDICATORS.items()
    }
    return Report(scope.edition, scope.as_of, figures)


def _ratios() -> list[Ratio]:
    return [indicator for indicator in INDICATORS.values() if isinstance(indicator, Ratio)]


def _breakdowns(indicator: Indicator, cubes: Mapping[str, Cube]) -> dict[str, list[Group]]:
    if not isinstance(indicator, Reading):
        return {}
    cube = cubes[indicator.basis.slug]
    return {slug: _groups(indicator, slug, cube) for slug in indicator.by}


def _groups(reading: Reading, slug: str, cube: Cube) -> list[Group]:
    """Largest first, then by key: an order that no database decides."""
    labels = cube.labels(slug)
    groups = [Group(key, _word(labels, key), value) for key, value in cube.groups(reading, slug).items()]
    return sorted(groups, key=lambda group: (-(group.value or 0), group.key))


def _word(labels: Mapping[str, str], key: str) -> str:
    try:
        return labels[key]
    except KeyError:
        return key


def _declared(edition: Edition) -> dict[str, Figure]:
    """An indicator of that slug is what is declared; a figure of its own label has none and is not compared."""
    given = {figure.indicator: figure for figure in edition.event.declared_figures.exclude(indicator="")}
    return {
        slug: Figure(indicator, _plain(given[slug].value), declared=True, source=given[slug].source)
        for slug, indicator in INDICATORS.items()
        if slug in given
    }


def _plain(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value
