"""The grant kit of an action, for staff."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import staff_required
from forums.models import Action
from medinjob.lib.export import as_file, table_response
from reports.selectors.grant_pdf import grant_pdf
from reports.selectors.grant_table import HEADER, grant_table
from reports.selectors.grants import grant_kit


@staff_required
@require_safe
@never_cache
def report_grants(request: HttpRequest, action_id: int) -> HttpResponse:
    kit = grant_kit(get_object_or_404(Action, pk=action_id))
    return render(request, "reports/grants.html", {"action": kit.action, "kit": kit})


@staff_required
@require_safe
@never_cache
def report_grants_file(request: HttpRequest, action_id: int, kind: str) -> HttpResponseBase:
    """`kind` is csv, xlsx or pdf."""
    action = get_object_or_404(Action, pk=action_id)
    kit, name = grant_kit(action), f"compte-rendu-financier-{action.slug}"
    if kind == "pdf":
        return as_file(HttpResponse(grant_pdf(kit), content_type="application/pdf"), f"{name}.pdf")
    rows = grant_table(kit)
    return table_response(kind, name=name, title=action.name, header=HEADER, rows=rows)
