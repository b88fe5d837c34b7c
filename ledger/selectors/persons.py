"""The persons of the ledger's entries."""

from collections.abc import Iterable

from forums.selectors.persons import Identity, complete
from ledger.models import LedgerEntry


def identities_of(entries: Iterable[LedgerEntry]) -> dict[str, Identity]:
    """By the pseudonym of the ledger, in a fixed number of queries."""
    seeds = {entry.person: Identity(persons={entry.person}) for entry in entries}
    rows = LedgerEntry.objects.filter(person__in=seeds).select_related("attendee")
    for entry in rows.order_by("pk"):
        seed = seeds[entry.person]
        seed.users |= {entry.user_id} if entry.user_id else set()
        if entry.attendee:
            seed.add_attendee(entry.attendee)
    return complete(seeds)
