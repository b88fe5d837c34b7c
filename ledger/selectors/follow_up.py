"""Who met whom at an edition, and what each side has said of it since."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from forums.enums import MeetingState
from forums.models import Attendee, Edition, Entry, Exhibitor, Meeting, StandApplication
from forums.selectors.sharing import first_name
from ledger.enums import FINAL_OUTCOMES
from ledger.models import FollowUp, FollowUpAnswer, FollowUpDate, LedgerEntry, ReportedMeeting
from medinjob.lib.folding import named

Pair = tuple[int, int]
"""An exhibitor and an attendee, by their ids."""


@dataclass
class Met:
    """One line of a follow-up. `name` is what the side that answers may see of the other; `answer` the latest of this
    side, at this date or an earlier one; `now`: it was given at this date; `entry`: the contract it declared."""

    exhibitor: Exhibitor
    attendee: Attendee
    name: str
    at: datetime | None = None
    answer: FollowUpAnswer | None = None
    now: bool = False
    entry: LedgerEntry | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing is left to say of it at this date."""
        return self.answer is not None and (self.now or self.answer.outcome in FINAL_OUTCOMES)


class Side(NamedTuple):
    """An exhibitor or an attendee, and how many of their meetings are still `open` for them."""

    exhibitor: Exhibitor | None
    attendee: Attendee | None
    open: int


def met_of(follow_up: FollowUp) -> list[Met]:
    """Everybody that one side met, in the order of the day, in a fixed number of queries."""
    side = {"exhibitor": follow_up.exhibitor_id} if follow_up.exhibitor_id else {"attendee": follow_up.attendee_id}
    answers = _latest(_answers_of(follow_up))
    lines: dict[Pair, Met] = {}
    meetings = _meetings().filter(**side).select_related("exhibitor__company", "attendee__user")
    for meeting in meetings:
        name = _name(follow_up, meeting.exhibitor, meeting.attendee, agreed=meeting.agreed_at is not None)
        lines[_pair(meeting)] = Met(meeting.exhibitor, meeting.attendee, name, meeting.opened_at)
    applications = StandApplication.objects.filter(**side).order_by("pk")
    for row in applications.select_related("exhibitor__company", "attendee__user", "application"):
        name = _name(follow_up, row.exhibitor, row.attendee, agreed=True)
        lines.setdefault(_pair(row), Met(row.exhibitor, row.attendee, name, row.application.sent_at)).name = name
    for answer in answers.values():
        name = _name(follow_up, answer.exhibitor, answer.attendee, agreed=False)
        line = lines.setdefault(_pair(answer), Met(answer.exhibitor, answer.attendee, name))
        evidence = getattr(answer, "evidence", None)
        line.answer, line.now = answer, answer.follow_up_id == follow_up.pk
        line.entry = evidence.entry if evidence else None
    return list(lines.values())


def sides_to_ask(date: FollowUpDate) -> list[Side]:
    """Who is asked at a date: accepted exhibitors, and persons who came or met one; not again once all is said."""
    edition = date.edition
    pairs = pairs_of(edition)
    asked = FollowUp.objects.filter(date=date)
    exhibitors = Exhibitor.objects.accepted().filter(edition=edition).exclude(follow_ups__in=asked).order_by("pk")
    attendees = _reachable(edition, {attendee for _exhibitor, attendee in pairs}).exclude(follow_ups__in=asked)
    companies, persons = _Open(edition, "exhibitor", pairs), _Open(edition, "attendee", pairs)
    return [
        *(Side(row, None, companies.left[row.pk]) for row in exhibitors if companies.is_asked(row.pk)),
        *(Side(None, row, persons.left[row.pk]) for row in attendees if persons.is_asked(row.pk)),
    ]


def pairs_of(edition: Edition) -> set[Pair]:
    """Of meetings, whether held or only a badge read, and of applications at stands."""
    meetings = _meetings().filter(exhibitor__edition=edition).values_list("exhibitor", "attendee")
    applications = StandApplication.objects.filter(exhibitor__edition=edition).values_list("exhibitor", "attendee")
    return {*meetings, *applications}


def dates_of(edition: Edition) -> QuerySet[FollowUpDate]:
    """With how many were `asked`, and how many have `answered`."""
    answered = Count("asked", filter=Q(asked__answered_at__isnull=False))
    return FollowUpDate.objects.filter(edition=edition).annotate(all_asked=Count("asked"), all_answered=answered)


