"""Contracts that count, and as what."""

from collections import Counter

from django.db.models import Count, QuerySet

from candidates.enums import CONTRACT_KINDS, ContractKind
from candidates.models import Application, Contract


def contract_in_force(application: Application) -> Contract | None:
    return Contract.objects.in_force().filter(application=application).select_related("declared_by").first()


def count_by_kind(contracts: "QuerySet[Contract]") -> dict[ContractKind | None, int]:
    """How many of each kind: a contrat de travail, a stage and a freelance mission are never added up; None: others."""
    counts: Counter[ContractKind | None] = Counter()
    for type_, n in contracts.order_by().values_list("type").annotate(n=Count("pk")):
        counts[CONTRACT_KINDS.get(type_)] += n
    return dict(counts)
