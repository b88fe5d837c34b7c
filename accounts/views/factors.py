"""A second factor set up, taken off, and lifted for a colleague who lost theirs."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.access import end_other_sessions, staff_required
from accounts.errors import AccountError
from accounts.links import read_stop_factor
from accounts.models import FactorReset, User
from accounts.selectors import accounts_with_factor


class Activate(ActivateTOTPView):
    """Its code proves the factor to this session; the others, opened with a password alone, end."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        factor = Authenticator.objects.get(user=user.pk, type=Authenticator.Type.TOTP)
        proof = {"id": factor.pk, "type": factor.type, "reauthenticated": True}
        record_authentication(self.request, user, "mfa", **proof)
        end_other_sessions(self.request)
        return answer


class Deactivate(DeactivateTOTPView):
    """Whoever takes it off stays; the others sign in again."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        end_other_sessions(self.request)
        return answer


@staff_required
@never_cache
@require_safe
def staff_factors(request: HttpRequest) -> HttpResponse:
    """Who of the team has one; another account is found by its whole address."""
    email = request.GET.get("email", "").strip()
    context = {"people": accounts_with_factor(email), "email": email}
    return render(request, "accounts/factors.html", {**context, "resets": FactorReset.objects.select_related()[:20]})


@staff_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what follows, POST lifts the factor of somebody who lost it."""
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            services.lift_factor(user=person, by=request.user)
        except AccountError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("C’est fait : la personne se connecte et en active une nouvelle."))
        return redirect("staff-factors")
    return render(request, "accounts/factor_lift.html", {"person": person, "own": person.pk == request.user.pk})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: GET shows, POST stops a reset asked for on the server."""
    try:
        reset = get_object_or_404(FactorReset.objects.select_related("user"), pk=read_stop_factor(token))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
    if request.method == "POST":
        if not services.stop_factor_reset(reset=reset):
            messages.info(request, _("Cette demande n’attend plus."))
        return redirect("factor-stop", token)
    over = reset.done_at or reset.stopped_at
    return render(request, "accounts/factor_stop.html", {"reset": reset, "over": over}, status=410 if over else 200)
