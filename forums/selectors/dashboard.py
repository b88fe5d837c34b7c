"""The day as it goes: figures, each counted from the rows that it opens."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import ExtractHour

from forums.enums import Live, MeetingState
from forums.models import Edition, Exhibitor, Meeting, StandApplication
from forums.selectors.presence import participants, who_holds_came
from jobs.enums import OfferKind

HELD = Q(state__in=(MeetingState.STARTED, MeetingState.DONE))
REQUEST = Q(application__offer__kind=OfferKind.TRAINING)
# When a row of a figure took place, and the text that heads the hours.
MOMENTS: dict[str, str] = {
    Live.PRESENT: "came_at",
    Live.STANDS: "came_at",
    Live.OPENED: "opened_at",
    Live.HELD: "opened_at",
    Live.APPLICATIONS: "application__sent_at",
    Live.REQUESTS: "application__sent_at",
}


class StandLine(NamedTuple):
    """One exhibitor's part of four figures."""

    exhibitor: Exhibitor
    opened: int
    held: int
    applications: int
    requests: int


def live_rows(edition: Edition, figure: str, day: date | None = None) -> QuerySet[Any]:
    """The rows that a figure counts, of one day or of all, latest first. A person present is one row, at their first
    entry."""
    if figure in (Live.PRESENT, Live.STANDS):
        return _who_came(edition, figure, day)
    rows = _took_place(edition, figure)
    return rows.filter(**{f"{MOMENTS[figure]}__date": day}) if day else rows


def _took_place(edition: Edition, figure: str) -> QuerySet[Any]:
    if figure in (Live.OPENED, Live.HELD):
        met = Meeting.objects.filter(exhibitor__edition=edition).select_related("attendee", "exhibitor__company")
        return (met.filter(HELD) if figure == Live.HELD else met).order_by("-opened_at", "-pk")
    sent = StandApplication.objects.filter(exhibitor__edition=edition)
    sent = sent.filter(REQUEST) if figure == Live.REQUESTS else sent.exclude(REQUEST)
    return sent.select_related("application__offer", "exhibitor__company").order_by("-application__sent_at", "-pk")


def by_hour(rows: QuerySet[Any], figure: str) -> list[tuple[int, int]]:
    """(hour of the local day, how many), the hours between the first and the last without a gap."""
    hours = rows.order_by().annotate(hour=ExtractHour(MOMENTS[figure])).values_list("hour")
    if figure in (Live.PRESENT, Live.STANDS):  # each is one person's first entry
        found: dict[int, int] = {}
        for (hour,) in hours:
            found[hour] = found.get(hour, 0) + 1
    else:
        found = dict(hours.annotate(n=Count("pk")))
    return [(hour, found.get(hour, 0)) for hour in range(min(found), max(found) + 1)] if found else []


def by_stand(edition: Edition, day: Any = None) -> list[StandLine]:
    """Every accepted exhibitor, those with most meetings first. Three queries."""
    met = Meeting.objects.filter(exhibitor__edition=edition)
    sent = StandApplication.objects.filter(exhibitor__edition=edition)
    if day:
        met, sent = met.filter(opened_at__date=day), sent.filter(application__sent_at__date=day)
    meetings = {pk: (opened, held) for pk, opened, held in met.order_by().values_list("exhibitor").annotate(
        opened=Count("pk"), held=Count("pk", filter=HELD))}  # fmt: skip
    answers = {pk: (jobs, requests) for pk, jobs, requests in sent.order_by().values_list("exhibitor").annotate(
        jobs=Count("pk", filter=~REQUEST), requests=Count("pk", filter=REQUEST))}  # fmt: skip
    exhibitors = (
        Exhibitor.objects.accepted().filter(edition=edition).select_related("company").order_by("company__name")
    )
    lines = [StandLine(x, *meetings.get(x.pk, (0, 0)), *answers.get(x.pk, (0, 0))) for x in exhibitors]
    return sorted(lines, key=lambda line: -line.held)


def _who_came(edition: Edition, figure: str, day: date | None) -> QuerySet[Any]:
    if figure == Live.STANDS:
        return who_holds_came(edition, day).order_by("-came_at", "-pk")
    people: Any = participants(edition)
    standing = Q(entries__undone_at=None, entries__isnull=False)
    if day:
        standing &= Q(entries__day=day)
    came: QuerySet[Any] = people.filter(standing).annotate(came_at=Min("entries__at", filter=standing))
    return came.order_by("-came_at", "-pk")
