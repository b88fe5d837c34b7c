"""What a report keeps of its own when an edition closes: the portal's offers of its days, and a snapshot."""

from datetime import datetime
from typing import Any

from django.db import transaction

from forums.models import Edition
from ledger.services.attribution import refresh_attributions
from reports.indicators.bases import live_portal
from reports.indicators.scope import scope_of
from reports.models import PortalOffer, Snapshot
from reports.services.snapshots import freeze_report


@transaction.atomic
def close_report(*, edition: Edition, by: Any, as_of: datetime | None = None) -> Snapshot:
    """In the transaction of who closes `edition`: every figure as it is at this moment."""
    refresh_attributions()
    freeze_portal(edition=edition)
    return freeze_report(edition=edition, by=by, addresses=(), closing=True, as_of=as_of)


@transaction.atomic
def freeze_portal(*, edition: Edition) -> int:
    """How many offers were kept; none when an earlier closing has kept them, for the days of the edition are past."""
    if PortalOffer.objects.filter(edition=edition).exists():
        return 0
    rows = live_portal(scope_of(edition)).order_by("pk")
    kept = [
        PortalOffer(
            edition=edition, offer_number=row.pk, title=row.title, employer=row.employer, source=row.source,
            open_positions=row.open_positions, published_at=row.published_at,
        )
        for row in rows.iterator(chunk_size=1000)
    ]  # fmt: skip
    PortalOffer.objects.bulk_create(kept, batch_size=500)
    return len(kept)
