"""Which offers can be answered here."""

from typing import Any

from django.db.models import QuerySet

from jobs.enums import ApplyBy
from jobs.models import Offer


def applicable_offers() -> QuerySet[Any]:
    """Public offers of a company that takes applications on Medinjob, with that company."""
    return Offer.objects.visible().filter(apply_by=ApplyBy.HERE, company__isnull=False).select_related("company")
