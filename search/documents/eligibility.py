"""Which offers can be found: the one rule, which the index, its checks and the fallback share."""

from django.db.models import QuerySet

from jobs.models import Offer


def searchable_offers() -> QuerySet[Offer]:
    """The offers that the public may see now."""
    return Offer.objects.visible()
