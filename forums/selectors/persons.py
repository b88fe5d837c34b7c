"""Who is who: one person has an account, or only an e-mail address, and a row of `Attendee` at each edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.models.functions import Lower

from forums.models import Attendee

Key = TypeVar("Key")


@dataclass
class Identity:
    """All that is one person's: account, addresses in lower case, rows at editions, pseudonyms."""

    users: set[int] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    attendees: set[int] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)

    def add_attendee(self, row: Attendee) -> None:
        self.attendees.add(row.pk)
        self.users |= {row.user_id} if row.user_id else set()
        self.emails |= {row.email.lower()} - {""}
        self.persons |= {row.person} - {""}

    def has(self, row: Attendee) -> bool:
        return (
            row.pk in self.attendees
            or row.user_id in self.users
            or row.email.lower() in self.emails
            or row.person in self.persons
        )

    @property
    def entries(self) -> Q:
        """Their entries of the ledger."""
        return Q(user__in=self.users) | Q(attendee__in=self.attendees) | Q(person__in=self.persons)


def identity_of(*, user: Any = None, attendee: Attendee | None = None) -> Identity:
    seed = Identity()
    if user is not None:
        seed.users.add(user.pk)
    if attendee is not None:
        seed.add_attendee(attendee)
    return complete({None: seed})[None]


def complete(seeds: Mapping[Key, Identity]) -> dict[Key, Identity]:
    """Each identity with the account of its addresses, and the rows of both at every edition."""
    found = dict(seeds)
    for user in _users(found.values()):
        for identity in found.values():
            if user.pk in identity.users or user.email.lower() in identity.emails:
                identity.users.add(user.pk)
                identity.emails.add(user.email.lower())
    for row in _attendees(found.values()):
        for identity in found.values():
            if identity.has(row):
                identity.add_attendee(row)
    return found


def _users(identities: Iterable[Identity]) -> Iterable[Any]:
    ids, emails, _attendees, _persons = _union(identities)
    users = get_user_model().objects.annotate(address=Lower("email"))
    return users.filter(Q(pk__in=ids) | Q(address__in=emails)).order_by("pk")


def _attendees(identities: Iterable[Identity]) -> Iterable[Attendee]:
    users, emails, ids, persons = _union(identities)
    rows = Attendee.objects.annotate(address=Lower("email"))
    return rows.filter(
        Q(pk__in=ids) | Q(user__in=users) | Q(address__in=emails) | Q(person__in=persons - {""})
    ).order_by("pk")


def _union(identities: Iterable[Identity]) -> tuple[set[int], set[str], set[int], set[str]]:
    every = list(identities)
    return (
        set().union(*(identity.users for identity in every)),
        set().union(*(identity.emails for identity in every)),
        set().union(*(identity.attendees for identity in every)),
        set().union(*(identity.persons for identity in every)),
    )
