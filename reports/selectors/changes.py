"""The events behind a difference: what happened, between two instants, to the rows that a figure counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from candidates.models import ApplicationEvent
from forums.models import (
    AttendeeEvent,
    Edition,
    EditionEvent,
    Entry,
    ExhibitorEvent,
    LateFact,
    MeetingEvent,
    ShownOffer,
)
from jobs.models import OfferAudience, OfferEvent
from ledger.models import LedgerEvent
from reports.indicators import bases
from reports.indicators.readings import Given, Reading
from reports.selectors.columns import pseudonym

MOST = 1000
Between = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Change:
    """`subject` is of whom or what: a company, an offer, a pseudonym."""

    at: datetime
    what: str
    subject: str
    detail: str = ""


def changes(reading: Reading | Given, edition: Edition, between: Between) -> list[Change]:
    """Oldest first, `MOST` at most; after the first instant, up to the second included."""
    own = SOURCES[reading.basis.slug](edition, between) if isinstance(reading, Reading) else ()
    found = [*own, *_of_edition(edition, between)]
    return sorted(found, key=lambda change: change.at)[:MOST]


def _at(between: Between, name: str = "at") -> dict[str, datetime]:
    return {f"{name}__gt": between[0], f"{name}__lte": between[1]}


def _of_edition(edition: Edition, between: Between) -> Iterator[Change]:
    """What changes every figure: closings, reopenings, edits of its dates or window; then late facts."""
    for event in EditionEvent.objects.filter(edition=edition, **_at(between)).order_by("at", "id")[:MOST]:
        yield Change(event.at, str(event.get_action_display()), edition.event.name, event.reason)
    for fact in LateFact.objects.filter(edition=edition, **_at(between))[:MOST]:
        yield Change(fact.at, str(fact.get_kind_display()), fact.detail, f"{fact.source} ({fact.said_on:%d/%m/%Y})")


def _of_attendees(edition: Edition, between: Between) -> Iterator[Change]:
    for event in AttendeeEvent.objects.filter(attendee__edition=edition, **_at(between))[:MOST]:
        yield Change(event.at, str(event.get_action_display()), pseudonym("attendee", event.attendee_id))
    yield from _of_entries(edition, between)


def _of_entries(edition: Edition, between: Between) -> Iterator[Change]:
    rows = Entry.objects.filter(edition=edition, attendee__isnull=False)
    for entry in rows.filter(**_at(between, "recorded_at"))[:MOST]:
        yield Change(entry.recorded_at, _("Entrée"), pseudonym("attendee", entry.attendee_id), str(entry.day))
    for entry in rows.filter(**_at(between, "undone_at"))[:MOST]:
        yield Change(
            entry.undone_at or entry.recorded_at,
            _("Entrée annulée"),
            pseudonym("attendee", entry.attendee_id),
            str(entry.day),
        )


def _of_exhibitors(edition: Edition, between: Between) -> Iterator[Change]:
    rows = ExhibitorEvent.objects.filter(exhibitor__edition=edition, **_at(between))
    for event in rows.select_related("exhibitor__company")[:MOST]:
        name = event.exhibitor.company.name
        yield Change(event.at, str(event.get_action_display()), name, event.reason)


def _of_representatives(edition: Edition, between: Between) -> Iterator[Change]:
    rows = Entry.objects.filter(edition=edition, representative__isnull=False)
    moved = rows.filter(Q(**_at(between, "recorded_at")) | Q(**_at(between, "undone_at")))
    named = moved.annotate(company=F("representative__exhibitor__company__name"))
    for entry in named[:MOST]:
        yield Change(entry.undone_at or entry.recorded_at, _("Entrée"), entry.company, str(entry.day))
    yield from _of_exhibitors(edition, between)


def _of_shown(edition: Edition, between: Between) -> Iterator[Change]:
    rows = ShownOffer.objects.filter(exhibitor__edition=edition, **_at(between, "shown_at"))
    for row in rows.select_related("offer", "exhibitor__company")[:MOST]:
        yield Change(row.shown_at, _("Offre présentée"), row.exhibitor.company.name, row.offer.title)
    moves = OfferEvent.objects.filter(offer__shown_at__exhibitor__edition=edition, **_at(between)).distinct()
    for move in moves.select_related("offer").order_by("at", "id")[:MOST]:
        yield Change(move.at, str(move.get_action_display()), move.offer.title, move.reason)
    yield from _of_exhibitors(edition, between)


def _of_portal(edition: Edition, between: Between) -> Iterator[Change]:
    for event in OfferEvent.objects.filter(**_at(between)).select_related("offer").order_by("at", "id")[:MOST]:
        yield Change(event.at, str(event.get_action_display()), event.offer.title, event.reason)


def _of_applications(edition: Edition, between: Between) -> Iterator[Change]:
    rows = ApplicationEvent.objects.filter(application__offer__shown_at__exhibitor__edition=edition, **_at(between))
    for event in rows.select_related("application__offer").order_by("at", "id")[:MOST]:
        person = pseudonym("user", event.application.candidate_id)
        yield Change(event.at, str(event.get_action_display()), person, event.application.offer.title)


def _of_clicks(edition: Edition, between: Between) -> Iterator[Change]:
    rows = OfferAudience.objects.filter(
        offer__shown_at__exhibitor__edition=edition,
        day__range=(between[0].date(), between[1].date()),
        external_clicks__gt=0,
    )
    for row in rows.select_related("offer")[:MOST]:
        at = between[1].replace(year=row.day.year, month=row.day.month, day=row.day.day)
        yield Change(at, _("Clics du jour"), row.offer.title, str(row.external_clicks))


def _of_meetings(edition: Edition, between: Between) -> Iterator[Change]:
    rows = MeetingEvent.objects.filter(meeting__exhibitor__edition=edition, **_at(between))
    for event in rows.select_related("meeting__exhibitor__company").order_by("at", "id")[:MOST]:
        person = pseudonym("attendee", event.meeting.attendee_id)
        yield Change(event.at, str(event.get_action_display()), person, event.meeting.exhibitor.company.name)


def _of_contracts(edition: Edition, between: Between) -> Iterator[Change]:
    """Those of its contracts, and of those of its exhibitors: one that left it has no attribution any more."""
    mine = Q(entry__attribution__edition=edition) | Q(entry__company__stands__edition=edition)
    rows = LedgerEvent.objects.filter(mine, **_at(between)).distinct()
    for event in rows.select_related("entry__company").order_by("at", "id")[:MOST]:
        detail = " · ".join(part for part in (event.entry.company.name, event.entry.job_title, event.reason) if part)
        yield Change(event.at, str(event.get_action_display()), event.entry.person, detail)


SOURCES: dict[str, Callable[[Edition, Between], Iterator[Change]]] = {
    bases.ATTENDEES.slug: _of_attendees,
    bases.ENTRIES.slug: _of_entries,
    bases.EXHIBITORS.slug: _of_exhibitors,
    bases.REPRESENTATIVES.slug: _of_representatives,
    bases.SHOWN.slug: _of_shown,
    bases.PORTAL.slug: _of_portal,
    bases.APPLICATIONS.slug: _of_applications,
    bases.CLICKS.slug: _of_clicks,
    bases.MEETINGS.slug: _of_meetings,
    bases.CONTRACTS.slug: _of_contracts,
}
