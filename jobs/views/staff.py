from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from jobs.enums import ModerationQueue
from jobs.selectors.moderation import offers_waiting, waiting

OLDEST = 5


@staff_required
@require_safe
def staff_home(request: HttpRequest) -> HttpResponse:
    """What waits, each number opening its list."""
    context = {"waiting": waiting(), "oldest": offers_waiting(ModerationQueue.OFFERS)[:OLDEST]}
    return render(request, "jobs/moderation/home.html", context)
