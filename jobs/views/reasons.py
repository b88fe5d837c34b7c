from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from jobs.forms.moderation import Reasons


@staff_required
@require_http_methods(["GET", "POST"])
def reason_templates(request: HttpRequest) -> HttpResponse:
    """The texts that moderators choose from, all on one page."""
    rows = Reasons(request.POST or None)
    if request.method == "POST" and rows.is_valid():
        rows.save()
        messages.success(request, _("Motifs enregistrés."))
        return redirect("reason-templates")
    return render(request, "jobs/moderation/reasons.html", {"rows": rows})
