"""What no view should have to think of."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse

log = logging.getLogger(__name__)
NUL = "\x00"


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
