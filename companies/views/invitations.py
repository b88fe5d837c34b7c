"""The invited person's side, and what administrators do with an invitation that waits."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import has_account
from companies import services
from companies.errors import CompanyError
from companies.models import Invitation
from companies.views.access import company_of_admin
from companies.views.pace import keep_pace


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST accepts. Somebody without an account signs up and comes back here."""
    found = Invitation.objects.select_related("company", "invited_by").filter(token=token).first()
    if found is None or not found.is_open:
        return render(request, "companies/invitation_over.html", {"invitation": found}, status=410 if found else 404)
    if request.method == "POST":
        return _accept(request, found)
    if not request.user.is_authenticated:
        # The link came by mail: whoever follows it has shown that the address is theirs.
        get_adapter().stash_verified_email(request, found.email)
    context = {"invitation": found, "has_account": has_account(found.email), "is_mine": found.is_for(request.user)}
    return render(request, "companies/invitation.html", context)


@login_required
@require_POST
def invitation_resend(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    company = company_of_admin(request, pk)
    waiting = get_object_or_404(company.invitations.waiting(), pk=invitation_pk)
    try:
        keep_pace(request, company, waiting.email)
        services.resend_invitation(invitation=waiting, by=request.user)
    except CompanyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("L’invitation est renvoyée à %(email)s.") % {"email": waiting.email})
    return redirect("company-members", pk)


@login_required
@require_POST
def invitation_cancel(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    waiting = get_object_or_404(company_of_admin(request, pk).invitations.waiting(), pk=invitation_pk)
    services.cancel_invitation(invitation=waiting, by=request.user)
    messages.success(request, _("L’invitation est annulée : son lien ne marche plus."))
    return redirect("company-members", pk)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        services.accept_invitation(invitation=found, user=request.user)
    except CompanyError as error:
        messages.error(request, str(error))
        return redirect("invitation", found.token)
    messages.success(request, _("Vous recrutez maintenant pour %(company)s.") % {"company": found.company})
    return redirect("company-manage", found.company_id)
