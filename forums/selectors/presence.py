"""Who takes part in an edition and who holds a stand there: the same people at the door, on the dashboard and in the
report."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least, Lower

from forums.enums import ExhibitorState
from forums.models import Attendee, Edition, Entry, Representative


def at_stands(edition: Edition) -> QuerySet[Any]:
    """The people of accepted exhibitors."""
    return Representative.objects.filter(exhibitor__edition=edition, exhibitor__state=ExhibitorState.ACCEPTED)


def participants(edition: Edition) -> QuerySet[Any]:
    """Who holds a stand is none of them, also when registered under the same address."""
    return Attendee.objects.filter(edition=edition).with_staff(at_stands(edition)).filter(staff=False)


def holders(edition: Edition) -> QuerySet[Any]:
    """The registrations of those who hold a stand."""
    return Attendee.objects.filter(edition=edition).with_staff(at_stands(edition)).filter(staff=True)


def who_holds_came(edition: Edition, day: date | None = None) -> QuerySet[Any]:
    """Of those who hold a stand, who came in, on `day` or on any: `came_at`, by an entry of their own or by one read
    under a registration with their address."""
    entries: Any = Entry.objects.standing().filter(edition=edition)
    entries = (entries.filter(day=day) if day else entries).order_by("at")
    rows = at_stands(edition).select_related("exhibitor__company").annotate(address=Lower("email"))
    same = entries.annotate(address=Lower("attendee__email")).filter(address=OuterRef("address")).exclude(address="")
    rows = rows.annotate(
        own=Subquery(entries.filter(representative=OuterRef("pk")).values("at")[:1]),
        badge=Subquery(same.values("at")[:1]),
    )
    came = rows.filter(Q(own__isnull=False) | Q(badge__isnull=False))
    # Coalesce: on SQLite the least of an instant and nothing is nothing.
    return came.annotate(came_at=Least(Coalesce("own", "badge"), Coalesce(F("badge"), F("own"))))
