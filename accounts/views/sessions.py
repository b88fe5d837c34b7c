"""Where one is signed in, and the way out of each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.access import end_other_sessions
from accounts.models import OpenSession


@login_required
@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    rows = OpenSession.objects.filter(user=request.user.pk)
    context = {"sessions": rows, "current": request.session.session_key}
    return render(request, "accounts/sessions.html", context)


@login_required
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    others = OpenSession.objects.filter(user=request.user.pk).exclude(session_key=request.session.session_key or "")
    services.end_session(session=get_object_or_404(others, pk=pk))
    messages.success(request, _("Cet appareil est déconnecté."))
    return redirect("sessions")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    end_other_sessions(request)
    messages.success(request, _("Vous êtes déconnecté partout ailleurs."))
    return redirect("sessions")
