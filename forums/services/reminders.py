"""Those who registered are reminded a week before and the day before."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import OutgoingMail
from forums.enums import REMINDERS_BEFORE, EditionState
from forums.models import Attendee, Edition
from forums.services.mails import tell_attendee


def remind_attendees() -> int:
    """A mail for each reminder that is due today, once a person; how many were written. One who registered after the
    day of a reminder does not get it."""
    today = timezone.localdate()
    editions = Edition.objects.filter(
        state=EditionState.ANNOUNCED,
        event__starts_on__gt=today,
        event__starts_on__lte=today + max(REMINDERS_BEFORE),
    )
    return sum(_remind(edition, today) for edition in editions.select_related("event"))


def _remind(edition: Edition, today: date) -> int:
    left = edition.event.starts_on - today
    # Only the latest that is due: a run that was missed does not bring two mails at once.
    before = min(delay for delay in REMINDERS_BEFORE if delay >= left)
    due_on = edition.event.starts_on - before
    rows = edition.attendees.registered().exclude(email="").order_by("pk")
    keys = {_key(row, before): row for row in rows if timezone.localdate(row.registered_at) < due_on}
    # Asked once for all; the key itself is what makes a mail once.
    known = set(OutgoingMail.objects.filter(key__startswith=_prefix(edition)).values_list("key", flat=True))
    return sum(tell_attendee(row, "reminder", key=key) for key, row in keys.items() if key not in known)


def _prefix(edition: Edition) -> str:
    return f"edition-{edition.pk}-reminder-"


def _key(attendee: Attendee, before: timedelta) -> str:
    return f"edition-{attendee.edition_id}-reminder-{before.days}-to-{attendee.pk}"
