"""Reading the ledger: which entry a declaration speaks of, what its evidence says."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from candidates.models import Application
from companies.models import Company
from forums.selectors.persons import Identity
from ledger.attribution_rule import Fact, FactKind
from ledger.declarations import Facts, Statement, same_contract, same_job
from ledger.enums import Evidence, Outcome
from ledger.models import ContractEvidence, FollowUpAnswer, LedgerEntry, LedgerEvent
from ledger.querysets import LedgerQuerySet
from ledger.selectors.persons import of_same_persons, same_persons
from medinjob.lib.folding import name_key


def entry_for(
    identity: Identity, company: Company, facts: Facts, application: Application | None = None
) -> LedgerEntry | None:
    """The entry that these facts, of this person with this company, speak of.

    An application's contracts are one entry. Otherwise it is the one signed nearest, a standing one before one that was
    cancelled; two applications are two contracts, unless they are for the same job.
    """
    if application is not None and (own := LedgerEntry.objects.filter(application=application).first()):
        return own.merged_into or own
    of_person = of_same_persons(LedgerEntry.objects.filter(identity.entries))
    rows = LedgerEntry.objects.filter(of_person, company=company, merged_into__isnull=True)
    found = [row for row in rows.select_related("offer").order_by("pk") if _speaks_of(row, facts, application)]
    return min(
        found,
        key=lambda row: (row.cancelled_at is not None, abs(row.signed_on - facts.signed_on), row.pk),
        default=None,
    )


def entries_of(entry: LedgerEntry) -> QuerySet[LedgerEntry]:
    """Every entry of the same person with the same company, itself included."""
    return LedgerEntry.objects.filter(person__in=same_persons([entry.person])[entry.person], company=entry.company_id)


def evidence_of(entry: LedgerEntry) -> QuerySet[ContractEvidence]:
    """Its own, and that of the entries merged into it."""
    return ContractEvidence.objects.filter(Q(entry=entry) | Q(entry__merged_into=entry)).order_by("pk")


def statements_of(entry: LedgerEntry) -> list[Statement]:
    """What each has to say at last: what somebody corrected since is left out, and what was said of an application
    before the contract was cancelled and another declared."""
    rows = list(evidence_of(entry).filter(withdrawn_at=None).select_related("contract", "answer__follow_up"))
    ranks: dict[int, int] = {}
    for contract in (row.contract for row in rows if row.contract):
        ranks[contract.application_id] = max(contract.rank, ranks.get(contract.application_id, 0))
    chains: dict[Any, list[ContractEvidence]] = {}
    for row in rows:
        if row.contract is None or row.contract.rank == ranks[row.contract.application_id]:
            chains.setdefault(_chain(row), []).append(row)
    return [
        Statement(row.pk, Evidence(row.kind), row.stated, row.contract_id is not None, row.decides, first.pk, row.by_id)
        for first, row in ((rows[0], rows[-1]) for rows in chains.values())
    ]


def _chain(row: ContractEvidence) -> tuple[Any, ...]:
    """The same for a declaration and for what corrects it: the contracts that one side declares on an application, the
    answers of one side on one pair."""
    if row.contract is not None:
        return "contract", row.contract.application_id, row.contract.declared_side
    if row.answer is not None:
        asked = row.answer.follow_up
        return "answer", asked.exhibitor_id, asked.attendee_id, row.answer.exhibitor_id, row.answer.attendee_id
    return "evidence", row.pk


def ledger() -> LedgerQuerySet:
    """For staff, the latest signature first. `twins`: how many other counted contracts the same person has with the
    same company; `refused`: one side's latest word on the pair is that nothing came of it."""
    others = LedgerEntry.objects.counting().filter(person=OuterRef("person"), company=OuterRef("company"))
    twins = others.exclude(pk=OuterRef("pk")).order_by().values("person").annotate(n=Count("pk")).values("n")
    rows = LedgerEntry.objects.select_related("company", "attribution__edition__event")
    return rows.annotate(twins=Coalesce(Subquery(twins), 0), refused=_refused()).order_by("-signed_on", "-pk")


