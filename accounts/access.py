"""The door of staff pages; their second factor is asked for by `accounts.middleware`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.rules import is_staff


def has_second_factor(user: Any) -> bool:
    """Or need none (`STAFF_MFA`)."""
    return not settings.STAFF_MFA or is_mfa_enabled(user, [Authenticator.Type.TOTP])


def staff_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anonymous: to the sign-in page and back. Anybody else who is not staff: 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise PermissionDenied(_("Cette page est réservée à l’équipe de Medinsoft."))
        return view(request, *args, **kwargs)

    return guarded
