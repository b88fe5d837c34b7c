"""The one way of the pages of an edition to what they show."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from forums.links import read_attendee
from forums.models import Attendee, Edition, Exhibitor
from forums.selectors.attendees import with_place
from forums.selectors.editions import edition_at, public_editions, with_places


def edition_or_404(slug: str, among: Any = None) -> Edition:
    """`edition_at`, for a page."""
    found = edition_at(slug, among)
    if found is None:
        raise Http404
    return found


def public_edition(slug: str) -> Edition:
    """404 for a draft."""
    return edition_or_404(slug, public_editions())


def any_edition(slug: str) -> Edition:
    """For staff, with its days and venues."""
    return edition_or_404(slug, with_places(Edition.objects.all()))


def edition_with_rows(slug: str) -> Edition:
    """For staff: not one of which only figures were declared."""
    return edition_or_404(slug, Edition.objects.filter(declared=False))


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
