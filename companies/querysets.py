from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from companies.enums import CompanyState


class CompanyQuerySet(models.QuerySet[Any]):
    def visible(self) -> "CompanyQuerySet":
        """Those whose public page exists."""
        return self.filter(state=CompanyState.TRUSTED)

    def for_user(self, user: Any) -> "CompanyQuerySet":
        return self.filter(memberships__user=user)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())


class MarkQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> "MarkQuerySet":
        """The marks in force that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
