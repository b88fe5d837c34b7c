"""Which offers can be found. Two spellings of one rule, tested equal: a queryset and a predicate."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from companies.enums import CompanyState
from jobs.enums import OfferState
from jobs.models import Offer, OfferPlace


def searchable_offers() -> QuerySet[Offer]:
    """Those that the public may see now."""
    return Offer.objects.visible()


def is_searchable(offer: Offer, now: datetime) -> bool:
    """The same of one offer, without a query if its company is loaded."""
    return (
        offer.state == OfferState.PUBLISHED
        and offer.duplicate_of_id is None
        and (offer.expires_at is None or offer.expires_at > now)
        and (offer.company is None or offer.company.state != CompanyState.REFUSED)
    )


def with_everything(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Loads what a document is made of, in a fixed number of queries."""
    return offers.select_related("company", "job", "training").prefetch_related(
        Prefetch("places", OfferPlace.objects.select_related("commune")),
        "skills",
        "occupations",
        "sectors",
        "sessions",
        "collections",
        "company__marks",
    )
