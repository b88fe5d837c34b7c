"""Who comes, as they themselves and staff see it."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from forums.enums import AttendeeAction, AttendeeState
from forums.models import Attendee, AttendeeEvent, Badge, Edition, Entry
from medinjob.lib.folding import name_key

_VALID = Prefetch("badges", Badge.objects.filter(revoked_at=None).order_by("pk"), to_attr="valid_badges")


def own_registrations(user: Any) -> QuerySet[Any]:
    """Everything `user` registered for, latest edition first, each with its `valid_badges`."""
    rows = Attendee.objects.filter(user=user).select_related("edition__event")
    return with_place(rows).order_by("-edition__event__starts_on", "-pk")


def with_place(rows: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.prefetch_related(_VALID, "edition__days", "edition__venues__commune")
    return found


def attendees_for_staff(edition: Edition) -> QuerySet[Any]:
    """By name, each with `came` (in at least once)."""
    entries = Entry.objects.filter(attendee=OuterRef("pk"), undone_at=None)
    return Attendee.objects.filter(edition=edition).annotate(came=Exists(entries)).order_by("name", "pk")


def likely_doubles(edition: Edition) -> list[list[Attendee]]:
    """Persons who came in under one name, one of them at least registered at the door: one person twice, perhaps. Case,
    accents and the order of the names do not matter, which no database does alike."""
    walked_in = AttendeeEvent.objects.filter(attendee=OuterRef("pk"), action=AttendeeAction.WALK_IN)
    came = Entry.objects.standing().filter(attendee=OuterRef("pk"))
    rows = Attendee.objects.filter(Exists(came), edition=edition).exclude(name="").annotate(walk_in=Exists(walked_in))
    groups: dict[str, list[Any]] = {}
    for row in rows.order_by("name", "pk"):
        groups.setdefault(name_key(row.name), []).append(row)
    return [found for found in groups.values() if len(found) > 1 and any(row.walk_in for row in found)]


def badges_to_print(edition: Edition) -> QuerySet[Any]:
    """Valid badges of those registered, by name, then the blank ones that nobody has, by number."""
    badges = Badge.objects.filter(edition=edition, revoked_at=None).select_related("attendee")
    named = badges.filter(attendee__state=AttendeeState.REGISTERED)
    blank = badges.filter(blank=True, attendee=None)
    return (named | blank).order_by(F("number").asc(nulls_first=True), "attendee__name", "pk")
