"""Our engines side by side in one process, each asked through `search()`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from bench.servers import ALIAS
from search import availability
from search.criteria import SearchCriteria
from search.engine import search
from search.engines import get_engine
from search.engines.base import Engine

# Nothing is given up here: a slow answer is a figure too.
PATIENCE = 60.0


def choose(url: str) -> Engine:
    """From here on this is the engine of the settings."""
    settings.SEARCH_URL, settings.SEARCH_ALIAS, settings.SEARCH_PATIENCE = url, ALIAS, PATIENCE
    get_engine.cache_clear()
    return get_engine()


def using(engine: Engine, ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`ask`, with this engine behind `search()` whatever the settings say."""

    def asked(what: Any) -> Any:
        availability.get_engine = lambda: engine  # type: ignore[assignment]
        return ask(what)

    return asked


def through(engine: Engine) -> Callable[[SearchCriteria], int]:
    """`search()` on this engine; what it gives is the total."""
    return using(engine, _total)


def _total(criteria: SearchCriteria) -> int:
    result = search(criteria)
    assert not result.degraded
    return result.total
