"""The ledger of signed contracts: one entry a person, company and job, however many sides declare it.

Nothing is edited in silence: each declaration is a row of evidence, and what it changes is an event. Those who write
to one company's entries wait for each other on the company's row.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from companies.models import Company
from forums.models import Attendee
from forums.models.attendees import new_pseudonym
from forums.selectors.persons import Identity, identity_of
from ledger.declarations import Facts, facts_that_count, level_that_counts, same_job, they_differ
from ledger.enums import Evidence, LedgerAction
from ledger.models import ContractEvidence, FollowUpAnswer, LedgerEntry, LedgerEvent
from ledger.selectors.entries import entries_of, entry_for, statements_of
from ledger.selectors.persons import of_same_persons
from ledger.services.attribution import attribute_entries
from ledger.services.chain import hold_chain, notice, seal, write


@dataclass(frozen=True)
class Declaration:
    """What one side says: somebody (`user`, or `attendee` of an edition) signed `facts` with `company`. It comes from a
    `contract` of an application, from an `answer` to a follow-up, or from staff, who name their `source`."""

    company: Company
    facts: Facts
    kind: Evidence
    name: str = ""
    user: Any = None
    attendee: Attendee | None = None
    contract: Any = None
    answer: FollowUpAnswer | None = None
    source: str = ""
    on: date | None = None
    renewal: bool | None = None


@transaction.atomic
def declare(*, declaration: Declaration, by: Any = None, entry: LedgerEntry | None = None) -> LedgerEntry:
    """The entry of the contract, new or found: said twice, or by both sides, it is one. `entry` when one corrects what
    one said of it."""
    lock_company(declaration.company)
    identity = identity_of(user=declaration.user, attendee=declaration.attendee)
    application = declaration.contract.application if declaration.contract else None
    found = (entry.merged_into or entry) if entry else None
    found = found or entry_for(identity, declaration.company, declaration.facts, application)
    entry = found or _create(declaration, identity, application)
    if application is not None and not LedgerEntry.objects.filter(application=application).exists():
        free = LedgerEntry.objects.filter(pk=entry.pk, application=None)
        free.update(application=application, offer=application.offer)
    if declaration.renewal is not None and entry.renewal is None:
        LedgerEntry.objects.filter(pk=entry.pk).update(renewal=declaration.renewal)
    if found and (_is_declared_again(declaration.contract) or not statements_of(found)):
        _bring_back(found, by)
    _vouch(entry, declaration, by)
    action = LedgerAction.VOUCH if found else LedgerAction.RECORD
    write(LedgerEvent(entry=entry, action=action, after=declaration.facts.to_json(), by=by))
    settle(entry=entry, by=by)
    return entry


@transaction.atomic
def withdraw(*, evidence: ContractEvidence, by: Any = None) -> None:
    """Who said it takes it back. When nobody vouches for the contract any more, it does not count."""
    entry = evidence.entry.merged_into or evidence.entry
    lock_company(entry.company)
    if ContractEvidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        seal(ContractEvidence, [evidence.pk])
        write(LedgerEvent(entry=entry, action=LedgerAction.WITHDRAW, before=evidence.facts, by=by))
        if not statements_of(entry):
            LedgerEntry.objects.filter(pk=entry.pk, cancelled_at=None).update(cancelled_at=timezone.now())
        settle(entry=entry, by=by)


def settle(*, entry: LedgerEntry, by: Any = None, reason: str = "") -> None:
    """Bring an entry to what its evidence says, then what depends on it: renewals, attributions. Within a
    transaction that holds the company."""
    hold_chain()
    entry.refresh_from_db()
    if statements := statements_of(entry):
        before, facts = Facts.of(entry), facts_that_count(statements)
        fields = {"type": facts.type, "job_title": facts.job_title, "signed_on": facts.signed_on}
        level = level_that_counts(statements)
        LedgerEntry.objects.filter(pk=entry.pk).update(
            **fields, starts_on=facts.starts_on, level=level, differs=they_differ(statements)
        )
        if before != facts:
            said = {"before": before.to_json(), "after": facts.to_json()}
            write(LedgerEvent(entry=entry, action=LedgerAction.CORRECT, by=by, reason=reason, **said))
        entry.refresh_from_db()
    seal(LedgerEntry, [entry.pk])
    _settle_pair(entries_of(entry))
    # A merge says of two persons that they are one, at every company.
    persons = of_same_persons(LedgerEntry.objects.filter(pk=entry.pk))
    attribute_entries(entries=list(LedgerEntry.objects.filter(persons)))


def refresh_differences() -> int:
    """Say again of each entry whether its statements differ: what an older release settled had no such mark. How many
    changed."""
    changed = 0
    # One statement, or those of one entry, cannot differ.
    said = Count("evidence", distinct=True) + Count("merged__evidence", distinct=True)
    for entry in LedgerEntry.objects.alias(said=said).filter(said__gt=1).order_by("pk").iterator():
        statements = statements_of(entry)
        if statements and (differs := they_differ(statements)) != entry.differs:
            with transaction.atomic():
                notice(LedgerEntry, [entry.pk])
                changed += LedgerEntry.objects.filter(pk=entry.pk).update(differs=differs)
                seal(LedgerEntry, [entry.pk])
    return changed


def lock_company(company: Company) -> None:
    """The chain first: all who write to the ledger take both in this order."""
    hold_chain()
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    notice(LedgerEntry, list(LedgerEntry.objects.filter(company=company).values_list("pk", flat=True)))
    notice(
        ContractEvidence,
        list(ContractEvidence.objects.filter(entry__company=company).order_by().values_list("pk", flat=True)),
    )


def _create(declaration: Declaration, identity: Identity, application: Any) -> LedgerEntry:
    facts = declaration.facts
    known = LedgerEntry.objects.filter(identity.entries).order_by("pk").values_list("person", flat=True).first()
    return write(
        LedgerEntry(
            person=known or next(iter(sorted(identity.persons)), "") or new_pseudonym(),
            user=declaration.user or (declaration.attendee.user if declaration.attendee else None),
            attendee=declaration.attendee,
            name=declaration.name,
            company=declaration.company,
            application=application,
            offer=application.offer if application else None,
            type=facts.type,
            job_title=facts.job_title,
            signed_on=facts.signed_on,
            starts_on=facts.starts_on,
            renewal=declaration.renewal,
        )
    )


def _is_declared_again(contract: Any) -> bool:
    """After the cancellation of an earlier one, on the same application: the job is the same."""
    return contract is not None and contract.rank > 1 and contract.corrects_id is None


def _bring_back(entry: LedgerEntry, by: Any) -> None:
    """It had been cancelled, or all that was said of it taken back, and it is said again."""
    if LedgerEntry.objects.filter(pk=entry.pk, cancelled_at__isnull=False).update(cancelled_at=None):
        write(LedgerEvent(entry=entry, action=LedgerAction.REOPEN, by=by))


def _vouch(entry: LedgerEntry, declaration: Declaration, by: Any) -> None:
    write(
        ContractEvidence(
            entry=entry,
            kind=declaration.kind,
            facts=declaration.facts.to_json(),
            source=declaration.source,
            on=declaration.on or timezone.localdate(),
            contract=declaration.contract,
            answer=declaration.answer,
            by=by,
        )
    )


def _settle_pair(entries: Collection[LedgerEntry]) -> None:
    """The first contract for a job counts and the later ones prolong it, unless somebody said otherwise."""
    firsts: list[LedgerEntry] = []
    for entry in sorted(entries, key=lambda entry: (entry.signed_on, entry.pk)):
        if entry.cancelled_at or entry.merged_into_id:
            continue
        first = next((row for row in firsts if same_job(Facts.of(row), Facts.of(entry))), None)
        _set_renewal(entry, None if entry.renewal is False else first)
        if entry.renewal_of_id is None and not entry.renewal:
            firsts.append(entry)
    seal(LedgerEntry, [entry.pk for entry in entries])


def _set_renewal(entry: LedgerEntry, first: LedgerEntry | None) -> None:
    found = first.pk if first else None
    if entry.renewal_of_id != found:
        LedgerEntry.objects.filter(pk=entry.pk).update(renewal_of=first)
        before, after = {"renewal_of": entry.renewal_of_id}, {"renewal_of": found}
        write(LedgerEvent(entry=entry, action=LedgerAction.RENEW, before=before, after=after))
        entry.renewal_of_id = found
