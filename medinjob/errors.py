"""Error pages that say what happened and what to do next."""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from accounts import unsent


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Who wrote in a form of ours, and whose session has ended since, finds their words again."""
    said = unsent.refused_by_csrf(request)
    return said if isinstance(said, HttpResponse) else render(request, "errors/csrf.html", said, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django takes a session that could not be written for one that was deleted meanwhile."""
    if isinstance(exception, SessionInterrupted) and any(map(stores_nothing, _behind(exception))):
        return unavailable(request)
    return defaults.bad_request(request, exception)


def _behind(error: BaseException) -> Iterator[BaseException]:
    while cause := error.__cause__ or error.__context__:
        yield cause
        error = cause


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The text of the `PermissionDenied` is said to the reader: write it for them."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/429.html", status=429)


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request context: whatever broke (database, session) must not break the page that says so."""
    if stores_nothing(sys.exc_info()[1]):
        return unavailable(request)
    return HttpResponse(render_to_string("errors/500.html", {"site_facts": settings.SITE}), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """What was sent is not saved; the browser still has it."""
    sent = request.method not in {"GET", "HEAD", "OPTIONS"}
    page = render_to_string("errors/503.html", {"site_facts": settings.SITE, "sent": sent})
    return HttpResponse(page, status=503, headers={"Retry-After": "120", "Cache-Control": "no-store"})


def stores_nothing(error: BaseException | None) -> bool:
    """Was it the database (full, locked, away, damaged) or the disk, and no fault of the code?"""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if isinstance(error, (IntegrityError, ProgrammingError)):
        return False
    damaged = type(error) is DatabaseError and isinstance(error.__cause__, sqlite3.DatabaseError)
    return damaged or isinstance(error, (OperationalError, InterfaceError))
