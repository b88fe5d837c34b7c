"""What the contracts declared on applications bring to the ledger, in the transaction that declares them."""

from collections.abc import Iterable

from django.db import transaction

from candidates.enums import Side
from candidates.models import Contract
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.models import LedgerEntry
from ledger.services.entries import Declaration, declare
from ledger.services.evidence import take_out

BATCH = 200


@transaction.atomic
def record_contracts(*, ids: Iterable[int]) -> int:
    """Bring the ledger up to date with these contracts; how many were new to it. The same one twice is one."""
    rows = Contract.objects.filter(pk__in=list(ids), application__company__isnull=False)
    related = ("application__company", "application__candidate", "application__offer", "evidence", "cancellation")
    new = 0
    for contract in rows.select_related(*related).order_by("pk"):
        if not hasattr(contract, "evidence"):
            _record(contract)
            new += 1
        if hasattr(contract, "cancellation"):
            _cancel(contract)
    return new


def record_missing_contracts() -> int:
    """Those that were declared before there was a ledger."""
    missing = Contract.objects.filter(evidence__isnull=True, application__company__isnull=False).order_by("pk")
    return record_contracts(ids=missing.values_list("pk", flat=True)[:BATCH])


def _record(contract: Contract) -> LedgerEntry:
    application = contract.application
    assert application.company is not None
    kind = Evidence.CANDIDATE if contract.declared_side == Side.CANDIDATE else Evidence.COMPANY
    declaration = Declaration(
        company=application.company,
        facts=Facts.of(contract),
        kind=kind,
        name=application.name,
        user=application.candidate,
        contract=contract,
    )
    return declare(declaration=declaration, by=contract.declared_by)


def _cancel(contract: Contract) -> None:
    """Not when another one was declared since."""
    entry = LedgerEntry.objects.get(pk=contract.evidence.entry_id)
    entry = entry.merged_into or entry
    in_force = Contract.objects.in_force().filter(application=contract.application_id)
    if entry.cancelled_at is None and not in_force.exists():
        take_out(entry=entry, by=contract.cancellation.by, reason=contract.cancellation.reason)
