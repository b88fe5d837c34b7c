"""Contracts that count, and as what."""

from typing import NamedTuple

from django.utils import timezone

from candidates.enums import ApplicationState
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
