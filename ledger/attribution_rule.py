"""To which edition a signed contract is attributed: `docs/attribution.md`, as a function of plain data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from ledger.enums import AttributionKind


class FactKind(StrEnum):
    """What an edition knows of one person with one company."""

    APPLICATION = "application"  # made at the stand, or on one of its days to an offer shown there
    MEETING = "meeting"  # held at the stand, or reported afterwards and confirmed by the other side
    BOTH_PRESENT = "both_present"  # the person came in, and somebody was at the stand
    UNDER_WAY = "under_way"  # the application was at interview, or further, when the edition began


@dataclass(frozen=True, order=True)
class Fact:
    """`ref` is the row that says so (of the application, the meeting, the entry), `on` its local day."""

    edition: int
    kind: FactKind
    ref: int
    on: date

    def to_json(self) -> dict[str, Any]:
        return {"edition": self.edition, "kind": str(self.kind), "ref": self.ref, "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(said["edition"], FactKind(said["kind"]), said["ref"], date.fromisoformat(said["on"]))


@dataclass(frozen=True)
class Window:
    """An edition's days, and how many days after the last one a signature may still be attributed to it."""

    edition: int
    first_day: date
    last_day: date
    days: int

    def holds(self, signed_on: date) -> bool:
        """From the first day to the last day of the window, both included."""
        return self.first_day <= signed_on <= self.last_day + timedelta(days=self.days)


@dataclass(frozen=True)
class Decision:
    """`facts` are those of the edition that were known by the signature, sorted."""

    edition: int
    kind: AttributionKind
    facts: tuple[Fact, ...]


def attribute(signed_on: date, windows: Iterable[Window], facts: Iterable[Fact]) -> Decision | None:
    """One edition at most: a direct attribution before an assisted one, then the latest edition before the signature.

    What happened after the signature does not count, and nothing depends on the order of `windows` and `facts`.
    """
    known: dict[int, set[Fact]] = defaultdict(set)
    for fact in facts:
        if fact.on <= signed_on:
            known[fact.edition].add(fact)
    best: tuple[tuple[bool, date, int], Decision] | None = None
    for window in windows:
        kind = _kind(known[window.edition]) if window.holds(signed_on) else None
        if kind is None:
            continue
        rank = (kind == AttributionKind.DIRECT, window.first_day, window.edition)
        if best is None or rank > best[0]:
            best = rank, Decision(window.edition, kind, tuple(sorted(known[window.edition])))
    return best[1] if best else None


def _kind(facts: Iterable[Fact]) -> AttributionKind | None:
    """A process already at interview is no fruit of the forum, even if both met there: it was assisted at most."""
    kinds = {fact.kind for fact in facts}
    if kinds & {FactKind.APPLICATION, FactKind.MEETING}:
        return AttributionKind.ASSISTED if FactKind.UNDER_WAY in kinds else AttributionKind.DIRECT
    return AttributionKind.ASSISTED if FactKind.BOTH_PRESENT in kinds else None
