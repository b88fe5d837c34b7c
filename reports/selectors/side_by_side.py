"""Several editions in the same table, oldest first."""

from dataclasses import dataclass

from reports.indicators.catalogue import HEADLINES, INDICATORS
from reports.indicators.enums import Section
from reports.indicators.readings import Indicator
from reports.indicators.report import Figure, Report
from reports.selectors.charts import Chart


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator; `cells` has the report and its figure, None where nothing was declared."""

    indicator: Indicator
    cells: list[tuple[Report, Figure | None]]


def parts(reports: list[Report]) -> list[tuple[Section, list[Row]]]:
    """Indicators that at least one of them has, by part."""
    rows = [
        Row(indicator, [(report, report.figures.get(slug)) for report in reports])
        for slug, indicator in INDICATORS.items()
        if any(slug in report.figures for report in reports)
    ]
    found = [(section, [row for row in rows if row.indicator.section == section]) for section in Section]
    return [(section, rows) for section, rows in found if rows]


def bars(reports: list[Report]) -> list[Chart]:
    """A chart a headline figure, a bar an edition that has it."""
    made = []
    for slug in HEADLINES:
        found = [
            (report.edition.event.name, int(report.value(slug) or 0)) for report in reports if slug in report.figures
        ]
        label = str(INDICATORS[slug].label)
        made.append(Chart(f"editions-{slug}", label, "", label, list(found)))
    return [chart for chart in made if chart.rows]
