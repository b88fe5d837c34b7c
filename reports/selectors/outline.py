"""What a report says and in which order: one outline for its page and for its PDF.

A page has the figures that were just computed; a PDF reads them from a body (`figures_of`), which may be a frozen one.
"""

from collections.abc import Mapping

from reports.indicators.catalogue import HEADLINES
from reports.indicators.enums import Section, Unit
from reports.indicators.readings import Indicator
from reports.indicators.report import Figure, Group
from reports.indicators.wording import number_of
from reports.selectors.body import Body
from reports.selectors.charts import Rows, Source

Figures = Mapping[str, Figure]
"""By slug, in the order of the report."""

BESIDE_CONTRACTS = ("contracts-assisted", "internships", "freelance", "contracts-other")


def figures_of(body: Body) -> Figures:
    """The figures of a body, in its language; they open no rows."""
    return {slug: _figure(slug, body["figures"][slug]) for slug in body["order"]}


def headlines(figures: Figures) -> list[Figure]:
    return [figures[slug] for slug in HEADLINES if slug in figures]


def beside(figures: Figures) -> list[Figure]:
    """What is said apart from the contracts, never added to them."""
    return [figures[slug] for slug in BESIDE_CONTRACTS if slug in figures]


def parts(figures: Figures) -> list[tuple[Section, list[Figure]]]:
    """The figures by part of the report, empty parts left out."""
    found = [
        (section, [figure for figure in figures.values() if figure.indicator.section == section]) for section in Section
    ]
    return [(section, those) for section, those in found if those]


def chart_rows(figures: Figures) -> Source:
    """A source for `charts`."""

    def rows(slug: str, dimension: str) -> Rows:
        figure = figures.get(slug)
        if figure is None:
            return []
        if not dimension:
            return [(str(figure.indicator.label), int(figure.value or 0))]
        return [(group.label, int(group.value or 0)) for group in figure.breakdowns.get(dimension, ())]

    return rows


def _figure(slug: str, told: Body) -> Figure:
    return Figure(
        Indicator(
            slug=slug,
            label=told["label"],
            definition=told["definition"],
            section=told["section"],
            unit=Unit(told["unit"]),
            beside=told.get("beside", False),
        ),
        number_of(told["value"]),
        declared=told["declared"],
        source=told["source"],
        breakdowns={
            breakdown["by"]: [
                Group(group["key"], group["label"], number_of(group["value"])) for group in breakdown["groups"]
            ]
            for breakdown in told["breakdowns"]
        },
    )
