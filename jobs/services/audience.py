"""How often an offer is read and left for an external address: two numbers a day, no trace of who."""

from django.db.models import F
from django.utils import timezone

from jobs.models import OfferAudience


def count_view(*, offer_id: int) -> None:
    _count(offer_id, "views")


def count_external_click(*, offer_id: int) -> None:
    _count(offer_id, "external_clicks")


def _count(offer_id: int, number: str) -> None:
    today = OfferAudience.objects.filter(offer_id=offer_id, day=timezone.localdate())
    # The usual case is one UPDATE, which the database adds up by itself; the first of the day makes the row.
    if not today.update(**{number: F(number) + 1}):
        OfferAudience.objects.get_or_create(offer_id=offer_id, day=timezone.localdate())
        today.update(**{number: F(number) + 1})
