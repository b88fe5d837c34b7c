"""What no view should have to think of."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

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
