"""Our engines side by side in one process, each asked through `search()`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from bench.servers import ALIAS
from search.criteria import SearchCriteria
from search.engines import circuit_breaker, get_engine
from search.engines.base import Engine
from search.service.results import ResultPage
from search.service.search import search

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
        circuit_breaker.get_engine = lambda: engine  # type: ignore[assignment]
        return ask(what)

    return asked


def through(engine: Engine) -> Callable[[SearchCriteria], int]:
    """`search()` on this engine, and the marks of what it found, as on a page; what it gives is the total."""
    return using(engine, _marked)


def unmarked(engine: Engine) -> Callable[[SearchCriteria], ResultPage]:
    """`search()` alone, as programs ask it: marks are made when a result is shown."""
    return using(engine, _answered)


def _marked(criteria: SearchCriteria) -> int:
    result = _answered(criteria)
    for hit in result.hits:
        assert hit.title_html
        assert hit.excerpt_html is not None
    return result.total


def _answered(criteria: SearchCriteria) -> ResultPage:
    result = search(criteria)
    assert not result.degraded
    return result
