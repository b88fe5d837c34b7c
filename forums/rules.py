"""When an edition is open, and for what."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from forums.enums import EditionState


def is_over(edition: Any) -> bool:
    return bool(timezone.localdate() > edition.event.ends_on)


def end_of(edition: Any) -> datetime:
    """Midnight after the last day."""
    return timezone.make_aware(datetime.combine(edition.event.ends_on + timedelta(days=1), time.min))


def exhibitors_open(edition: Any, now: datetime) -> bool:
    """Until the first day when no end is set."""
    return edition.with_stands and _is_open(edition, now, edition.exhibitors_open_at, edition.exhibitors_close_at)


def attendees_open(edition: Any, now: datetime) -> bool:
    """Until its end when no other is set."""
    return _is_open(edition, now, edition.attendees_open_at, edition.attendees_close_at)


def _is_open(edition: Any, now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    announced = edition.state == EditionState.ANNOUNCED and not edition.declared and not is_over(edition)
    return announced and (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)
