"""Whether this session has the rights of staff, and the door of staff pages."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import services
from accounts.rules import is_staff

SAFE = ("GET", "HEAD")


def acts_as_staff(request: Any) -> bool:
    """Somebody of the team whose second factor this session has proved. The one question to ask before staff rights."""
    return is_staff(request.user) and has_second_factor(request)


def has_second_factor(request: Any) -> bool:
    """Proved by this session with a factor that the account still has; or none is asked for (`STAFF_MFA`). A password
    alone opens a session when the factor came later, or when another way of signing in is added one day."""
    if not settings.STAFF_MFA:
        return True
    known = getattr(request, "_has_second_factor", None)
    if known is None:
        known = request._has_second_factor = _has_proved(request, _proofs(request))
    return bool(known)


def has_fresh_factor(request: HttpRequest) -> bool:
    """Proved again a few minutes ago."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    fresh = {record["id"] for record in _records(request) if record.get("reauthenticated") and record["at"] > since}
    return _has_proved(request, fresh)


def to_second_factor(request: HttpRequest) -> HttpResponseBase:
    """To set one up, or to prove it and come back."""
    if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        messages.warning(request, _("Les pages de l’équipe demandent la double authentification : activez-la ici."))
        return redirect("mfa_activate_totp")
    return to_prove_factor(request)


def to_prove_factor(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, _("Cette page demande le code de votre double authentification."))
    after = request.get_full_path() if request.method in SAFE else reverse("welcome")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': after})}")


def end_other_sessions(request: HttpRequest) -> None:
    """This browser stays signed in, under a new key."""
    old = request.session.session_key
    user = services.end_sessions(user=request.user, keep=old)
    update_session_auth_hash(request, user)
    services.rename_session(old=old, new=request.session.session_key)


def staff_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anonymous: to the sign-in page and back. Anybody else who is not staff: 403. Staff whose session has not proved
    the second factor: to prove it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise PermissionDenied(_("Cette page est réservée à l’équipe de Medinsoft."))
        if not has_second_factor(request):
            return to_second_factor(request)
        return view(request, *args, **kwargs)

    return guarded


def _records(request: Any) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return [record for record in records if record.get("method") == "mfa" and "id" in record]


def _proofs(request: Any) -> set[int]:
    return {record["id"] for record in _records(request)}


def _has_proved(request: Any, proofs: set[int]) -> bool:
    """With the application of a phone, or with a code that stands in for it; codes alone are no second factor."""
    if not proofs:
        return False
    own = dict(Authenticator.objects.filter(user=request.user).values_list("pk", "type"))
    return Authenticator.Type.TOTP in own.values() and not proofs.isdisjoint(own)
