"""Staff see everybody's data: their pages ask for a second factor."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.access import has_second_factor
from accounts.rules import is_staff

STAFF_PAGES = re.compile(r"(?:[a-z]{2}/)?(?:equipe/|forum/<slug:slug>/entree/)")


class StaffSecondFactor:
    """Every page below /equipe/, and the door of a forum, leads staff without a factor to set one up (`STAFF_MFA`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not STAFF_PAGES.match(match.route) or not is_staff(request.user):
            return None
        if has_second_factor(request.user):
            return None
        messages.warning(request, _("Les pages de l’équipe demandent la double authentification : activez-la ici."))
        return redirect("mfa_activate_totp")
