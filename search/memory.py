"""A cache with a time limit in the memory of a process: names, places and labels that a search would else read from the
database each time."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from cachetools.func import ttl_cache

P = ParamSpec("P")
R = TypeVar("R")
MAX_ENTRIES = 5_000
_clear: list[Callable[[], None]] = []


def cached_for(*, seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Caches the results of a function of hashable arguments for some seconds."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cached = ttl_cache(MAX_ENTRIES, seconds)(function)
        _clear.append(cached.cache_clear)
        return cached

    return decorate


def clear_caches() -> None:
    """Empties every cache: for tests, and for a process that has just changed what is cached."""
    for clear in _clear:
        clear()
