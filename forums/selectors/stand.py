"""What a stand works with."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from candidates.selectors.snapshots import profile_facts
from forums.models import Attendee, Exhibitor, Meeting, StandApplication, StandProposal
from forums.selectors.sharing import first_name
from jobs.models import Offer
from medinjob.lib.names import masked_name


class Guest(NamedTuple):
    """A person as the stand may see them: a first name at most until they agree. `facts` are labelled values."""

    name: str
    email: str
    headline: str
    facts: list[tuple[str, str]]
    skills: list[str]


def guest(meeting: Meeting) -> Guest:
    if meeting.agreed_at is None:
        return Guest(first_name(meeting.attendee), "", "", [], [])
    shared = meeting.shared
    profile = shared.get("profile", {})
    return Guest(
        shared.get("name", ""),
        shared.get("email", ""),
        profile.get("headline", ""),
        profile_facts(profile),
        profile.get("skills", []),
    )


def meetings_of(exhibitor: Exhibitor) -> QuerySet[Any]:
    """Newest first, with the person."""
    return Meeting.objects.filter(exhibitor=exhibitor).select_related("attendee").order_by("-opened_at", "-pk")


def offers_at(exhibitor: Exhibitor) -> QuerySet[Any]:
    """The offers that it shows and that can still be answered."""
    return Offer.objects.visible().filter(shown_at__exhibitor=exhibitor).order_by("kind", "title", "pk")


def applications_at(meeting: Meeting) -> list[Any]:
    """What this person sent at this stand, oldest first."""
    rows = StandApplication.objects.filter(exhibitor=meeting.exhibitor, attendee=meeting.attendee)
    return [row.application for row in rows.select_related("application__offer").order_by("pk")]


def proposals_at(meeting: Meeting) -> QuerySet[Any]:
    """What was typed there and is no application: the person has not answered, or declined."""
    return StandProposal.objects.filter(meeting=meeting, application=None).select_related("offer")


def masked(attendee: Attendee) -> dict[str, str]:
    """Enough for the person to know what is theirs, on a screen that somebody else holds."""
    box, _at, host = attendee.email.partition("@")
    return {"name": masked_name(attendee.name), "email": f"{box[:1]}…@{host}" if host else ""}
