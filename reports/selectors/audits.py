"""An audit: what can be drawn of a frozen report, what was drawn, what came of it."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.enums import EvidenceLevel
from ledger.models import ContractEvidence, LedgerEntry
from ledger.selectors.entries import why_of
from reports.enums import Verdict
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading
from reports.models import AuditAnswer, AuditDraw, AuditLink, AuditVerdict, Snapshot
from reports.selectors.columns import pseudonym
from reports.selectors.detail import Detail
from reports.selectors.persons import person_keys
from reports.verifier import verifier

SHARES = (20, 10, 5)
"""Bounds to choose from: at most one contract in so many percent is false."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many to draw so that, when none is false, at least `real` are real."""

    size: int
    real: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One contract drawn; `entry` is as it is today, `level` as it was when frozen."""

    number: int
    entry: LedgerEntry | None
    pseudonym: str
    level: str
    evidence: list[ContractEvidence]
    why: list[dict[str, Any]]
    verdicts: list[AuditVerdict]
    answers: list[AuditAnswer]

    @property
    def verdict(self) -> AuditVerdict | None:
        return self.verdicts[-1] if self.verdicts else None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`real`: how many contracts are real at least, at 95 %; None while a verdict is missing."""

    population: int
    drawn: int
    false: int
    unchecked: int
    missing: int

    @property
    def real(self) -> int | None:
        if self.missing:
            return None
        return self.population - verifier.most_false(self.population, self.drawn, self.false + self.unchecked)

    @property
    def words(self) -> str:
        if self.real is None:
            return ngettext(
                "Pas encore de conclusion : il manque %(n)s verdict.",
                "Pas encore de conclusion : il manque %(n)s verdicts.",
                self.missing,
            ) % {"n": self.missing}
        wrong = self.false + self.unchecked
        none = ngettext("%(n)s faux ou invérifiable", "%(n)s faux ou invérifiables", wrong) % {"n": wrong}
        said = {"drawn": self.drawn, "of": self.population, "wrong": none if wrong else _("aucun faux")}
        bound = ngettext("au moins %(n)s contrat réel", "au moins %(n)s contrats réels", self.real) % {"n": self.real}
        tail = _("au seuil de 95 %")
        drawn = ngettext("%(drawn)s tiré sur %(of)s, %(wrong)s", "%(drawn)s tirés sur %(of)s, %(wrong)s", self.drawn)
        return f"{drawn % said} : {bound}, {tail}."


def population_of(snapshot: Snapshot) -> list[int]:
    """The ids of the direct contrats de travail that the frozen report counts, in order."""
    return sorted(int(number) for number in _counted(snapshot))


def sizes_for(population: int) -> list[Size]:
    """The samples worth drawing, smallest first; the last one is of all."""
    found = {_smallest(population, population * share // 100) for share in SHARES} | {population}
    return [Size(size, population - verifier.most_false(population, size, 0)) for size in sorted(found) if size]


def draws_of(snapshot: Snapshot) -> list[tuple[AuditDraw, Conclusion]]:
    """Every draw, whoever made it, the first one first."""
    draws = snapshot.draws.select_related("link").prefetch_related("verdicts")
    return [(draw, conclusion_of(draw)) for draw in draws]


def conclusion_of(draw: AuditDraw) -> Conclusion:
    given = list(verdicts_of(draw).values())
    size = len(draw.sample)
    return Conclusion(
        draw.population, size, given.count(Verdict.FALSE), given.count(Verdict.UNCHECKED), size - len(given)
    )


def verdicts_of(draw: AuditDraw) -> dict[int, str]:
    """The latest of each contract, by its id."""
    return {row.entry_number: row.verdict for row in draw.verdicts.all()}


def drawn_rows(draw: AuditDraw) -> list[DrawnRow]:
    """In the order drawn."""
    entries = {entry.pk: entry for entry in _entries(draw.sample)}
    frozen, keys = _counted(draw.snapshot), person_keys("contracts", draw.sample)
    levels = dict(EvidenceLevel.choices)
    verdicts, answers = list(draw.verdicts.all()), list(draw.snapshot.audit_answers.all())
    return [
        DrawnRow(
            number,
            entry := entries.get(number),
            audit_pseudonym(draw.snapshot, keys.get(number)),
            str(levels.get((frozen[str(number)].get("evidence") or [""])[0], "–")),
            _evidence(entry),
            why_of(entry) if entry else [],
            [row for row in verdicts if row.entry_number == number],
            [row for row in answers if row.entry_number == number],
        )
        for number in draw.sample
    ]


def answerable_rows(snapshot: Snapshot, company: Any) -> list[tuple[LedgerEntry, list[AuditAnswer]]]:
    """The contracts of one company that were drawn of a frozen report, whatever the draw, with what it answered."""
    drawn = {number for draw in snapshot.draws.all() for number in draw.sample}
    answers = list(snapshot.audit_answers.order_by("pk"))
    return [
        (entry, [row for row in answers if row.entry_number == entry.pk])
        for entry in LedgerEntry.objects.filter(pk__in=drawn, company=company).order_by("pk")
    ]


def audit_pseudonym(snapshot: Snapshot, key: str | None) -> str:
    """The same for one person in every list of an audit, another in another audit."""
    return pseudonym(f"audit-{snapshot.pk}", key)


def sampled(link: AuditLink) -> QuerySet[Any]:
    """The contracts drawn by a link from before audits were of a snapshot."""
    return _entries(link.sample).order_by("pk")


def detail_in(snapshot: Snapshot) -> Detail:
    found: Detail = json.loads(snapshot.detail or "{}")
    return found


def _counted(snapshot: Snapshot) -> dict[str, dict[str, list[str]]]:
    reading = INDICATORS[verifier.AUDITED]
    assert isinstance(reading, Reading)
    return frozen_rows(snapshot, reading)


def frozen_rows(snapshot: Snapshot, reading: Reading) -> dict[str, dict[str, list[str]]]:
    """The rows that a figure of the frozen report counted."""
    where = {slug: list(keys) for slug, keys in reading.where.items()}
    return verifier.kept({"rows": reading.basis.slug, "where": where}, detail_in(snapshot))


def _entries(ids: list[int]) -> QuerySet[Any]:
    evidence = Prefetch("evidence", ContractEvidence.objects.select_related("by").order_by("id"))
    rows = LedgerEntry.objects.filter(pk__in=ids).select_related("company", "attribution__edition__event")
    merged = Prefetch("merged", LedgerEntry.objects.prefetch_related(evidence))
    return rows.prefetch_related(evidence, merged)


def _evidence(entry: LedgerEntry | None) -> list[ContractEvidence]:
    """Its own and that of what was merged into it."""
    if entry is None:
        return []
    rows = [row for one in (entry, *entry.merged.all()) for row in one.evidence.all()]
    return sorted(rows, key=lambda row: row.pk)


def _smallest(population: int, most: int) -> int:
    """The smallest sample that, with none false in it, says that `most` are false at most."""
    low, high = 0, population
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if verifier.most_false(population, middle, 0) <= most else (middle + 1, high)
    return low
