"""What the QR code of a badge opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forums.links import attendee_url
from forums.models import Badge


@require_safe
@never_cache
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """Its owner gets their registration; a stranger learns nothing of anybody."""
    rows = Badge.objects.select_related("attendee", "edition__event")
    found = get_object_or_404(rows, token=token)
    attendee = found.attendee
    if attendee is not None and request.user.is_authenticated and attendee.user_id == request.user.pk:
        return redirect(attendee_url(attendee.pk))
    return render(request, "forums/edition/badge.html", {"edition": found.edition, "badge": found, "nav": "forum"})
