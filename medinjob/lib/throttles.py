"""The API's limits, counted like all others."""

from time import time
from typing import Any

from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from medinjob.lib.clients import network_of
from medinjob.lib.limits import within_limit


class _Counted(SimpleRateThrottle):
    """The framework's own keeps a list that two requests at once both read before either writes."""

    num_requests: int | None
    duration: int

    def allow_request(self, request: Any, view: Any) -> bool:
        key = self.get_cache_key(request, view)
        if key is None or self.num_requests is None:
            return True
        return within_limit(f"api-{self.scope}", key, most=self.num_requests, seconds=self.duration)

    def wait(self) -> float:
        """Until the next window."""
        return self.duration - time() % self.duration

    def get_ident(self, request: Any) -> str:
        return network_of(request)


class AnonThrottle(_Counted, AnonRateThrottle):
    """Visitors, by network."""


class UserThrottle(_Counted, UserRateThrottle):
    """People who are signed in, each by account; visitors by network."""
