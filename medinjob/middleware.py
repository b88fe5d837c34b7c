"""What no view should have to think of."""

import logging
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers

log = logging.getLogger(__name__)
NUL = "\x00"

SECRETS = {"token", "key"}
"""What a secret is called in our addresses, and in allauth's."""


class PrivateAnswers:
    """What somebody gets who is signed in, or by a link that only its reader has, is kept by no browser and no proxy,
    and the link is told to no other site. What a view itself calls public (a logo, suggestions) stays so. `no-referrer`
    would send forms without an origin, which the CSRF check refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        secret = match is not None and not SECRETS.isdisjoint(match.kwargs)
        if secret:
            answer["Referrer-Policy"] = "same-origin"
        if secret or _is_personal(request, answer):
            add_never_cache_headers(answer)
        return answer


def _is_personal(request: HttpRequest, answer: HttpResponse) -> bool:
    """Asked only of who brings a session: a question about it makes a public page depend on cookies."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or "public" in answer.get("Cache-Control", ""):
        return False
    return bool(request.user.is_authenticated)


class AddressesWithoutNul:
    """Nothing has an address with a NUL in it (`/b/%00/`): PostgreSQL would refuse the very question with an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if NUL in request.path_info:
            raise Http404


class LenientSessions(SessionMiddleware):
    """A page that is only read is shown even where its session cannot be written (a full disk): what is lost is that a
    message was read."""

    def process_response(self, request: Any, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, DatabaseError) as error:
            if request.method not in {"GET", "HEAD"} or not isinstance(error.__context__, Exception):
                raise
            log.warning("A session could not be written: %s", type(error).__name__)
            return response


class PagesOfPosts:
    """An address that only takes a form, asked for as a page (after a sign-in, a change of language, a reload), leads
    to the page it belongs to: the nearest address above it. One that takes only forms too leads further up. The API
    keeps its 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method not in {"GET", "HEAD"}:
            return answer
        return answer if request.path_info.startswith("/api/") else redirect(_page_above(request))


def _page_above(request: HttpRequest) -> str:
    parts = request.path_info.strip("/").split("/")
    script = request.META.get("SCRIPT_NAME", "")
    while parts := parts[:-1]:
        path = "/" + "/".join(parts) + "/"
        with suppress(Resolver404):
            resolve(path)
            return script + path
    return reverse("home")
