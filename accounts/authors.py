"""Who wrote in a form whose session has ended.

A form carries a token made from the CSRF secret of this browser, and each sign-in gives the browser a new secret. A
signed cookie keeps which account the last secrets belonged to, so the token says whose form it was, also when somebody
else has signed in since, and proves that the form was ours."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.crypto import salted_hmac

from accounts.enums import SESSION_LONGEST
from accounts.models import User

COOKIE = "medinjob_forms"
KEPT = SESSION_LONGEST + timedelta(days=1)
SALT = "accounts.authors"
SECRETS_MOST = 6


def author_of(request: HttpRequest) -> User | None:
    """The account that the posted form was made for; None if this browser cannot prove it."""
    token = request.POST.get("csrfmiddlewaretoken", "") or request.headers.get("X-CSRFToken", "")
    secret = _secret(token)
    pk = _known(request).get(_digest(secret)) if secret else None
    return User.objects.filter(pk=pk, is_active=True).first() if pk else None


def note_author(request: HttpRequest, answer: HttpResponse) -> None:
    """A page with a form goes to somebody who is signed in. What they opened before they signed in is theirs too."""
    if not request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or not request.session.accessed:
        return
    if not request.user.is_authenticated:
        return
    known = _known(request)
    before = _secret(request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    digests = [_digest(secret) for secret in (before, request.META["CSRF_COOKIE"]) if secret]
    new: dict[str, Any] = {digest: request.user.pk for digest in digests if digest not in known}
    if not new:
        return
    answer.set_cookie(
        COOKIE,
        signing.dumps(list((known | new).items())[-SECRETS_MOST:], salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, int]:
    try:
        return {str(digest): int(pk) for digest, pk in signing.loads(request.COOKIES[COOKIE], salt=SALT, max_age=KEPT)}
    except (KeyError, signing.BadSignature, TypeError, ValueError):
        return {}


def _secret(token: str) -> str:
    """Django masks it anew on each page; its cookie has it bare."""
    if not (token.isascii() and token.isalnum()):
        return ""
    if len(token) == csrf.CSRF_TOKEN_LENGTH:
        return str(csrf._unmask_cipher_token(token))  # type: ignore[attr-defined]
    return token if len(token) == csrf.CSRF_SECRET_LENGTH else ""


def _digest(secret: str) -> str:
    return salted_hmac(SALT, secret).hexdigest()[:20]
