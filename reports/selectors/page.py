"""What the page of a report adds to its outline: notes of the headlines, one table by a dimension."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading, Value
from reports.indicators.report import Figure, Group, Report
from reports.selectors import outline

COMPARED = ("positions", "companies", "meetings", "applications", "interviews", "contracts")
"""The columns of the table by a dimension, those that have it."""


@dataclass(frozen=True, slots=True)
class Headline:
    figure: Figure
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One group and its value for each of the figures of the table."""

    key: str
    label: str
    cells: list[tuple[Figure, Value]]


@dataclass(frozen=True, slots=True)
class Table:
    dimension: str
    label: str | Promise
    figures: list[Figure]
    lines: list[Line]


def headlines(report: Report) -> list[Headline]:
    return [Headline(figure, _note(report, figure)) for figure in outline.headlines(report.figures)]


def dimensions() -> dict[str, str | Promise]:
    """What the table can be asked by, with words."""
    return {
        slug: reading.basis.dimension(slug).label
        for reading in map(INDICATORS.__getitem__, COMPARED)
        if isinstance(reading, Reading)
        for slug in reading.by
    }


def table(report: Report, dimension: str) -> Table:
    """By `dimension`, one of `dimensions()`; largest first in the leftmost column that is not all zero."""
    figures = [report.figures[slug] for slug in COMPARED if slug in report.figures]
    figures = [figure for figure in figures if dimension in figure.breakdowns]
    groups = [{group.key: group for group in figure.breakdowns[dimension]} for figure in figures]
    labels = {key: group.label for found in groups for key, group in found.items()}
    lines = [
        Line(key, label, [(figure, _value(found, key)) for figure, found in zip(figures, groups, strict=True)])
        for key, label in labels.items()
    ]
    lines.sort(key=lambda line: ([-(value or 0) for _figure, value in line.cells], line.key))
    return Table(dimension, dimensions()[dimension], figures, lines)


def _note(report: Report, figure: Figure) -> str:
    if figure.declared:
        return _("déclaré, non vérifiable")
    notes = {
        "positions": _("sur les stands, les doubles une fois"),
        "participants": _of_registered(report.value("registered")),
        "companies": _("demandes de stand acceptées"),
        "applications": _("dont %(n)s le jour du forum") % {"n": report.value("applications-day")},
        "contracts": _("d’attribution directe"),
    }
    return notes[figure.indicator.slug]


def _of_registered(count: Value) -> str:
    return ngettext("sur %(n)s inscrit", "sur %(n)s inscrits", int(count or 0)) % {"n": count}


def _value(found: dict[str, Group], key: str) -> Value:
    return found[key].value if key in found else 0
