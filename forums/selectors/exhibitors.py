"""Stands, as the public, their companies and staff see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from forums.enums import ExhibitorState
from forums.models import Edition, Exhibitor, ShownOffer
from jobs.enums import OfferState
from jobs.models import Offer

SHOWABLE = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.IN_REVIEW)


def public_exhibitors(edition: Edition) -> QuerySet[Any]:
    """Accepted ones by name, each with the offers it shows, those that the public has once seen."""
    shown = ShownOffer.objects.filter(offer__published_at__isnull=False).select_related("offer__job", "offer__training")
    return (
        Exhibitor.objects.filter(edition=edition)
        .accepted()
        .select_related("company__commune")
        .prefetch_related(
            Prefetch("shown_offers", shown.prefetch_related("offer__places").order_by("offer__title", "pk"))
        )
        .order_by("company__name", "pk")
    )


def exhibitors_for_staff(edition: Edition) -> QuerySet[Any]:
    """Those to decide first, then by name; with `offers` and `people` counts."""
    return (
        Exhibitor.objects.filter(edition=edition)
        .select_related("company", "edition__event")
        .annotate(
            offers=Count("shown_offers", distinct=True),
            people=Count("representatives", distinct=True),
        )
        .order_by("company__name", "pk")
    )


def count_by_state(rows: QuerySet[Any], states: Iterable[str]) -> dict[str, int]:
    """State → number, 0 for those that have none: one query."""
    return dict.fromkeys(states, 0) | dict(rows.order_by().values_list("state").annotate(Count("pk", distinct=True)))


def tables_given(edition: Edition) -> int:
    accepted = edition.exhibitors.filter(state=ExhibitorState.ACCEPTED)
    return sum(accepted.values_list("tables", flat=True))


def showable_offers(company: Any, shown: Iterable[int] = ()) -> QuerySet[Offer]:
    """What a company may show: its offers that are open or in review, and what it shows already."""
    open_ones = Offer.objects.for_company(company).filter(state__in=SHOWABLE)
    kept = Offer.objects.for_company(company).filter(pk__in=list(shown))
    return (open_ones | kept).order_by("title", "pk")
