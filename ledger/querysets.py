from typing import Any

from django.db import models

from candidates.enums import CONTRACT_KINDS, ContractKind


class LedgerQuerySet(models.QuerySet[Any]):
    def counting(self) -> "LedgerQuerySet":
        """Signed contracts that count: neither cancelled before they began, nor renewals, nor part of another."""
        standing = self.filter(cancelled_at__isnull=True, merged_into__isnull=True)
        return standing.filter(renewal_of__isnull=True).exclude(renewal=True)

    def of_kind(self, kind: ContractKind) -> "LedgerQuerySet":
        return self.filter(type__in=[type_ for type_, counted in CONTRACT_KINDS.items() if counted == kind])
