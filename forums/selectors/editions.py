"""What pages read of editions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from forums.enums import AttendeeState, EditionState, ExhibitorState
from forums.models import Edition, ShownOffer

_ACCEPTED = Q(exhibitors__state=ExhibitorState.ACCEPTED)


def edition_at(slug: str, among: Any = None) -> Edition | None:
    """The one whose address is `slug`, with its event and funded action; `among` narrows which editions count."""
    rows = Edition.objects.all() if among is None else among
    found: Edition | None = rows.select_related("event__action").filter(event__slug=slug).first()
    return found


def public_editions() -> QuerySet[Any]:
    """Those that the public sees, latest first, each with its days and venues."""
    return with_places(Edition.objects.public()).order_by("-event__starts_on", "-pk")


def with_places(editions: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = editions.select_related("event__action", "collection")
    return rows.prefetch_related("days", "venues__commune")


def next_edition() -> Edition | None:
    """The announced edition that comes first and is not over."""
    coming = Edition.objects.filter(state=EditionState.ANNOUNCED, event__ends_on__gte=timezone.localdate())
    return with_places(coming).order_by("event__starts_on", "pk").first()


def editions_for_staff() -> QuerySet[Any]:
    """All, latest first, with `exhibitor_count` and `to_decide` counts."""
    return (
        Edition.objects.select_related("event__action")
        .annotate(
            exhibitor_count=Count("exhibitors", filter=_ACCEPTED, distinct=True),
            to_decide=Count("exhibitors", filter=Q(exhibitors__state=ExhibitorState.REQUESTED), distinct=True),
        )
        .order_by("-event__starts_on", "-pk")
    )


def own_part(edition: Edition, user: Any) -> dict[str, Any]:
    """`registration` and `stand` of who looks, unless cancelled; None without."""
    if not user.is_authenticated:
        return {"registration": None, "stand": None}
    registrations = edition.attendees.filter(user=user).exclude(state=AttendeeState.CANCELLED)
    stands = edition.exhibitors.filter(company__memberships__user=user).exclude(state=ExhibitorState.CANCELLED)
    return {"registration": registrations.first(), "stand": stands.first()}


@dataclass(frozen=True, slots=True)
class Showing:
    """How much an edition shows: accepted exhibitors, their offers once each and the positions they open."""

    exhibitors: int
    offers: int
    positions: int


def showing(edition: Edition) -> Showing:
    """Re-posted doubles are not counted; a closed edition says what was frozen."""
    exhibitors = edition.exhibitors.accepted()
    shown = ShownOffer.objects.filter(exhibitor__in=exhibitors, offer__duplicate_of=None)
    rows = shown.order_by().values_list("offer", Coalesce("positions", "offer__job__open_positions", 0))
    positions = dict(rows)
    return Showing(exhibitors.count(), len(positions), sum(positions.values()))