def namesakes() -> set[int]:
    """Counted contracts of one company whose persons have the same name and are two to us: one person under two
    addresses, perhaps. Accents and case do not matter, which no database does alike."""
    groups: dict[tuple[int, str], list[tuple[int, str]]] = {}
    rows = LedgerEntry.objects.counting().exclude(name="").order_by("pk")
    for pk, person, name, company in rows.values_list("pk", "person", "name", "company"):
        groups.setdefault((company, name_key(name)), []).append((pk, person))
    return {pk for found in groups.values() if len({person for _, person in found}) > 1 for pk, _person in found}


def with_history(entry: LedgerEntry) -> dict[str, Any]:
    """All that an entry's page shows: evidence, events, the other contracts of the pair."""
    events = LedgerEvent.objects.filter(entry=entry).select_related("by")
    others = entries_of(entry).exclude(pk=entry.pk).order_by("signed_on", "pk")
    near = LedgerEntry.objects.filter(company=entry.company_id, merged_into=None).exclude(pk=entry.pk)
    related = evidence_of(entry).select_related("by", "answer__follow_up", "contract")
    return {"evidence": related, "events": events, "others": others, "mergeable": near.order_by("-signed_on", "-pk")}


FACT_LABELS = {
    FactKind.APPLICATION: _("Candidature à l'édition"),
    FactKind.MEETING: _("Rencontre au stand"),
    FactKind.BOTH_PRESENT: _("Tous deux présents"),
    FactKind.UNDER_WAY: _("Déjà en entretien avant l'édition"),
}


def why_of(entry: LedgerEntry) -> list[dict[str, Any]]:
    """The facts that decided of its attribution, in words."""
    attribution = entry.attributed
    facts = [Fact.from_json(said) for said in attribution.why.get("facts", ())] if attribution else []
    return [{"label": FACT_LABELS[fact.kind], "on": fact.on, "ref": fact.ref} for fact in facts]


HEADER = (
    _("Numéro"),
    _("Personne"),
    _("Entreprise"),
    _("Poste"),
    _("Contrat"),
    _("Signé le"),
    _("Début"),
    _("Preuve"),
    _("Édition"),
    _("Attribution"),
    _("Compte"),
)


def ledger_table(rows: QuerySet[LedgerEntry]) -> Iterator[list[Any]]:
    """The list to take away, as it is filtered."""
    for row in rows.iterator():
        attribution = row.attributed
        yield [
            row.pk,
            row.name or row.person,
            row.company.name,
            row.job_title,
            row.get_type_display(),
            row.signed_on.isoformat(),
            row.starts_on.isoformat() if row.starts_on else "",
            row.get_level_display(),
            attribution.edition.event.name if attribution else "",
            attribution.get_kind_display() if attribution else "",
            _("oui") if row.counts else _("non"),
        ]


def _refused() -> Q:
    """The latest answer of the company, or of the person, is a refusal."""
    return Q(_refused_by("exhibitor")) | Q(_refused_by("attendee"))


def _refused_by(side: str) -> Exists:
    own = FollowUpAnswer.objects.filter(**{f"follow_up__{side}__isnull": False})
    later = own.filter(exhibitor=OuterRef("exhibitor"), attendee=OuterRef("attendee"), pk__gt=OuterRef("pk"))
    pair = {"exhibitor__company": OuterRef("company"), "attendee": OuterRef("attendee")}
    return Exists(own.filter(~Exists(later), **pair, outcome=Outcome.REFUSED))


def _speaks_of(entry: LedgerEntry, facts: Facts, application: Application | None) -> bool:
    if not same_contract(Facts.of(entry), facts):
        return False
    if application is None or entry.application_id is None:
        return True
    return same_job(Facts.of(entry), facts) or _origin(entry.offer) == _origin(application.offer)


def _origin(offer: Any) -> int | None:
    """Offers published twice are one job."""
    return (offer.duplicate_of_id or offer.pk) if offer else None
