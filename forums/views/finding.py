"""The one way of the pages of an edition to what they show."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from forums.links import read_attendee
from forums.models import Attendee, Edition, Exhibitor
from forums.selectors.attendees import with_place
from forums.selectors.editions import public_editions, with_places


def public_edition(slug: str) -> Edition:
    """404 for a draft."""
    found: Edition = get_object_or_404(public_editions(), event__slug=slug)
    return found


def any_edition(slug: str) -> Edition:
    """For staff."""
    found: Edition = get_object_or_404(with_places(Edition.objects.all()), event__slug=slug)
    return found


def attendee_of(token: str) -> Attendee:
    """Whose signed link it is, with the edition and the `valid_badges`. 404 once the person is forgotten."""
    rows = with_place(Attendee.objects.filter(forgotten_at=None).select_related("edition__event", "user"))
    found: Attendee = get_object_or_404(rows, pk=read_attendee(token))
    return found


def stand_of_member(request: HttpRequest, exhibitor_id: int) -> Exhibitor:
    """404 for others: they need not know that it exists."""
    user: Any = request.user
    rows = Exhibitor.objects.filter(company__memberships__user=user)
    found: Exhibitor = get_object_or_404(rows.select_related("company", "edition__event"), pk=exhibitor_id)
    return found
