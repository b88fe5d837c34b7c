"""Whoever writes to an edition that is closed is told so, and what to do instead, whatever page they came from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forums.errors import ClosedError


class ClosedEditions:
    """A page that has no better place for a `ClosedError` answers 409 with its text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ClosedError):
            return None
        return render(request, "forums/closed.html", {"reason": str(error)}, status=409)
