"""Is the engine there? One that has just failed is spared: for a while nobody asks it, and the database answers."""

import logging
import time

from search.engines import get_engine
from search.engines.base import Engine, EngineError

log = logging.getLogger(__name__)


class Breaker:
    """Opens at a failure and closes by itself after `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._until

    def trip(self) -> None:
        self._until = time.monotonic() + self.seconds

    def reset(self) -> None:
        self._until = 0.0


breaker = Breaker(seconds=30)


def available_engine() -> Engine:
    """The engine, or `EngineError` at once while it is spared."""
    if breaker.is_open:
        raise EngineError("The engine failed a moment ago.")
    return get_engine()


def failed(error: EngineError) -> None:
    """Says it once, and spares the engine for a while."""
    if not breaker.is_open:
        log.error("The search engine failed: %s", error)
        breaker.trip()
