from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search.availability import breaker
from search.engines import get_engine
from search.indexing import rebuild
from search.memory import forget


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """`index()` puts the offers made so far into an index of this test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"

    def bring_up_to_date() -> None:
        forget()
        breaker.reset()
        rebuild()

    get_engine.cache_clear()
    yield bring_up_to_date
    get_engine.cache_clear()
    forget()
    breaker.reset()
