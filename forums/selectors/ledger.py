"""Reading the ledger: which entry a declaration speaks of, what its evidence says."""

from typing import Any

from django.db.models import Q, QuerySet

from candidates.models import Application
from companies.models import Company
from forums.declarations import Facts, Statement, same_contract, same_job
from forums.enums import Evidence
from forums.models import ContractEvidence, LedgerEntry
from forums.selectors.persons import Identity


def entry_for(
    identity: Identity, company: Company, facts: Facts, application: Application | None = None
) -> LedgerEntry | None:
    """The entry that these facts, of this person with this company, speak of.

    An application's contracts are one entry. Otherwise it is the one signed nearest, a standing one before one that was
    cancelled; two applications are two contracts, unless they are for the same job.
    """
    if application is not None and (own := LedgerEntry.objects.filter(application=application).first()):
        return own.merged_into or own
    rows = LedgerEntry.objects.filter(identity.entries, company=company, merged_into__isnull=True)
    found = [row for row in rows.select_related("offer").order_by("pk") if _speaks_of(row, facts, application)]
    return min(
        found,
        key=lambda row: (row.cancelled_at is not None, abs(row.signed_on - facts.signed_on), row.pk),
        default=None,
    )


def entries_of(entry: LedgerEntry) -> QuerySet[LedgerEntry]:
    """Every entry of the same person with the same company, itself included."""
    return LedgerEntry.objects.filter(person=entry.person, company=entry.company_id)


def evidence_of(entry: LedgerEntry) -> QuerySet[ContractEvidence]:
    """Its own, and that of the entries merged into it."""
    return ContractEvidence.objects.filter(Q(entry=entry) | Q(entry__merged_into=entry)).order_by("pk")


def statements_of(entry: LedgerEntry) -> list[Statement]:
    return [
        Statement(row.pk, Evidence(row.kind), Facts.from_json(row.facts), row.contract_id is not None, row.decides)
        for row in evidence_of(entry).filter(withdrawn_at=None)
    ]


def _speaks_of(entry: LedgerEntry, facts: Facts, application: Application | None) -> bool:
    if not same_contract(Facts.of(entry), facts):
        return False
    if application is None or entry.application_id is None:
        return True
    return same_job(Facts.of(entry), facts) or _origin(entry.offer) == _origin(application.offer)


def _origin(offer: Any) -> int | None:
    """Offers published twice are one job."""
    return (offer.duplicate_of_id or offer.pk) if offer else None
