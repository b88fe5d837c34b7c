"""Staff and a candidate's messages: a reason first, written down, then what they say."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import staff_required
from candidates.enums import Side
from candidates.filters import StaffApplicationFilter
from candidates.forms.staff import ReasonForm
from candidates.models import Application
from candidates.selectors.timeline import timeline
from candidates.services.access import log_staff_access

PER_PAGE = 50


@staff_required
@require_safe
def staff_applications(request: HttpRequest) -> HttpResponse:
    """By which staff find the one that somebody writes about; nobody's name is on it."""
    rows = Application.objects.filter(forgotten_at=None).select_related("offer", "company")
    found = StaffApplicationFilter(request.GET, rows.order_by("-sent_at", "-pk"))
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "candidates/staff_applications.html", {"filter": found, "page": page})


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
