from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from companies.enums import CompanyState
from jobs.enums import OfferState


class OfferQuerySet(models.QuerySet[Any]):
    def visible(self) -> "OfferQuerySet":
        """What the public may find: published, not expired, not a re-posted double, and no refused company's."""
        return self.filter(
            Q(company__isnull=True) | ~Q(company__state=CompanyState.REFUSED),
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
            state=OfferState.PUBLISHED,
            duplicate_of__isnull=True,
        )

    def for_company(self, company: Any) -> "OfferQuerySet":
        return self.filter(company=company)

    def to_review(self) -> "OfferQuerySet":
        """The moderation queue, oldest first."""
        return self.filter(state=OfferState.IN_REVIEW).order_by("submitted_at", "id")
