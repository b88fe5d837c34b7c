"""The auditor's link: handed out by staff, read without an account. It shows no name but those of the sample."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import staff_required
from forums.views.finding import edition_or_404
from medinjob.lib.errors import RefusedError
from reports.forms.audits import AuditLinkForm, SampleForm
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.links import audit_url, read_audit
from reports.models import AuditLink
from reports.selectors import outline
from reports.selectors.audits import sampled
from reports.selectors.rows import rows_of
from reports.services.audits import create_audit_link, draw_sample, log_visit, revoke_audit_link
from reports.views.report import reading_of, rows_context


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_links(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them with what was opened, POST makes one."""
    edition = edition_or_404(slug)
    form = AuditLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        create_audit_link(edition=edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("Le lien est prêt : copiez-le pour la personne qui contrôle."))
        return redirect("audit-links", slug)
    links = edition.audit_links.select_related("created_by").prefetch_related("visits")
    context = {"edition": edition, "form": form, "links": [(link, audit_url(link.pk)) for link in links]}
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
        links = AuditLink.objects.select_related("edition__event__action")
        link = get_object_or_404(links, pk=read_audit(token))
        if not link.is_open:
            return render(request, "reports/audit_over.html", {"link": link}, status=410)
        log_visit(link=link, page=request.get_full_path().replace(token, "…"))
        return view(request, link=link, token=token, **kwargs)

    return never_cache(guarded)


@require_safe
@by_audit_link
def audit_report(request: HttpRequest, link: AuditLink, token: str) -> HttpResponse:
    report = compute(scope_of(link.edition))
    context = {
        "link": link,
        "audit": token,
        "edition": link.edition,
        "report": report,
        "parts": outline.parts(report.figures),
    }
    return render(request, "reports/audit.html", context)


@require_safe
@by_audit_link
def audit_rows(request: HttpRequest, link: AuditLink, token: str, indicator: str) -> HttpResponse:
    """Pseudonymised: the columns that say who are left out."""
    scope = scope_of(link.edition)
    found = rows_of(reading_of(indicator, scope), scope, request.GET)
    context = {**rows_context(request, found, names=False), "audit": token, "link": link}
    return render(request, "reports/audit_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@by_audit_link
def audit_sample(request: HttpRequest, link: AuditLink, token: str) -> HttpResponse:
    """GET shows what was drawn, or asks how many; POST draws, once."""
    if link.edition.declared:
        raise Http404
    form = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            draw_sample(link=link, size=form.cleaned_data["size"])
        except RefusedError as error:
            messages.info(request, str(error))
        return redirect("audit-sample", token)
    rows = sampled(link) if link.drawn_at else []
    context = {"link": link, "audit": token, "edition": link.edition, "form": form, "rows": rows}
    return render(request, "reports/audit_sample.html", context, status=422 if form.errors else 200)
