"""What a closed edition said on the day it was closed, and what was added since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from forums.models import Edition, LateFact
from reports.indicators.readings import Value
from reports.indicators.wording import number_of
from reports.models import Snapshot


@dataclass(frozen=True, slots=True)
class Closing:
    """`values` by slug, as the snapshot of the closing says them."""

    at: datetime
    sha256: str
    url: str
    values: Mapping[str, Value]


def closing_of(edition: Edition) -> Closing | None:
    """Of the latest closing; None for an edition that is open, or that closed before closings were kept."""
    if edition.closed_at is None:
        return None
    snapshot = Snapshot.objects.filter(edition=edition, closing=True).defer("detail").order_by("-pk").first()
    if snapshot is None:
        return None
    figures = json.loads(snapshot.body)["figures"]
    values = {slug: number_of(figure["value"]) for slug, figure in figures.items()}
    return Closing(snapshot.as_of, snapshot.sha256, snapshot.get_absolute_url(), values)


def added_since(edition: Edition) -> QuerySet[LateFact]:
    """Late facts, oldest first."""
    return LateFact.objects.filter(edition=edition).select_related("by").order_by("at", "pk")
