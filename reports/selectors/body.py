"""A report as plain data: what a snapshot freezes, what every file is made from. In French, whoever asks."""

from datetime import UTC
from typing import Any

from django.utils import translation

from forums.models import Edition, LateFact, Venue
from reports.indicators.readings import Reading
from reports.indicators.report import Figure, Report
from reports.indicators.wording import plain
from reports.selectors.closed import added_since, closing_of

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
        "year_only": event.year_only,
        "venues": [_venue(venue) for venue in edition.venues.select_related("commune").order_by("pk")],
        "action": str(event.action) if event.action else "",
        "closing": _closing(edition),
        "late": [_late(fact) for fact in added_since(edition)],
    }


def _venue(venue: Venue) -> str:
    commune = venue.commune.short_name if venue.commune else ""
    return ", ".join(part for part in (venue.name, venue.address, commune) if part)


def _closing(edition: Edition) -> Body | None:
    """What the closing said: the live figures of today stand beside it."""
    closing = closing_of(edition)
    if closing is None:
        return None
    values = {slug: plain(value) for slug, value in closing.values.items()}
    return {"as_of": f"{closing.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "sha256": closing.sha256, "values": values}


def _late(fact: LateFact) -> Body:
    return {
        "what": fact.get_kind_display(),
        "detail": fact.detail,
        "source": fact.source,
        "said_on": fact.said_on.isoformat(),
        "at": f"{fact.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
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
