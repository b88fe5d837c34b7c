"""What an auditor may see in full: the sample drawn."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from ledger.models import ContractEvidence, LedgerEntry
from reports.models import AuditLink


def sampled(link: AuditLink) -> QuerySet[Any]:
    """The contracts drawn, with who, which evidence, and why they are attributed."""
    evidence = ContractEvidence.objects.select_related("by").order_by("id")
    rows = LedgerEntry.objects.filter(pk__in=link.sample).select_related("company", "attribution")
    return rows.prefetch_related(Prefetch("evidence", evidence)).order_by("pk")
