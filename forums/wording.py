"""When and where an edition takes place, in words and for machines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from forums.enums import EditionState, VenueKind
from forums.models import Edition, EditionDay, Venue
from medinjob.lib.text import plain, xml_text
from medinjob.lib.written import first_of_month

ATTENDANCE = {
    frozenset({VenueKind.ON_SITE}): "OfflineEventAttendanceMode",
    frozenset({VenueKind.ONLINE}): "OnlineEventAttendanceMode",
}


def days_in_words(edition: Edition) -> str:
    """ "jeudi 14 janvier 2027, de 9 h à 18 h", days parted by semicolons; the dates alone of one without days."""
    days = list(edition.days.all())
    if not days:
        first, last = edition.event.starts_on, edition.event.ends_on
        return " – ".join(first_of_month(date_format(day, "j F Y")) for day in dict.fromkeys((first, last)))
    return " ; ".join(
        _("%(day)s, de %(opens)s à %(closes)s")
        % {
            "day": first_of_month(date_format(day.date, _("l j F Y"))),
            "opens": time_format(day.opens_at),
            "closes": time_format(day.closes_at),
        }
        for day in days
    )


def places_in_words(edition: Edition) -> str:
    return " ; ".join(place_in_words(venue) for venue in edition.venues.all())


def place_in_words(venue: Venue) -> str:
    commune = venue.commune.short_name if venue.commune and venue.commune.short_name not in venue.address else ""
    return ", ".join(part for part in (venue.name, venue.address, commune) if part)


def opening(day: EditionDay) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(day.date, hour) for hour in (day.opens_at, day.closes_at))
    return timezone.make_aware(start), timezone.make_aware(end)


def calendar(edition: Edition) -> bytes:
    """An .ics with an event a day; the same identifiers each time, so that a second download changes the first."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medinjob//Forum//FR")
    calendar.add("version", "2.0")
    for number, day in enumerate(edition.days.all(), start=1):
        calendar.add_component(_day_event(edition, day, number))
    return bytes(calendar.to_ical())


def _day_event(edition: Edition, day: EditionDay, number: int) -> CalendarEvent:
    start, end = opening(day)
    event = CalendarEvent()
    event.add("uid", f"{edition.event.slug}-{number}@{settings.SITE_URL.rpartition('/')[2]}")
    event.add("dtstamp", edition.announced_at or timezone.now())
    event.add("sequence", edition.version)
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", xml_text(edition.event.name))
    event.add("location", xml_text(places_in_words(edition)))
    event.add("url", settings.SITE_URL + edition.get_absolute_url())
    if edition.state == EditionState.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def structured_data(edition: Edition) -> dict[str, Any]:
    """schema.org Event, with the fields that search engines ask for."""
    kinds = frozenset(VenueKind(venue.kind) for venue in edition.venues.all())
    mode = ATTENDANCE.get(kinds, "MixedEventAttendanceMode")
    cancelled = edition.state == EditionState.CANCELLED
    data: dict[str, Any] = {
        "@type": "Event",
        "name": edition.event.name,
        "url": settings.SITE_URL + edition.get_absolute_url(),
        **_dates(edition),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "location": list(_locations(edition)),
        "organizer": {"@type": "Organization", "name": settings.SITE["publisher"], "url": settings.SITE_URL},
        "isAccessibleForFree": True,
    }
    if kinds:
        data["eventAttendanceMode"] = f"https://schema.org/{mode}"
    if edition.text:
        data["description"] = plain(edition.text)[:500]
    return data


def _dates(edition: Edition) -> dict[str, str]:
    days = list(edition.days.all())
    if not days:
        return {"startDate": str(edition.event.starts_on), "endDate": str(edition.event.ends_on)}
    return {"startDate": opening(days[0])[0].isoformat(), "endDate": opening(days[-1])[1].isoformat()}


def _locations(edition: Edition) -> Iterator[dict[str, Any]]:
    for venue in edition.venues.all():
        if venue.kind == VenueKind.ONLINE:
            yield {"@type": "VirtualLocation", "url": venue.url or settings.SITE_URL + edition.get_absolute_url()}
        else:
            address = {"@type": "PostalAddress", "streetAddress": venue.address, "addressCountry": "FR"}
            if venue.commune:
                address["addressLocality"] = venue.commune.short_name
            yield {"@type": "Place", "name": venue.name, "address": address}
