"""The persons of the ledger's entries. Two pseudonyms are one person's when an entry of the one is merged into an entry
of the other: whatever is known of either is known of both, at every company."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q

from forums.selectors.persons import Identity, complete
from ledger.models import LedgerEntry


def same_persons(persons: Collection[str]) -> dict[str, frozenset[str]]:
    """Each of `persons` with every pseudonym of the same person, its own included; in one query."""
    linked = LedgerEntry.objects.filter(merged_into__isnull=False).exclude(person=F("merged_into__person"))
    known: dict[str, frozenset[str]] = {}
    for one, other in linked.order_by("pk").values_list("person", "merged_into__person"):
        group = known.get(one, frozenset({one})) | known.get(other, frozenset({other}))
        known |= dict.fromkeys(group, group)
    return {person: known.get(person, frozenset({person})) for person in persons}


def of_same_persons(rows: Any) -> Q:
    """The entries of the persons whose entries are `rows` (a queryset), under every pseudonym."""
    persons = set(rows.order_by().values_list("person", flat=True))
    return Q(person__in=set().union(*same_persons(persons).values()))


def identities_of(entries: Iterable[LedgerEntry]) -> dict[str, Identity]:
    """By the pseudonym of the ledger, in a fixed number of queries."""
    groups = same_persons({entry.person for entry in entries})
    seeds = {person: Identity(persons=set(group)) for person, group in groups.items()}
    rows = LedgerEntry.objects.filter(person__in=set().union(*groups.values())).select_related("attendee")
    by_person: dict[str, list[LedgerEntry]] = {}
    for row in rows.order_by("pk"):
        by_person.setdefault(row.person, []).append(row)
    for person, seed in seeds.items():
        for row in (row for same in sorted(groups[person]) for row in by_person.get(same, ())):
            seed.users |= {row.user_id} if row.user_id else set()
            if row.attendee:
                seed.add_attendee(row.attendee)
    return complete(seeds)
