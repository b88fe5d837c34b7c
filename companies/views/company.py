"""A recruiter's own company: signing it up, its page, its facts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from companies import services
from companies.errors import CompanyError
from companies.forms import CompanyForm, JoinForm
from companies.models import Company
from companies.rules import is_admin, may_invite
from companies.views.access import company_of_admin, company_of_member
from companies.views.pace import keep_pace_of_companies, may_ask_to_join
from medinjob.lib.errors import EditConflictError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_create(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_pace_of_companies(request)
            company = services.create_company(by=request.user, **form.writes)
        except CompanyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(company)s est inscrite.") % {"company": company})
            return redirect("company-manage", company.pk)
    return render(request, "companies/form.html", {"form": form, "nav": "recruiter"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_join(request: HttpRequest) -> HttpResponse:
    """For somebody whose company is here already. The answer is the same whether it is or not."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_ask_to_join(request):
            raise PermissionDenied(_("Vous avez fait beaucoup de demandes : réessayez dans une heure."))
        if company := Company.objects.filter(siret=form.cleaned_data["siret"]).first():
            services.ask_to_join(company=company, user=request.user)
        messages.success(request, _("Si l’entreprise est inscrite, votre demande est partie : attendez l’invitation."))
        return redirect("recruiter-offers")
    return render(request, "companies/join.html", {"form": form, "nav": "recruiter"})


@login_required
@require_safe
def company_manage(request: HttpRequest, pk: int) -> HttpResponse:
    company = company_of_member(request, pk)
    context = {
        "company": company,
        "is_admin": is_admin(request.user, company),
        "may_invite": may_invite(company),
        "members": company.memberships.select_related("user"),
        "invitations": company.invitations.waiting(),
        "marks": company.marks.on(timezone.localdate()),
        "nav": "recruiter",
    }
    return render(request, "companies/manage.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_edit(request: HttpRequest, pk: int) -> HttpResponse:
    company = company_of_admin(request, pk)
    form = CompanyForm(request.POST or None, request.FILES or None, instance=company)
    context: dict[str, Any] = {"form": form, "nav": "recruiter"}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            services.update_company(company=company, by=request.user, version=seen, **form.writes)
        except EditConflictError:
            context["conflicts"] = form.show_conflict(Company.objects.get(pk=pk))
        except CompanyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("La fiche est enregistrée."))
            return redirect("company-manage", pk)
    context["company"] = Company.objects.get(pk=pk)
    return render(request, "companies/form.html", context)
