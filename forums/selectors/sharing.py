"""What a stand may know of a person."""

from collections.abc import Collection
from typing import Any

from candidates.models import CV, CandidateProfile
from candidates.selectors.own import current_cv
from candidates.selectors.snapshots import frozen_profile
from forums.enums import Shared
from forums.models import Attendee, Meeting
from medinjob.lib.names import given_name


def what_is_shared(attendee: Attendee, chosen: Collection[str]) -> dict[str, Any]:
    """JSON. `name` always; `email`, `profile` (as `candidates.selectors.snapshots.frozen_profile`) and `cv` (true) if
    chosen and there is one."""
    shared: dict[str, Any] = {"name": attendee.name}
    if Shared.EMAIL in chosen and attendee.email:
        shared["email"] = attendee.email
    profile = CandidateProfile.objects.filter(user=attendee.user_id).first() if attendee.user_id else None
    if Shared.PROFILE in chosen and profile:
        shared["profile"] = frozen_profile(profile)
    if Shared.CV in chosen and attendee.user_id and current_cv(attendee.user):
        shared["cv"] = True
    return shared


def sharable(attendee: Attendee) -> dict[str, Any]:
    """All that this person could share, as they would see it before they choose."""
    return what_is_shared(attendee, Shared.values)


def first_name(attendee: Attendee) -> str:
    """All that a stand sees before the person has agreed; an initial, or nothing, where it is not certain."""
    return given_name(attendee.name)


def shared_cv(meeting: Meeting) -> CV | None:
    """The CV that goes with an application at this stand: only the person's own "yes" lets it go."""
    attendee = meeting.attendee
    return current_cv(attendee.user) if meeting.shared.get("cv") and attendee.user_id else None
