"""Staff and a candidate's messages: a reason first, written down, then what they say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from candidates.enums import Side
from candidates.forms.staff import ReasonForm
from candidates.models import Application
from candidates.selectors.timeline import timeline
from candidates.services.access import log_staff_access


@staff_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Nothing is kept open: each reading is one reason."""
    rows = Application.objects.filter(forgotten_at=None).select_related("offer", "company")
    row = get_object_or_404(rows, pk=application_id)
    form = ReasonForm(request.POST or None)
    context = {"application": row, "form": form, "steps": None}
    if request.method == "POST" and form.is_valid():
        log_staff_access(application=row, by=request.user, reason=form.cleaned_data["reason"])
        context["steps"] = timeline(row, Side.SYSTEM)
    return render(request, "candidates/staff_application.html", context)
