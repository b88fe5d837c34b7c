"""One offer with all that its public page shows, and what a visitor may see of it."""

from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from companies.enums import CompanyState
from companies.models import MedinsoftMark
from jobs.enums import OfferState
from jobs.models import Offer, OfferPlace, TrainingSession
from jobs.rules import may_edit_offer

ENDED_STATES = {OfferState.FILLED, OfferState.EXPIRED, OfferState.WITHDRAWN}


_COMPANY_VERSION = ("company__version", "company__state", "company__answer_rate", "company__answer_days")


class Sight(StrEnum):
    """What somebody gets at the address of an offer."""

    SHOWN = "shown"
    MOVED = "moved"  # a double: to the offer shown in its place
    PREVIEW = "preview"  # its members and staff, before and after it is public
    PAUSED = "paused"
    ENDED = "ended"
    HIDDEN = "hidden"


def offers_for_page() -> QuerySet[Any]:
    """Offers with their details, places, sessions and words, and their company with today's marks: 7 queries."""
    marks = MedinsoftMark.objects.on(timezone.localdate())
    return Offer.objects.select_related("company__commune", "job", "training").prefetch_related(
        Prefetch("places", queryset=OfferPlace.objects.select_related("commune")),
        "sectors",
        "skills",
        "occupations",
        Prefetch("sessions", queryset=TrainingSession.objects.select_related("commune")),
        Prefetch("company__marks", queryset=marks),
    )


def open_offer_version(offer_id: int) -> str:
    """A text that changes with each change of an offer that everybody sees, or of its company; "" for any other."""
    seen = Offer.objects.visible().filter(pk=offer_id, duplicate_of=None)
    columns = ("pk", "version", "index_version", "updated_at", "source_updated_at", "expires_at", *_COMPANY_VERSION)
    row = seen.values_list(*columns).first()
    return repr(row) if row else ""


def sight_of(offer: Offer, user: Any, *, as_staff: bool) -> Sight:
    """`as_staff`: what `accounts.access.acts_as_staff` says of the request."""
    if offer.duplicate_of is not None and offer.state == OfferState.PUBLISHED:
        return Sight.MOVED
    if offer.company is not None and offer.company.state == CompanyState.REFUSED:
        return Sight.PREVIEW if as_staff else Sight.HIDDEN
    if offer.is_open:
        return Sight.SHOWN
    if as_staff or may_edit_offer(user, offer):
        return Sight.PREVIEW
    return _of_one_no_longer_open(offer)


def _of_one_no_longer_open(offer: Offer) -> Sight:
    """What was never public stays unknown; a refused offer too, whatever it was before."""
    if offer.published_at is None:
        return Sight.HIDDEN
    if offer.state in ENDED_STATES or offer.state == OfferState.PUBLISHED:
        return Sight.ENDED
    return Sight.PAUSED if offer.state == OfferState.PAUSED else Sight.HIDDEN
