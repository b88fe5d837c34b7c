"""Who registers for an edition of the demo."""

from datetime import datetime, timedelta
from random import Random

from candidates.models import CandidateProfile
from demo.loading.people import full_name
from forums.enums import AttendeeAction, AttendeeKind, AttendeeState
from forums.models import Attendee, AttendeeEvent, Badge, Edition


def create_attendees(
    rng: Random, edition: Edition, profiles: list[CandidateProfile], *, visitors: int, until: datetime
) -> list[Attendee]:
    """Candidates with a profile, then `visitors` without an account, within the month before `until`. One of fifteen
    has cancelled; the named candidate, first of the profiles, comes."""
    rows = [
        Attendee(edition=edition, user=profile.user, name=profile.user.name, email=profile.user.email)
        for profile in profiles
    ]
    rows += [
        Attendee(
            edition=edition, kind=AttendeeKind.VISITOR if number % 3 == 0 else AttendeeKind.CANDIDATE,
            name=full_name(rng), email=f"visite{edition.pk}-{number}@medinjob.example",
        )
        for number in range(visitors)
    ]  # fmt: skip
    for number, row in enumerate(rows):
        row.registered_at = until - timedelta(minutes=rng.randrange(60 * 24 * 30))
        row.state = AttendeeState.CANCELLED if number % 15 == 14 else AttendeeState.REGISTERED
    Attendee.objects.bulk_create(rows)
    AttendeeEvent.objects.bulk_create(event for row in rows for event in _events(row, until))
    Badge.objects.bulk_create(
        Badge(
            edition=edition, attendee=row, created_at=row.registered_at,
            revoked_at=until if row.state == AttendeeState.CANCELLED else None,
        )
        for row in rows
    )  # fmt: skip
    return rows


def _events(row: Attendee, until: datetime) -> list[AttendeeEvent]:
    register = AttendeeEvent(
        attendee=row, action=AttendeeAction.REGISTER, after=AttendeeState.REGISTERED, by=row.user, at=row.registered_at
    )
    if row.state != AttendeeState.CANCELLED:
        return [register]
    cancel = AttendeeEvent(
        attendee=row, action=AttendeeAction.CANCEL, before=register.after, after=row.state, by=row.user, at=until
    )
    return [register, cancel]
