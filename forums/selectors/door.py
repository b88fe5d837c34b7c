"""What the door knows of a person: a name, and whether they are in."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from forums.enums import AttendeeState, ExhibitorState
from forums.models import Attendee, Badge, Edition, Entry, Exhibitor, Representative, Venue
from forums.selectors.presence import participants, who_holds_came
from medinjob.lib import folding
from medinjob.lib.names import told_apart
from medinjob.lib.scanning import possible_tokens

MOST_NAMES = 12
LATEST = 5


class Line(NamedTuple):
    """One person in a list. `kind` is "attendee" or "representative"; `note` the stand, or a state that is not plainly
    registered; `entered_at` today's entry at this venue."""

    kind: str
    pk: int
    name: str
    note: str
    entered_at: datetime | None
    open: bool


class Counts(NamedTuple):
    """Of one day, as the report will count: participants in, people of accepted stands in, also those read under a
    registration of the same address; `registered`: participants of the edition who have a place."""

    present: int
    stands: int
    registered: int


def read_badge(typed: str) -> Badge | None:
    """The badge that was scanned or typed, of whatever edition, with its attendee."""
    tokens = possible_tokens(typed)
    return Badge.objects.select_related("attendee").filter(token__in=tokens).first()


def named(edition: Edition, text: str, venue: Venue, day: date) -> list[Line]:
    """Participants, people of stands and their companies of whose names each word typed begins one: twelve at most.

    Two participants of one name are told apart by their address, of which not all is shown.
    """
    registered = Attendee.objects.filter(edition=edition, forgotten_at=None).exclude(name="")
    found = registered.filter(folding.named(text, "name_folded", begin=True)).order_by("name", "pk")[:MOST_NAMES]
    people = [("attendee", row.pk, row.name, note, row.state) for row, note in _told_apart(list(found))]
    people += [
        ("representative", pk, name, company, AttendeeState.REGISTERED)
        for pk, name, company in _of_stands(edition, text)[: MOST_NAMES - len(people)]
    ]
    return _lines(people, venue, day)


def counts(edition: Edition, day: date) -> Counts:
    """Two queries."""
    came = Exists(Entry.objects.standing().filter(attendee=OuterRef("pk"), day=day))
    seen = participants(edition).aggregate(
        present=Count("pk", filter=came), registered=Count("pk", filter=Q(state=AttendeeState.REGISTERED))
    )
    return Counts(seen["present"], who_holds_came(edition, day).count(), seen["registered"])


def latest_entries(venue: Venue, day: date) -> list[tuple[Entry, str]]:
    """The last ones that stand, each with a name, to take one back."""
    rows = Entry.objects.standing().filter(venue=venue, day=day).select_related("attendee", "representative")
    latest = rows.order_by("-recorded_at", "-pk")[:LATEST]
    return [(entry, (entry.attendee or entry.representative).name or _("Sans nom")) for entry in latest]


def stands(edition: Edition, venue: Venue, day: date) -> list[tuple[Exhibitor, list[Line]]]:
    """Accepted exhibitors by stand, each with its people. Three queries."""
    exhibitors = Exhibitor.objects.accepted().filter(edition=edition).select_related("company")
    people: dict[int, list[Any]] = {}
    for row in Representative.objects.filter(exhibitor__in=exhibitors).order_by("name", "pk"):
        line = ("representative", row.pk, row.name or _("Sans nom"), "", AttendeeState.REGISTERED)
        people.setdefault(row.exhibitor_id, []).append(line)
    lines = {line.pk: line for line in _lines([line for group in people.values() for line in group], venue, day)}
    return [
        (exhibitor, [lines[line[1]] for line in people.get(exhibitor.pk, [])])
        for exhibitor in exhibitors.order_by("company__name", "pk")
    ]


def printed_list(edition: Edition) -> list[tuple[Attendee, Badge | None]]:
    """Everybody registered, by name, each with the badge that counts; forgotten ones are nobody. Two queries."""
    valid = Prefetch("badges", Badge.objects.filter(revoked_at=None), to_attr="valid_badges")
    rows: Any = Attendee.objects.registered().filter(edition=edition, forgotten_at=None).prefetch_related(valid)
    people = sorted(rows, key=lambda attendee: (attendee.name_folded, attendee.pk))
    return [(attendee, next(iter(attendee.valid_badges), None)) for attendee in people]


def _of_stands(edition: Edition, text: str) -> Any:
    found = folding.named(text, "name_folded", "exhibitor__company__name_folded", begin=True)
    rows = Representative.objects.filter(exhibitor__edition=edition, exhibitor__state=ExhibitorState.ACCEPTED)
    return rows.filter(found).order_by("name", "pk").values_list("pk", "name", "exhibitor__company__name")


def _told_apart(found: list[Attendee]) -> Iterator[tuple[Attendee, str]]:
    """Each with its note: a state that is not plainly registered, and what tells it from the others of its name."""
    alike = Counter(row.name_folded for row in found)
    for row in found:
        state = "" if row.state == AttendeeState.REGISTERED else str(AttendeeState(row.state).label)
        same = [other.email for other in found if other.name_folded == row.name_folded and other.pk != row.pk]
        address = told_apart(row.email, same) if alike[row.name_folded] > 1 else ""
        yield row, ", ".join(filter(None, (state, address)))


def _lines(people: list[Any], venue: Venue, day: date) -> list[Line]:
    ids: dict[str, list[int]] = {"attendee": [], "representative": []}
    for kind, pk, *_rest in people:
        ids[kind].append(pk)
    mine = Q(attendee__in=ids["attendee"]) | Q(representative__in=ids["representative"])
    rows = Entry.objects.standing().filter(mine, venue=venue, day=day)
    entered: dict[tuple[str, int], datetime] = {}
    for attendee, representative, at in rows.values_list("attendee", "representative", "at"):
        entered["attendee" if attendee else "representative", attendee or representative] = at
    let_in = (AttendeeState.REGISTERED, AttendeeState.TO_CONFIRM)
    return [
        Line(kind, pk, name, note, entered.get((kind, pk)), state in let_in) for kind, pk, name, note, state in people
    ]
