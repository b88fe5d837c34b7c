"""Small facts kept in the memory of a process for a while, so that a search asks the database for nothing twice."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from cachetools.func import ttl_cache

P = ParamSpec("P")
R = TypeVar("R")
MAX_KEPT = 5_000
_forget_one: list[Callable[[], None]] = []


def remembered(*, seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps what a function of hashable arguments answered; a fact may be that much out of date."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cached = ttl_cache(MAX_KEPT, seconds)(function)
        _forget_one.append(cached.cache_clear)
        return cached

    return decorate


def forget() -> None:
    """Empties it all, for tests and for a process that has just changed what it remembers."""
    for forget_one in _forget_one:
        forget_one()
