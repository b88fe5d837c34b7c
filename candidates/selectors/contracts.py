"""Contracts that count, and as what."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone

from candidates.enums import CONTRACT_KINDS, ApplicationState, ContractKind
from candidates.models import Application, Contract


class ContractStatus(NamedTuple):
    """What an application's page shows: the contract that counts, and which steps are open."""

    current: Contract | None
    may_declare: bool
    may_cancel: bool
    cancelled: bool


def contract_status(application: Application) -> ContractStatus:
    """No query before the hiring."""
    if application.state != ApplicationState.HIRED or application.is_request:
        return ContractStatus(None, False, False, False)
    current = contract_in_force(application)
    cancelled = current is None and application.contracts.exists()
    started = current is not None and current.starts_on is not None and current.starts_on <= timezone.localdate()
    return ContractStatus(current, current is None, current is not None and not started, cancelled)


def contract_in_force(application: Application) -> Contract | None:
    return Contract.objects.in_force().filter(application=application).select_related("declared_by").first()


def count_by_kind(contracts: "QuerySet[Contract]") -> dict[ContractKind | None, int]:
    """How many of each kind: a contrat de travail, a stage and a freelance mission are never added up; None: others."""
    counts: Counter[ContractKind | None] = Counter()
    for type_, n in contracts.order_by().values_list("type").annotate(n=Count("pk")):
        counts[CONTRACT_KINDS.get(type_)] += n
    return dict(counts)
