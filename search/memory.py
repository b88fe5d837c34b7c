"""A cache with a time limit in the memory of a process: names, places and labels that a search would else read from the
database each time."""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
MAX_ENTRIES = 5_000
_caches: list[dict[object, tuple[float, object]]] = []


def cached_for(*, seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Caches the results of a function of hashable arguments for some seconds."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cache: dict[object, tuple[float, object]] = {}
        _caches.append(cache)

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            now = time.monotonic()
            entry = cache.get(key)
            if entry is None or entry[0] < now:
                if len(cache) >= MAX_ENTRIES:
                    cache.clear()
                entry = cache[key] = (now + seconds, function(*args, **kwargs))
            return entry[1]  # type: ignore[return-value]

        return wrapper

    return decorate


def clear_caches() -> None:
    """Empties every cache: for tests, and for a process that has just changed what is cached."""
    for cache in _caches:
        cache.clear()
