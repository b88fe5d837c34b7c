"""A report as plain data: what a snapshot freezes, what every file is made from. In French, whoever asks."""

from datetime import UTC
from typing import Any

from django.utils import translation

from reports.indicators.readings import Reading
from reports.indicators.report import Figure, Report
from reports.indicators.wording import plain

FORMAT = "medinjob-report/1"
Body = dict[str, Any]


def report_body(report: Report) -> Body:
    """Dates in ISO form, instants in UTC, decimals as texts; figures in the order of the report under `order`."""
    with translation.override("fr"):
        return {
            "format": FORMAT,
            "as_of": report.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "edition": _edition(report),
            "order": list(report.figures),
            "figures": {slug: _figure(figure) for slug, figure in report.figures.items()},
        }


def _edition(report: Report) -> Body:
    edition, event = report.edition, report.edition.event
    return {
        "name": event.name,
        "slug": event.slug,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "declared": edition.declared,
        "closed": edition.closed_at is not None,
        "attribution_days": edition.attribution_days,
    }


def _figure(figure: Figure) -> Body:
    indicator = figure.indicator
    return {
        "label": str(indicator.label),
        "definition": str(indicator.definition),
        "section": str(indicator.section),
        "unit": str(indicator.unit),
        "beside": indicator.beside,
        "value": plain(figure.value),
        "declared": figure.declared,
        "source": figure.source,
        "breakdowns": _breakdowns(figure),
    }


def _breakdowns(figure: Figure) -> list[Body]:
    reading = figure.indicator
    if not isinstance(reading, Reading):
        return []
    return [
        {
            "by": slug,
            "label": str(reading.basis.dimension(slug).label),
            "groups": [{"key": group.key, "label": group.label, "value": plain(group.value)} for group in groups],
        }
        for slug, groups in figure.breakdowns.items()
    ]
