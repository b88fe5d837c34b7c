"""Staff see everybody's data: their pages ask for a second factor. A browser where one is signed in is noted. What is
written in a form whose session has ended is not lost."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import services, unsent
from accounts.access import has_fresh_factor, has_second_factor, to_prove_factor, to_second_factor
from accounts.authors import note_author
from accounts.enums import SESSION_NOTED_EVERY
from accounts.rules import is_staff

STAFF_PAGES = re.compile(r"(?:[a-z]{2}/)?(?:equipe/|forum/<slug:slug>/entree/)")
FACTOR_PAGES = {
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_email",
    "staff-factor",
}
"""Whoever has a factor proves it anew before these: a session left open, or a password, is not enough."""

NOTED = "session_noted"


class StaffSecondFactor:
    """Every page below /equipe/, and the door of a forum, leads staff whose session has not proved a factor to do it,
    or to set one up (`STAFF_MFA`). So do the pages that change a factor, for everybody who has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None:
            return None
        if STAFF_PAGES.match(match.route) and is_staff(request.user) and not has_second_factor(request):
            return to_second_factor(request)
        if match.url_name in FACTOR_PAGES and _must_prove(request):
            return to_prove_factor(request)
        return None


class UnsentForms:
    """A form sent after the end of its session: what was written is kept, and comes back after the sign-in on the page
    of the form (`accounts.unsent`). What a script sends by itself has its words on the page still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        door = unsent.door_of(answer)
        if door and "HX-Request" in request.headers:
            answer = self._part_of_a_page(request, answer, door)
        elif request.method == "POST" and not unsent.is_background(request):
            answer = unsent.turned_away(request, answer, door) if door else answer
        elif request.method == "GET":
            answer = unsent.bring_back(request, answer)
        if request.method == "POST" and not door and not _is_preview(request):
            unsent.sent(request, answer)
        note_author(request, answer)
        return answer

    def _part_of_a_page(self, request: HttpRequest, answer: HttpResponse, door: str) -> HttpResponse:
        """htmx would put the sign-in page into a corner of the page: a form leads there, the rest stays as it is."""
        if request.method != "POST" or _is_preview(request):
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        away = unsent.turned_away(request, answer, door)
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": away["Location"]})


class NotedSessions:
    """Once an hour, or when its key has changed, a signed-in session is written down for its owner's list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A visitor without a session is not asked for one: their pages stay cacheable.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_due(request) and request.user.is_authenticated:
            note(request, request.user)
        return self.get_response(request)


def _is_preview(request: HttpRequest) -> bool:
    """htmx sends by itself what is typed, to show it: that is not the form."""
    return "HX-Request" in request.headers and unsent.is_background(request)


def note(request: HttpRequest, user: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    key = request.session.session_key or ""
    address = ""
    with suppress(PermissionDenied):  # its word for a request without an address
        address = get_adapter().get_client_ip(request)
    services.note_session(user=user, key=key, agent=request.META.get("HTTP_USER_AGENT", ""), address=address)
    request.session[NOTED] = [key, int(time.time())]


def _is_due(request: HttpRequest) -> bool:
    key, at = request.session.get(NOTED) or ("", 0)
    return key != request.session.session_key or time.time() - at > SESSION_NOTED_EVERY.total_seconds()


def _must_prove(request: HttpRequest) -> bool:
    return is_mfa_enabled(request.user, [Authenticator.Type.TOTP]) and not has_fresh_factor(request)
