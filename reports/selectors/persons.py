"""Who a row is about, in one form whatever the list: what a pseudonym is made from."""

from collections.abc import Collection
from typing import Any

from candidates.models import Application
from forums.models import Attendee, Entry, Meeting, Representative
from ledger.models import LedgerEntry
from reports.indicators import bases

_ATTENDEE = ("person", "user_id", "email", "pk")


def person_keys(basis: str, ids: Collection[int]) -> dict[int, str]:
    """By row of `basis`; a row that is about nobody, or is gone, has none."""
    read = _READERS.get(basis)
    return read(list(ids)) if read else {}


def _key(person: str, user: int | None, email: str, attendee: int) -> str:
    """A forgotten person has a pseudonym, the same at every edition and in the ledger."""
    if person:
        return f"person:{person}"
    if user:
        return f"user:{user}"
    return f"mail:{email.lower()}" if email else f"attendee:{attendee}"


def _attendees(ids: list[int]) -> dict[int, str]:
    return {row[3]: _key(*row) for row in Attendee.objects.filter(pk__in=ids).values_list(*_ATTENDEE)}


def _of_attendee(model: Any) -> Any:
    def keys(ids: list[int]) -> dict[int, str]:
        columns = [f"attendee__{name}" for name in _ATTENDEE]
        rows = model.objects.filter(pk__in=ids, attendee__isnull=False).values_list("pk", *columns)
        return {pk: _key(*said) for pk, *said in rows}

    return keys


def _contracts(ids: list[int]) -> dict[int, str]:
    rows = LedgerEntry.objects.filter(pk__in=ids).select_related("attendee")
    found = {}
    for row in rows:
        attendee = row.attendee
        if attendee:
            found[row.pk] = _key(attendee.person, attendee.user_id, attendee.email, attendee.pk)
        else:
            found[row.pk] = f"user:{row.user_id}" if row.user_id else f"person:{row.person}"
    return found


def _applications(ids: list[int]) -> dict[int, str]:
    rows = Application.objects.filter(pk__in=ids, candidate__isnull=False).values_list("pk", "candidate_id")
    return {pk: f"user:{user}" for pk, user in rows}


def _representatives(ids: list[int]) -> dict[int, str]:
    return {pk: f"representative:{pk}" for pk in Representative.objects.filter(pk__in=ids).values_list("pk", flat=True)}


_READERS: dict[str, Any] = {
    bases.ATTENDEES.slug: _attendees,
    bases.ENTRIES.slug: _of_attendee(Entry),
    bases.MEETINGS.slug: _of_attendee(Meeting),
    bases.CONTRACTS.slug: _contracts,
    bases.APPLICATIONS.slug: _applications,
    bases.REPRESENTATIVES.slug: _representatives,
}