def follow_ups_of(date: FollowUpDate) -> QuerySet[FollowUp]:
    """Those who have not answered first."""
    rows = FollowUp.objects.filter(date=date).select_related("exhibitor__company", "attendee")
    unanswered_first = F("answered_at").asc(nulls_first=True)
    companies_first = F("exhibitor__company__name").asc(nulls_last=True)
    return rows.annotate(said=Count("answers")).order_by(unanswered_first, companies_first, "attendee__name", "pk")


def reported_by(exhibitor: Exhibitor) -> QuerySet[ReportedMeeting]:
    """Those whose badge was not read, with what became of it."""
    return ReportedMeeting.objects.filter(exhibitor=exhibitor).order_by("pk")


def reported_at(edition: Edition) -> QuerySet[ReportedMeeting]:
    """Those to match first, then those who have not confirmed, then the others."""
    rows = ReportedMeeting.objects.filter(exhibitor__edition=edition)
    settled = Q(confirmed_at__isnull=False) | Q(declined_at__isnull=False)
    step = Case(When(settled, then=2), When(attendee__isnull=False, then=1), default=0)
    return rows.select_related("exhibitor__company", "attendee").annotate(step=step).order_by("step", "pk")


def may_be(reported: ReportedMeeting, q: str) -> QuerySet[Attendee]:
    """Registered persons whose name or address holds `q`; without it, those who have something of the one reported."""
    rows = Attendee.objects.filter(edition=reported.exhibitor.edition_id, forgotten_at=None).exclude(email="")
    words = q or reported.name
    found = named(words, "name_folded")
    if address := q or reported.email:
        found |= Q(email__icontains=address)
    for part in reported.name.split() if not q else ():
        found |= named(part, "name_folded") if len(part) > 2 else Q(pk__in=())
    return rows.filter(found).order_by("name", "pk")


def _meetings() -> QuerySet[Meeting]:
    """Held, or at least a badge read that nobody took back."""
    rows = Meeting.objects.exclude(state=MeetingState.NO_SHOW)
    return rows.exclude(state=MeetingState.OPENED, declined_at__isnull=False).order_by("opened_at", "pk")


def _answers_of(follow_up: FollowUp) -> QuerySet[FollowUpAnswer]:
    """All that this side has said of the edition, at any date."""
    return FollowUpAnswer.objects.filter(
        follow_up__exhibitor=follow_up.exhibitor_id, follow_up__attendee=follow_up.attendee_id
    )


def _latest(answers: QuerySet[FollowUpAnswer]) -> dict[Pair, FollowUpAnswer]:
    rows = answers.select_related("exhibitor__company", "attendee__user", "evidence__entry").order_by("pk")
    return {_pair(row): row for row in rows}


def _reachable(edition: Edition, met: Collection[int]) -> QuerySet[Attendee]:
    came = Entry.objects.standing().filter(attendee=OuterRef("pk"))
    rows = Attendee.objects.filter(edition=edition, forgotten_at=None).exclude(email="")
    return rows.filter(Q(Exists(came)) | Q(pk__in=met)).order_by("pk")


class _Open:
    """How many pairs of each exhibitor, or of each attendee, are still going on for that side."""

    def __init__(self, edition: Edition, side: str, pairs: set[Pair]) -> None:
        follow_ups = FollowUp.objects.filter(date__edition=edition, **{f"{side}__isnull": False})
        self.answered = set(follow_ups.filter(answered_at__isnull=False).values_list(side, flat=True))
        latest = _latest(FollowUpAnswer.objects.filter(follow_up__in=follow_ups))
        final = {pair for pair, answer in latest.items() if answer.outcome in FINAL_OUTCOMES}
        own = 0 if side == "exhibitor" else 1
        self.left = Counter(pair[own] for pair in (pairs | latest.keys()) - final)

    def is_asked(self, pk: int) -> bool:
        return pk not in self.answered or self.left[pk] > 0


def _pair(row: Any) -> Pair:
    return row.exhibitor_id, row.attendee_id


def _name(follow_up: FollowUp, exhibitor: Exhibitor, attendee: Attendee, *, agreed: bool) -> str:
    """A stand sees the first name of who has not agreed to more; empty for who is forgotten."""
    if follow_up.attendee_id:
        return exhibitor.company.name
    return attendee.name if agreed else first_name(attendee)
