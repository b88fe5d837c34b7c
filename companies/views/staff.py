"""The team's pages: who signed up, what the register says, what is decided."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import staff_required
from companies import services
from companies.enums import Mark
from companies.errors import CompanyError
from companies.filters import StaffCompanyFilter
from companies.forms import CommissionsForm, DeclineIdentityForm, MarkForm, RefusalForm
from companies.models import Company
from companies.selectors import companies_for_staff, proposed_identity, resemblances
from medinjob.lib.errors import RefusedError

PER_PAGE = 50
EVENTS_SHOWN = 100


@staff_required
@require_safe
def staff_companies(request: HttpRequest) -> HttpResponse:
    found = StaffCompanyFilter(request.GET or None, queryset=companies_for_staff())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "to_verify": Company.objects.to_verify().count()}
    return render(request, "companies/staff_list.html", context)


@staff_required
@require_safe
def staff_company(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _company(pk))


@staff_required
@require_POST
def staff_company_verify(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, _company(pk), services.verify, _("L’entreprise est vérifiée : elle en est informée."))


@staff_required
@require_POST
def staff_company_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    company, form = _company(pk), RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, company, status=422, refusal=form)
    done = _("L’entreprise est refusée : la raison lui est envoyée.")
    return _decide(request, company, services.refuse, done, reason=form.cleaned_data["reason"])


@staff_required
@require_POST
def staff_company_identity(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Accept the name and site that a company proposes; `decline` with a reason, which is sent to it."""
    company = _company(pk)
    if "decline" not in request.POST:
        done = _("L’entreprise porte désormais ce nom et ce site.")
        return _decide(request, company, services.accept_identity, done, proposal_pk=proposal_pk)
    form = DeclineIdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, company, status=422, decline=form)
    done = _("L’entreprise garde son nom et son site : la raison lui est envoyée.")
    reason = form.cleaned_data["reason"]
    return _decide(request, company, services.decline_identity, done, proposal_pk=proposal_pk, reason=reason)


@staff_required
@require_POST
def staff_company_mark(request: HttpRequest, pk: int) -> HttpResponse:
    company, form = _company(pk), MarkForm(request.POST)
    if form.is_valid():
        try:
            services.set_mark(company=company, by=request.user, **form.cleaned_data)
        except CompanyError as error:
            form.add_error("since", str(error))
    if not form.is_valid():
        return _page(request, company, status=422, mark=form)
    messages.success(request, _("La qualité est enregistrée."))
    return redirect("staff-company", pk)


@staff_required
@require_POST
def staff_company_mark_end(request: HttpRequest, pk: int, mark_pk: int) -> HttpResponse:
    mark = get_object_or_404(_company(pk).marks.select_related("company"), pk=mark_pk)
    services.end_mark(mark=mark, by=request.user)
    messages.success(request, _("La qualité se termine aujourd’hui."))
    return redirect("staff-company", pk)


@staff_required
@require_POST
def staff_company_commissions(request: HttpRequest, pk: int) -> HttpResponse:
    company, form = _company(pk), CommissionsForm(request.POST)
    if not form.is_valid():
        return _page(request, company, status=422, commissions=form)
    services.set_commissions(company=company, by=request.user, commissions=form.cleaned_data["commissions"])
    messages.success(request, _("Les commissions sont enregistrées."))
    return redirect("staff-company", pk)


def _company(pk: int) -> Company:
    return get_object_or_404(Company.objects.select_related("commune"), pk=pk)


def _page(request: HttpRequest, company: Company, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "company": company,
        "members": company.memberships.select_related("user"),
        "marks": company.marks.all(),
        "resemblances": resemblances(company),
        "proposal": proposed_identity(company),
        "decline_form": forms.get("decline") or DeclineIdentityForm(),
        "events": company.events.select_related("by", "about")[:EVENTS_SHOWN],
        "today": timezone.localdate(),
        "refusal_form": forms.get("refusal") or RefusalForm(),
        "mark_form": forms.get("mark") or MarkForm(initial={"mark": Mark.MEMBER, "since": timezone.localdate()}),
        "commissions_form": forms.get("commissions")
        or CommissionsForm(initial={"commissions": company.commissions.all()}),
    }
    return render(request, "companies/staff_company.html", context, status=status)


def _decide(request: HttpRequest, company: Company, verb: Any, done: str, **details: Any) -> HttpResponse:
    """Back to where the decision was taken: the company's page, or the offer under review (`next`)."""
    try:
        verb(company=company, by=request.user, **details)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(asked)
    return redirect("staff-company", company.pk)
