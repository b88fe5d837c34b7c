import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from referentials.selectors import forget_places
from referentials.selectors.occupations import forget_occupations
from search.availability import breaker
from search.engines import get_engine
from search.indexing import rebuild
from search.memory import forget
from tests.race import look, race  # noqa: F401 - fixtures

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _empty_cache():
    """Throttles and rate limits count from zero in each test; no commune or occupation of another one is remembered."""
    cache.clear()
    forget_places()
    forget_occupations()


@pytest.fixture(autouse=True)
def _french():
    """A request leaves its language to the thread: each test begins in French."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real offers beside the checkout; a test that needs it skips where it is absent, except in CI."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("MEDINJOB_REQUIRE_SERVICES"):
            pytest.fail("../shared/data is required here and absent")
        pytest.skip("../shared/data (real offers) is not beside this checkout")
    return SHARED_DATA


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


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Workers must agree on names: a signed token or packed bytes differ from one process to the next."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 60) else None
