"""The circuit breaker of the engine: after a failure no request asks the engine for some seconds, and the database
answers instead."""

import logging
import time

from search.engines import get_engine
from search.engines.base import Engine, EngineError

log = logging.getLogger(__name__)


class CircuitBreaker:
    """Opens at a failure, and closes by itself after `seconds`."""

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


breaker = CircuitBreaker(seconds=30)


def available_engine() -> Engine:
    """The engine; raises `EngineError` at once while the circuit breaker is open."""
    if breaker.is_open:
        raise EngineError("The engine failed a moment ago.")
    return get_engine()


def record_failure(error: EngineError) -> None:
    """Opens the circuit breaker, and logs the failure once."""
    if not breaker.is_open:
        log.error("The search engine failed: %s", error)
        breaker.trip()
