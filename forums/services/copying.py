"""A past edition as the pattern of a new one."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from forums.enums import EditionAction
from forums.models import Edition, EditionDay, EditionEvent, Event, ProgrammeItem, Venue
from forums.services.editions import free_slug
from forums.signals import edition_copied
from jobs.models import OfferCollection

KEPT = ("text", "with_stands", "tables", "capacity", "attribution_days")
WINDOWS = ("exhibitors_open_at", "exhibitors_close_at", "attendees_open_at", "attendees_close_at")


@transaction.atomic
def copy_edition(*, edition: Edition, name: str, starts_on: date, by: Any) -> Edition:
    """A draft with the same days, hours, venues, programme and windows, moved so that it begins on `starts_on`. Nobody
    comes along: neither exhibitors nor attendees."""
    shift = starts_on - edition.event.starts_on
    slug = free_slug(name, starts_on.year)
    event = Event.objects.create(name=name, slug=slug, starts_on=starts_on, ends_on=edition.event.ends_on + shift)
    made = Edition.objects.create(
        event=event,
        collection=OfferCollection.objects.create(slug=slug, name=name),
        copied_from=edition,
        **{field: getattr(edition, field) for field in KEPT},
        **{field: _moved(moment, shift) for field in WINDOWS if (moment := getattr(edition, field))},
    )
    EditionEvent.objects.create(edition=made, action=EditionAction.CREATE, after=made.state, by=by)
    _copy_rows(edition, made, shift)
    edition_copied.send(sender=Edition, edition=edition, made=made, shift=shift)
    return made


def _copy_rows(edition: Edition, made: Edition, shift: timedelta) -> None:
    EditionDay.objects.bulk_create(
        EditionDay(edition=made, date=day.date + shift, opens_at=day.opens_at, closes_at=day.closes_at)
        for day in edition.days.all()
    )
    venues = {}
    for venue in edition.venues.all():
        venues[venue.pk] = Venue.objects.create(
            edition=made, kind=venue.kind, name=venue.name, address=venue.address, commune=venue.commune, url=venue.url
        )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            edition=made,
            venue=venues.get(item.venue_id or 0),
            starts_at=_moved(item.starts_at, shift),
            ends_at=_moved(item.ends_at, shift),
            title=item.title,
            speakers=item.speakers,
            text=item.text,
        )
        for item in edition.programme.all()
    )


def _moved(moment: datetime, shift: timedelta) -> datetime:
    """The same hour by the clock on the wall, in summer or winter time."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    return timezone.make_aware(local + shift)
