"""Browsers from which somebody has signed in: failures of strangers elsewhere do not shut them out.

Failed attempts on an account are counted for each place apart: for a known browser by itself, else for the account and
the network that asks (allauth's `login_failed`). So whoever guesses shuts out only themselves. All networks together
have a far higher limit on one account; past it an unknown browser is let in by the link of a mail only (a new
password), which makes it known. A browser is known by a signed cookie for one address, kept a year; copied, it is worth
five attempts every five minutes. This is OWASP's "device cookie"."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "medinjob_device"
KEPT = timedelta(days=365)
SALT = "accounts.device"


def known_device(request: HttpRequest, login: str) -> str:
    """The name of this browser if it is known for `login`, else ""."""
    for token in (request.COOKIES.get(COOKIE), request.session.get(COOKIE)):
        try:
            name, owner = signing.loads(token or "", salt=SALT, max_age=KEPT)
        except (signing.BadSignature, TypeError, ValueError):
            continue
        if owner == _owner(login):
            return str(name)
    return ""


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """After a sign-in."""
    if known_device(request, login) and COOKIE in request.COOKIES:
        return
    response.set_cookie(
        COOKIE,
        _token(login),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def trust(request: HttpRequest, login: str) -> None:
    """Until the sign-in that follows: this browser has opened the link of a mail."""
    request.session[COOKIE] = _token(login)


def _token(login: str) -> str:
    return signing.dumps([secrets.token_urlsafe(9), _owner(login)], salt=SALT)


def _owner(login: str) -> str:
    return salted_hmac(SALT, login.strip().lower()).hexdigest()[:20]
