from typing import Any

from django.db import models

from candidates.enums import OPEN_STATES


class ApplicationQuerySet(models.QuerySet[Any]):
    def for_company(self, company: Any) -> "ApplicationQuerySet":
        return self.filter(company=company)

    def of_candidate(self, user: Any) -> "ApplicationQuerySet":
        return self.filter(candidate=user)

    def open(self) -> "ApplicationQuerySet":
        return self.filter(state__in=OPEN_STATES)


class ContractQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "ContractQuerySet":
        """Those that count: neither corrected by a later row nor cancelled."""
        return self.filter(corrected_by__isnull=True, cancellation__isnull=True)
