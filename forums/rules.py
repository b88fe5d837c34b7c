"""When an edition is open, and for what."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from forums.enums import EditionState, ExhibitorState


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


def may_answer(follow_up: Any, user_id: int) -> bool:
    """Whoever the question was sent to, as long as they are who they were: the person of a registration, or a member
    (`user_id`) of a company whose stand is accepted; without a member, who held the stand (0). One query."""
    if follow_up.attendee is not None:
        return follow_up.attendee.forgotten_at is None
    members = follow_up.exhibitor.company.memberships.filter(user__is_active=True)
    if follow_up.exhibitor.state != ExhibitorState.ACCEPTED:
        return False
    return members.filter(user=user_id).exists() if user_id else not members.exists()
