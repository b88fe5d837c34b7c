"""What a person may know of their data, and take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from candidates.enums import ANONYMISED_AFTER, NOTICE_AFTER
from candidates.selectors.my_data import accesses_to, held_data
from candidates.services.export import export_of
from medinjob.lib.limits import within_limit

EXPORTS_AN_HOUR = 10


@login_required
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    context = {
        "held": held_data(request.user),
        "accesses": accesses_to(request.user),
        "notice_months": round(NOTICE_AFTER.days * 12 / 365),
        "end_months": round(ANONYMISED_AFTER.days * 12 / 365),
        "nav": "candidate",
    }
    return render(request, "candidates/my_data.html", context)


@login_required
@never_cache
@require_POST
def my_data_export(request: HttpRequest) -> HttpResponseBase:
    if not within_limit("export", request.user.pk, most=EXPORTS_AN_HOUR, seconds=3600):
        messages.error(request, _("Vous avez demandé beaucoup d’exports : réessayez dans une heure."))
        return redirect("my-data")
    name = f"medinjob-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(export_of(user=request.user), as_attachment=True, filename=name)
