"""Who acts for a company, and who is asked to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies import services
from companies.enums import MemberRole
from companies.errors import CompanyError
from companies.forms import InvitationForm, RoleForm
from companies.models import Company
from companies.rules import is_admin, may_invite
from companies.views.access import company_of_admin, company_of_member
from companies.views.pace import keep_pace


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_members(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and the form that invites (administrators only)."""
    if request.method != "POST":
        return _members_page(request, company_of_member(request, pk), InvitationForm())
    company = company_of_admin(request, pk)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            _invite(request, company, **form.cleaned_data)
        except CompanyError as error:
            form.add_error("email", str(error))
        else:
            return redirect("company-members", pk)
    return _members_page(request, company, form)


@login_required
@require_POST
def company_member_role(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    member = get_object_or_404(company_of_admin(request, pk).memberships, pk=member_pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = MemberRole(form.cleaned_data["role"])
        done = _("Le rôle est changé.")
        _say(request, done, services.change_role, member=member, by=request.user, role=role)
    return redirect("company-members", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_member_remove(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """GET asks, POST acts."""
    company = company_of_admin(request, pk)
    member = get_object_or_404(company.memberships.select_related("user"), pk=member_pk)
    if request.method == "POST":
        done = _("Cette personne n’a plus accès à l’entreprise.")
        _say(request, done, services.remove_member, member=member, by=request.user)
        return redirect("company-members", pk)
    return render(request, "companies/member_remove.html", {"company": company, "member": member, "nav": "recruiter"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, POST acts."""
    company = company_of_member(request, pk)
    if request.method == "POST":
        member = get_object_or_404(company.memberships, user=request.user)
        left = _say(request, _("Vous avez quitté %(company)s.") % {"company": company}, services.leave, member=member)
        return redirect("account") if left else redirect("company-members", pk)
    return render(request, "companies/leave.html", {"company": company, "nav": "recruiter"})


def _members_page(request: HttpRequest, company: Company, form: InvitationForm) -> HttpResponse:
    context = {
        "company": company,
        "form": form,
        "is_admin": is_admin(request.user, company),
        "may_invite": may_invite(company),
        "members": company.memberships.select_related("user"),
        "invitations": company.invitations.waiting(),
        "roles": MemberRole.choices,
        "nav": "recruiter",
    }
    return render(request, "companies/members.html", context)


def _invite(request: HttpRequest, company: Company, email: str, role: str) -> None:
    keep_pace(request, company, email)
    services.invite(company=company, by=request.user, email=email, role=MemberRole(role))
    messages.success(request, _("L’invitation est partie à %(email)s.") % {"email": email})


def _say(request: HttpRequest, done: str, verb: Any, **arguments: Any) -> bool:
    """Call a service; its success or its refusal is said on the next page."""
    try:
        verb(**arguments)
    except CompanyError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
