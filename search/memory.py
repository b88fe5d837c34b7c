"""Small facts kept in the memory of a process for a while, so that a search asks the database for nothing twice."""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
MAX_KEPT = 5_000
_kept: list[dict[object, tuple[float, object]]] = []


def remembered(*, seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps what a function of hashable arguments answered; a fact may be that much out of date."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: dict[object, tuple[float, object]] = {}
        _kept.append(kept)

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            now = time.monotonic()
            found = kept.get(key)
            if found is None or found[0] < now:
                if len(kept) >= MAX_KEPT:
                    kept.clear()
                found = kept[key] = (now + seconds, function(*args, **kwargs))
            return found[1]  # type: ignore[return-value]

        return wrapper

    return decorate


def forget() -> None:
    """Empties it all, for tests and for a process that has just changed what it remembers."""
    for kept in _kept:
        kept.clear()
