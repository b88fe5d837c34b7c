"""The auditor's link: handed out by staff, read without an account. It shows no name but those of the sample."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import staff_required
from forums.views.finding import edition_or_404
from medinjob.lib.errors import RefusedError
from reports.forms.audits import AuditLinkForm, DrawForm
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.links import audit_url, read_audit
from reports.models import AuditLink, Snapshot
from reports.selectors import outline
from reports.selectors.audits import draws_of, population_of, sampled, sizes_for
from reports.selectors.frozen_rows import frozen_table
from reports.selectors.rows import rows_of
from reports.services.audits import create_audit_link, draw_contracts, log_visit, revoke_audit_link
from reports.views.report import PER_PAGE, reading_of, rows_context

READINGS = {slug: indicator for slug, indicator in INDICATORS.items() if isinstance(indicator, Reading)}


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_links(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them with what was opened, POST makes one."""
    edition = edition_or_404(slug)
    form = AuditLinkForm(request.POST if request.method == "POST" else None, edition=edition)
    if request.method == "POST" and form.is_valid():
        create_audit_link(edition=edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("Le lien est prêt : copiez-le pour la personne qui contrôle."))
        return redirect("audit-links", slug)
    links = edition.audit_links.select_related("created_by", "snapshot").prefetch_related("visits")
    snapshots = edition.snapshots.filter(draws__isnull=False).distinct().order_by("pk")
    context = {
        "edition": edition,
        "form": form,
        "links": [(link, audit_url(link.pk)) for link in links],
        "drawn": [(snapshot, draws_of(snapshot)) for snapshot in snapshots],
    }
    return render(request, "reports/audit_links.html", context, status=422 if form.errors else 200)


@staff_required
@require_POST
def audit_revoke(request: HttpRequest, slug: str, link_id: int) -> HttpResponse:
    revoke_audit_link(link=get_object_or_404(AuditLink, edition__event__slug=slug, pk=link_id))
    messages.success(request, _("Le lien ne marche plus."))
    return redirect("audit-links", slug)


def by_audit_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the link of the address while it is valid, and writes down that it was opened."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        links = AuditLink.objects.select_related("edition__event__action", "snapshot__edition__event")
        link = get_object_or_404(links, pk=read_audit(token))
        if not link.is_open:
            return render(request, "reports/audit_over.html", {"link": link}, status=410)
        log_visit(link=link, page=request.get_full_path().replace(token, "…"))
        return view(request, link=link, token=token, **kwargs)

    return never_cache(guarded)


@require_safe
@by_audit_link
def audit_report(request: HttpRequest, link: AuditLink, token: str) -> HttpResponse:
    """What was frozen; the figures of today for a link from before audits were of a snapshot."""
    context: dict[str, Any] = {"link": link, "audit": token, "edition": link.edition}
    if link.snapshot:
        figures = outline.figures_of(json.loads(link.snapshot.body))
        opened = [] if link.edition.declared else [slug for slug in figures if slug in READINGS]
        context |= {"as_of": link.snapshot.as_of, "parts": outline.parts(figures), "opened": opened}
    else:
        report = compute(scope_of(link.edition))
        context |= {"as_of": report.as_of, "parts": outline.parts(report.figures)}
    return render(request, "reports/audit.html", context)


@require_safe
@by_audit_link
def audit_rows(request: HttpRequest, link: AuditLink, token: str, indicator: str) -> HttpResponse:
    """Pseudonymised: the columns that say who are left out."""
    context: dict[str, Any] = {"audit": token, "link": link}
    if link.snapshot:
        return render(request, "reports/audit_rows.html", context | _frozen_rows(request, link.snapshot, indicator))
    scope = scope_of(link.edition)
    found = rows_of(reading_of(indicator, scope), scope, request.GET)
    context |= rows_context(request, found, names=False)
    return render(request, "reports/audit_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@by_audit_link
def audit_sample(request: HttpRequest, link: AuditLink, token: str) -> HttpResponse:
    """GET lists the draws of the snapshot and asks for a number, POST draws. A link from before shows what it drew."""
    if link.edition.declared or (request.method == "POST" and not link.snapshot):
        raise Http404
    context: dict[str, Any] = {"link": link, "audit": token, "edition": link.edition}
    if link.snapshot is None:
        return render(request, "reports/audit_live_sample.html", {**context, "rows": sampled(link)})
    ids = population_of(link.snapshot)
    form = DrawForm(request.POST if request.method == "POST" else None, sizes=sizes_for(len(ids)))
    if request.method == "POST" and form.is_valid():
        try:
            draw_contracts(link=link, **form.cleaned_data)
        except RefusedError as error:
            messages.info(request, str(error))
        return redirect("audit-draw", token, form.cleaned_data["number"])
    context |= {"form": form, "draws": draws_of(link.snapshot), "ids": ids}
    return render(request, "reports/audit_sample.html", context, status=422 if form.errors else 200)


def _frozen_rows(request: HttpRequest, snapshot: Snapshot, indicator: str) -> dict[str, Any]:
    """404 for what has no rows, and for a figure that the report did not have when it was frozen."""
    reading = READINGS.get(indicator)
    table = frozen_table(snapshot, reading) if reading and not snapshot.edition.declared else None
    if table is None:
        raise Http404
    page = Paginator(table, PER_PAGE).get_page(request.GET.get("page"))
    columns = [{"label": label} for label in table.columns]
    said = {"edition": snapshot.edition, "as_of": snapshot.as_of, "reading": reading, "value": table.value}
    return {**said, "columns": columns, "page": page, "lines": page}
