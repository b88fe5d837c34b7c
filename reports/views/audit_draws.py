"""One draw of an audit: its contracts with a verdict each, its conclusion on paper, and what companies answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reports.forms.audits import AuditAnswerForm, VerdictForm
from reports.links import audited_company
from reports.models import AuditDraw, AuditLink
from reports.selectors.audits import answerable_rows, conclusion_of, drawn_rows
from reports.selectors.conclusion import conclusion_body, conclusion_pdf
from reports.services.audits import answer_audit, give_verdict
from reports.services.signing import signed_conclusion
from reports.views.audits import by_audit_link
from reports.views.report import attached

KINDS = {"pdf": "application/pdf", "json": "application/json", "sig": "text/plain"}


@require_http_methods(["GET", "HEAD", "POST"])
@by_audit_link
def audit_draw(request: HttpRequest, link: AuditLink, token: str, number: int) -> HttpResponse:
    """GET shows what was drawn, POST gives a verdict on one contract (`entry`)."""
    draw = _draw(link, number)
    form, entry = None, _entry(request, draw.sample)
    if request.method == "POST":
        form = VerdictForm(request.POST, auto_id=f"row{entry}_%s")
        if form.is_valid():
            give_verdict(link=link, draw=draw, entry_number=entry, **form.cleaned_data)
            messages.success(request, _("Le verdict est noté."))
            return redirect(f"{request.path}#entry-{entry}")
    rows = [
        (row, form if form and row.number == entry else VerdictForm(auto_id=f"row{row.number}_%s"))
        for row in drawn_rows(draw)
    ]
    context = {"link": link, "audit": token, "edition": link.edition, "draw": draw, "rows": rows}
    context["conclusion"] = conclusion_of(draw)
    return render(request, "reports/audit_draw.html", context, status=422 if form else 200)


@require_safe
@by_audit_link
def audit_conclusion(request: HttpRequest, link: AuditLink, token: str, number: int, kind: str) -> HttpResponse:
    """`json` is what is signed, `sig` its signature, `pdf` the same on paper."""
    draw = _draw(link, number)
    if kind not in KINDS or conclusion_of(draw).real is None:
        raise Http404
    text, sign = signed_conclusion(conclusion_body(draw))
    content: Any = {"json": text, "sig": sign.signature}.get(kind)
    if kind == "pdf":
        content = conclusion_pdf(draw, text, sign.key)
    return attached(HttpResponse(content, content_type=KINDS[kind]), f"controle-{draw.seed[:12]}", kind)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def audit_answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a company its drawn contracts, POST answers for one (`entry`)."""
    found = audited_company(token)
    rows = answerable_rows(found.snapshot, found.company)
    form, entry = None, _entry(request, [row.pk for row, _answers in rows])
    if request.method == "POST":
        form = AuditAnswerForm(request.POST, auto_id=f"row{entry}_%s")
        if form.is_valid():
            answer_audit(snapshot=found.snapshot, entry_number=entry, by=found.user, **form.cleaned_data)
            messages.success(request, _("Votre réponse est transmise à la personne qui contrôle."))
            return redirect("audit-answer", token)
    shown = [
        (row, answers, form if form and row.pk == entry else AuditAnswerForm(auto_id=f"row{row.pk}_%s"))
        for row, answers in rows
    ]
    context = {"company": found.company, "edition": found.snapshot.edition, "rows": shown}
    return render(request, "reports/audit_answer.html", context, status=422 if form else 200)


def _draw(link: AuditLink, number: int) -> AuditDraw:
    draws = AuditDraw.objects.select_related("snapshot__edition__event", "link").prefetch_related("verdicts")
    return get_object_or_404(draws, snapshot=link.snapshot_id or 0, number=number)


def _entry(request: HttpRequest, allowed: list[int]) -> int:
    """The contract that a post is about; 0 for another request."""
    if request.method != "POST":
        return 0
    said = request.POST.get("entry", "")
    if said not in map(str, allowed):
        raise Http404
    return int(said)
