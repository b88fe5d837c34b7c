"""A form that is refused because the session has ended gives its words back after the sign-in.

`UnsentForms` (accounts.middleware) and the CSRF failure page call this: no view has to think of it."""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts import services
from accounts.authors import author_of
from accounts.models import UnsentForm, User
from medinjob.lib.refill import insert_into_main, refill

MARK = "repris"
"""In the address of a page: put back what this row has."""
WAITING = "unsent_forms"
"""In the session: does its owner have some that they have not seen again?"""
BACKGROUND = "fetch"
"""What a script of ours that posts by itself says in X-Requested-With."""
ENDED = "X-Session-Ended"

ENTRANCES = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_from_key",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
}
"""Pages of passwords and codes: nothing of them is kept, and being sent to one of these is being turned away."""
DOORS = ("account_login", "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp")
SECRETS = re.compile(r"csrfmiddlewaretoken|password|passwd|token|secret|otp|recovery|^code$", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")


def is_background(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == BACKGROUND


def is_own_origin(request: HttpRequest) -> bool:
    """False if the browser says that another site sent this."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return (origin is None or origin in own) and site in {None, "same-origin"}


def door_of(answer: HttpResponse) -> str:
    """The path of the page where one signs in, or proves who one is, if the answer leads there; else ""."""
    if answer.status_code not in {301, 302, 303}:
        return ""
    path = urlsplit(answer.get("Location", "")).path
    return path if path in {reverse(name) for name in DOORS} else ""


def keep(request: HttpRequest, user: User) -> UnsentForm | None:
    old = request.POST.get(MARK, "")
    words = words_of(request)
    row = services.keep_unsent(
        user=user, page=page_of(request), action=request.path, words=words, had_files=any(request.FILES.values())
    )
    if row and old:
        services.forget_unsent(user=user, token=old)
    return row


def words_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed and chosen; no password, no code, nothing of a page of those."""
    if _url_name(request) in ENTRANCES:
        return []
    return [
        (name, value.replace("\x00", ""))
        for name, values in request.POST.lists()
        for value in values
        if name != MARK and not SECRETS.search(name)
    ]


def page_of(request: HttpRequest) -> str:
    """The page that has the form: the one it came from, else the address it was sent to (`PagesOfPosts`)."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.scheme in {"http", "https"}:
        with suppress(Resolver404):
            script = request.META.get("SCRIPT_NAME", "")
            match = resolve(came_from.path.removeprefix(script))
            if match.url_name not in ENTRANCES:
                return without_mark(urlunsplit(("", "", came_from.path, came_from.query, "")))
    return without_mark(request.get_full_path())


def with_mark(address: str, token: str) -> str:
    parts = urlsplit(without_mark(address))
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), (MARK, token)])
    return urlunsplit(("", "", parts.path, query, parts.fragment))


def without_mark(address: str) -> str:
    parts = urlsplit(address)
    if MARK not in parts.query:
        return address
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != MARK]
    return urlunsplit(("", "", parts.path, urlencode(query), parts.fragment))


def turned_away(request: HttpRequest, answer: HttpResponse, door: str) -> HttpResponse:
    """To the same door, and from there to the page of the form, filled. Nothing is sent by itself: allauth would send
    the request again that it has put aside."""
    if STATE_SESSION_KEY in request.session and "request" in request.session[STATE_SESSION_KEY]:
        del request.session[STATE_SESSION_KEY]
    if _url_name(request) in ENTRANCES:
        return answer
    signed_in = isinstance(request.user, User)
    author = request.user if isinstance(request.user, User) else author_of(request)
    row = keep(request, author) if author else None
    if row is None:
        return answer
    if signed_in:
        request.session[WAITING] = True
    return redirect(f"{door}?{urlencode({'next': with_mark(row.page, row.token)})}")


def refused_by_csrf(request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """The token is of before the last sign-in, or of a session that has ended. Another answer than the failure page, or
    what that page has to say."""
    if is_background(request):
        return HttpResponse(status=403, headers={ENDED: "1"})
    if not is_own_origin(request):
        return {}
    author = author_of(request)
    if author is None:
        said = {request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")} - {None}
        return {"words": readable(words_of(request))} if said else {}
    if _url_name(request) in ENTRANCES:
        messages.info(request, _("Rien n’a été envoyé : vous vous êtes connecté ou déconnecté depuis. Recommencez."))
        return redirect(request.get_full_path())
    return _back_to_author(request, author)


def _back_to_author(request: HttpRequest, author: User) -> dict[str, Any] | HttpResponse:
    row = keep(request, author)
    if row is None:
        return {"words": readable(words_of(request))}
    page = with_mark(row.page, row.token)
    if request.user == author:
        return redirect(page)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page})}")
    return {"kept_for_another": True}


def bring_back(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A page asked for with the mark is shown filled; any other says that something waits."""
    token = request.GET.get(MARK, "")
    if not _may_have_words(request, answer) or not isinstance(request.user, User):
        return answer
    rows = UnsentForm.objects.of(request.user)
    if token:
        row = rows.filter(token=token).first()
        return _brought_back(request, answer, row) if row else answer
    if request.session.get(WAITING) and _is_page(answer):
        waiting = [(row.created_at, with_mark(row.page, row.token)) for row in rows.waiting()]
        if not waiting:
            del request.session[WAITING]
            return answer
        _insert(answer, render_to_string("accounts/unsent_waiting.html", {"waiting": waiting}, request))
    return answer


def sent(request: HttpRequest, answer: HttpResponse) -> None:
    """The form was taken: its row is no longer needed. One that comes back with errors still has its words."""
    token = request.POST.get(MARK, "")
    if token and answer.status_code < 400 and isinstance(request.user, User):
        services.forget_unsent(user=request.user, token=token)


def readable(words: list[tuple[str, str]]) -> str:
    """What a person may want to copy: numbers and boxes are left out."""
    texts = dict.fromkeys(value.strip() for _name, value in words if len(value) > 2 and LETTER.search(value))
    return "\n\n".join(texts)


def _brought_back(request: HttpRequest, answer: HttpResponse, row: UnsentForm) -> HttpResponse:
    location = answer.get("Location", "")
    if location.startswith("/") and not location.startswith("//") and not door_of(answer):
        answer["Location"] = with_mark(location, row.token)
        return answer
    if not _is_page(answer):
        return answer
    words = [(name, value) for name, value in row.words]
    languages = [code for code, _name in settings.LANGUAGES]
    mark = f'<input type="hidden" name="{MARK}" value="{row.token}">'
    here = request.get_full_path()
    filled = refill(_text(answer), words, page=here, action=row.action, mark=mark, languages=languages)
    left = readable(filled.left)
    context = {"row": row, "form_id": filled.form_id, "left": left, "written": bool(left) or filled.seen}
    answer.content = filled.html.encode(answer.charset)
    _insert(answer, render_to_string("accounts/unsent_back.html", context, request))
    services.open_unsent(row=row)
    return answer


def _insert(answer: HttpResponse, part: str) -> None:
    answer.content = insert_into_main(_text(answer), part).encode(answer.charset)


def _may_have_words(request: HttpRequest, answer: HttpResponse) -> bool:
    """A page for everybody stays without a question about who asks."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and (MARK in request.GET or request.session.accessed)


def _is_page(answer: HttpResponse) -> bool:
    return not answer.streaming and answer.get("Content-Type", "").startswith("text/html")


def _text(answer: HttpResponse) -> str:
    return answer.content.decode(answer.charset)


def _url_name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""
