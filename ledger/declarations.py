"""What several sides say of signed contracts, as plain data: which of them speak of the same contract, whose dates
count, what their word amounts to. `docs/attribution.md` has these rules in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from candidates.enums import CONTRACT_KINDS
from jobs.enums import ContractType
from ledger.enums import Evidence, EvidenceLevel
from medinjob.lib.text import fold

SAME_SIGNATURE = timedelta(days=31)
"""Two sides rarely remember the same day: signatures this close, of one person with one company, are one."""

APPLICATION = "application"
_VOICES = (Evidence.DPAE, Evidence.STAFF, Evidence.CANDIDATE, Evidence.COMPANY, APPLICATION, Evidence.DOCUMENT)


@dataclass(frozen=True)
class Facts:
    """What was signed."""

    type: str
    job_title: str
    signed_on: date
    starts_on: date | None = None

    @classmethod
    def of(cls, row: Any) -> "Facts":
        """From anything with these four attributes."""
        return cls(row.type, row.job_title, row.signed_on, row.starts_on)

    @classmethod
    def from_json(cls, said: dict[str, str | None]) -> "Facts":
        starts_on = said["starts_on"]
        return cls(
            str(said["type"]),
            str(said["job_title"]),
            date.fromisoformat(str(said["signed_on"])),
            date.fromisoformat(starts_on) if starts_on else None,
        )

    @property
    def type_label(self) -> str:
        return str(ContractType(self.type).label)

    def to_json(self) -> dict[str, str | None]:
        return {
            "type": str(self.type),
            "job_title": self.job_title,
            "signed_on": self.signed_on.isoformat(),
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
        }


@dataclass(frozen=True)
class Statement:
    """One piece of evidence with its facts. `number` is its place in time: a later one of the same voice counts
    instead of an earlier one; but what staff enter does not replace what they entered before. `first` is the number of
    the statement that this one corrects, its own when it corrects none. `on_application`: declared on an application's
    page, where both sides see it and either corrects it. `decides`: staff settled a difference. `by`: the account that
    wrote it."""

    number: int
    kind: Evidence
    facts: Facts
    on_application: bool = False
    decides: bool = False
    first: int = 0
    by: int | None = None


def level_of(kinds: Iterable[str]) -> EvidenceLevel:
    """What evidence of these kinds, which says the same, amounts to."""
    present = set(kinds)
    if Evidence.DOCUMENT in present:
        return EvidenceLevel.DOCUMENT
    if Evidence.DPAE in present:
        return EvidenceLevel.DPAE
    if {Evidence.COMPANY, Evidence.CANDIDATE} <= present:
        return EvidenceLevel.BOTH
    for kind, level in ((Evidence.COMPANY, EvidenceLevel.COMPANY), (Evidence.CANDIDATE, EvidenceLevel.CANDIDATE)):
        if kind in present:
            return level
    return EvidenceLevel.STAFF


def facts_that_count(statements: Collection[Statement]) -> Facts:
    """Of one contract's statements, at least one: what staff decided, else a document seen, else what is declared on
    the application, else the company, the candidate, staff; the latest of the strongest voice. Without a decision or a
    document, a statement of another nature (a mission, an internship) does not change that of the first one."""
    settled = [row for row in statements if row.decides or row.kind == Evidence.DOCUMENT]
    nature = _kind(min(statements, key=lambda row: (row.first or row.number, row.number)).facts)
    return max(settled or [row for row in statements if _kind(row.facts) == nature], key=_weight).facts


def level_that_counts(statements: Collection[Statement]) -> EvidenceLevel:
    """Of those who say what counts, in type and dates: two sides that differ are not "declared by both", nor is what
    one account says for both."""
    counted = facts_that_count(statements)
    rows = [row for row in statements if says_the_same(row.facts, counted)]
    companies = {row.by for row in rows if row.kind == Evidence.COMPANY}
    alone = {row.by for row in rows if row.kind == Evidence.CANDIDATE} == companies and len(companies - {None}) == 1
    return level_of(row.kind for row in rows if not (alone and row.kind == Evidence.COMPANY))


def they_differ(statements: Collection[Statement]) -> bool:
    """In type or dates, and nobody settled it: staff should look."""
    settled = any(row.decides or row.kind == Evidence.DOCUMENT for row in statements)
    counted = facts_that_count(statements)
    return not settled and not all(says_the_same(row.facts, counted) for row in statements)


def says_the_same(one: Facts, other: Facts) -> bool:
    """The type and the dates; a start that one does not know says nothing."""
    starts = {one.starts_on, other.starts_on} - {None}
    return (one.type, one.signed_on) == (other.type, other.signed_on) and len(starts) < 2


def same_contract(one: Facts, other: Facts) -> bool:
    """Of one person with one company. The title and the type do not decide, people write them as they like; but an
    internship and a job that begin more than a month apart are two contracts, whenever they were signed."""
    starts = (one.starts_on, other.starts_on)
    apart = abs(starts[0] - starts[1]) if starts[0] and starts[1] else None
    if apart is not None and apart > SAME_SIGNATURE and _kind(one) != _kind(other):
        return False
    return abs(one.signed_on - other.signed_on) <= SAME_SIGNATURE or apart == timedelta()


def same_job(one: Facts, other: Facts) -> bool:
    """Of one person with one company: a later contract for the same job prolongs the first. An internship that becomes
    a job does not, for they are counted apart."""
    return _kind(one) == _kind(other) and fold(one.job_title) == fold(other.job_title)


def _kind(facts: Facts) -> str | None:
    return CONTRACT_KINDS.get(facts.type)


def _weight(statement: Statement) -> tuple[bool, int, int]:
    voice = APPLICATION if statement.on_application else statement.kind
    told_first = voice == Evidence.STAFF and not statement.decides
    order = -(statement.first or statement.number) if told_first else statement.number
    return statement.decides, _VOICES.index(voice), order
