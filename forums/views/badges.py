"""What the QR code of a badge opens: it depends on who looks. Nothing is done by looking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forums.links import attendee_url
from forums.models import Attendee, Badge, Entry
from forums.selectors.passes import is_on
from forums.views.access import door_actor, stands_of


@require_safe
@never_cache
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """The door and the stands get what they work with, its owner their registration; a stranger learns nothing."""
    rows = Badge.objects.select_related("attendee", "edition__event")
    found = get_object_or_404(rows, token=token)
    attendee = found.attendee
    if work := _work(request, found):
        return render(request, "forums/day/badge.html", {"edition": found.edition, "badge": found, **work})
    if attendee is not None and request.user.is_authenticated and attendee.user_id == request.user.pk:
        return redirect(attendee_url(attendee.pk))
    return render(request, "forums/edition/badge.html", {"edition": found.edition, "badge": found, "nav": "forum"})


def _work(request: HttpRequest, found: Badge) -> dict[str, Any]:
    """What who looks can do with the badge today; empty for strangers."""
    if not is_on(found.edition):
        return {}
    if door_actor(request, found.edition):
        return {"door": True, "entry": _entry(found.attendee), "stands": []}
    stands = stands_of(request, found.edition)
    return {"door": False, "entry": None, "stands": stands} if stands and found.attendee else {}


def _entry(attendee: Attendee | None) -> Entry | None:
    return Entry.objects.standing().filter(attendee=attendee, day=timezone.localdate()).first() if attendee else None
