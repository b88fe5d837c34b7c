"""What a recruiter works on: their companies, an offer with all that its form shows, the list with its audience."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from companies.enums import CompanyState
from companies.models import Company
from jobs.models import Offer, OfferAudience, OfferEvent


def offers_to_edit(user: Any) -> QuerySet[Any]:
    """The offers that `user` may edit, each with the rows that its form reads."""
    return (
        Offer.objects.for_user(user)
        .select_related("company__commune", "job", "training")
        .prefetch_related("places__commune", "occupations", "skills", "sectors", "sessions__commune")
    )


def companies_to_post_for(user: Any) -> list[Company]:
    """Those of `user` that are not refused, with their sectors."""
    companies = Company.objects.for_user(user).exclude(state=CompanyState.REFUSED)
    return list(companies.prefetch_related("sectors").order_by("name", "pk"))


def offers_with_audience(user: Any) -> QuerySet[Any]:
    """The offers of `user`'s companies with `views` and `clicks`, totals over their life, for the list."""
    days = OfferAudience.objects.filter(offer=OuterRef("pk")).order_by().values("offer")
    return (
        Offer.objects.for_user(user)
        .annotate(
            views=Coalesce(Subquery(days.annotate(n=Sum("views")).values("n")), 0),
            clicks=Coalesce(Subquery(days.annotate(n=Sum("external_clicks")).values("n")), 0),
        )
        .select_related("company", "job")
        .prefetch_related("sessions", "places")
        .order_by("-updated_at", "-pk")
    )


def count_by_state(offers: QuerySet[Any]) -> dict[str, int]:
    """State → number, for the states that have any: one query."""
    return dict(offers.order_by().values_list("state").annotate(Count("pk")))


def history(offer: Offer) -> QuerySet[Any]:
    """What happened to an offer, newest first."""
    return OfferEvent.objects.filter(offer=offer).select_related("by")
