import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone, translation
from pytest_django.plugin import blocking_manager_key

from medinjob.health import last
from referentials.selectors import forget_places
from referentials.selectors.occupations import forget_occupations
from search.engines import get_engine
from search.engines.circuit_breaker import breaker
from search.engines.elastic import connect
from search.indexing.rebuild import rebuild
from search.memory import clear_caches
from tests import any_order
from tests.lock_order import LockOrder
from tests.ours import is_ours
from tests.places import lived_in  # noqa: F401 - a fixture
from tests.race import look, race  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

if not os.environ.get("CI"):  # hypothesis has a profile for CI, where a slow machine is no failure either
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile("busy")

ROWS_OF_MIGRATIONS = pytest.StashKey[str]()


def absent(reason: str) -> NoReturn:
    """What is not here skips a test, except in CI, where it fails it."""
    if os.environ.get("MEDINJOB_REQUIRE_SERVICES"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[None]:
    """PostgreSQL drops no database that somebody still uses: who does is said, and sent away."""
    with request.config.stash[blocking_manager_key].unblock():
        ours = [model for config in apps.get_app_configs() if is_ours(config) for model in config.get_models()]
        rows = [row for model in ours for row in model._base_manager.all()]
        request.config.stash[ROWS_OF_MIGRATIONS] = serializers.serialize("json", rows)
    yield
    if connection.vendor != "postgresql":
        return
    connection.close()
    given = connection.get_connection_params()
    with psycopg.connect(
        **{name: given[name] for name in ("host", "port", "user", "password")}, dbname="postgres"
    ) as db:
        sent_away = "SELECT state, left(query, 200), pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        for state, query, _ in db.execute(sent_away, [given["dbname"]]):
            print("A connection is left open:", state, query)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: Any) -> Any:
    """After the test database: before it, the database is one in memory, and the live server gives all its threads the
    one connection. Two requests at once then end the process (a segmentation fault in SQLite)."""
    return live_server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with transactions of its own empties every table when it ends, also those that migrations filled (grounds
    of refusal). They are filled again, or what comes next would pass or fail by the order of the files."""
    yield
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    emptied = (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(names)
    if emptied and nextitem is not None and (kept := item.config.stash.get(ROWS_OF_MIGRATIONS, "")):
        with item.config.stash[blocking_manager_key].unblock():
            for row in serializers.deserialize("json", kept):
                row.save()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Services take their locks in one order, whatever the test is about."""
    order = LockOrder()
    with connection.execute_wrapper(order):
        yield
    if not item.get_closest_marker("no_lock_order"):
        assert order.wrong == []


@pytest.fixture(autouse=True)
def _empty_cache():
    """Throttles and rate limits count from zero in each test; nothing of another one is remembered."""
    cache.clear()
    clear_caches()
    breaker.reset()
    last.forget()
    forget_places()
    forget_occupations()


@pytest.fixture(autouse=True)
def _force_login_proves_the_factor() -> Iterator[None]:
    """`client.force_login` stands for somebody who has proved all they have. A real request signs in by itself."""

    def prove(request: Any, user: Any, **_: Any) -> None:
        factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if request.method is None and factor:
            record_authentication(request, user, "mfa", id=factor.pk, type=factor.type, reauthenticated=True)

    user_logged_in.connect(prove, weak=False, dispatch_uid="tests.prove")
    yield
    user_logged_in.disconnect(dispatch_uid="tests.prove")


@pytest.fixture(autouse=True)
def _french():
    """A request leaves its language to the thread: each test begins in French."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def still(time_machine: Any) -> None:
    """The clock stands: a link signed twice, by the page and by the test, is the same."""
    time_machine.move_to(timezone.now(), tick=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real offers beside the checkout; a test that needs it skips where it is absent, except in CI."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared/data (real offers) is required in CI and not beside this checkout")
        absent("../shared/data (real offers) is not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def tantivy(settings: Any) -> None:
    """The embedded engine answers."""
    settings.SEARCH_URL = "tantivy:"


@pytest.fixture(scope="session")
def elasticsearch_key() -> Iterator[tuple[str, str]]:
    """The address of the server and a key with the privileges that `docs/operate.md` asks for, no more."""
    url = os.environ.get("MEDINJOB_TEST_ELASTICSEARCH_URL")
    if not url:
        absent("MEDINJOB_TEST_ELASTICSEARCH_URL names no Elasticsearch (.ci/elasticsearch start)")
    # The first key of a new server makes its index, which takes seconds.
    with connect(url).options(request_timeout=60) as client:
        body = json.loads((ROOT / "deploy" / "elasticsearch-key.json").read_text(encoding="utf-8"))
        key = client.security.create_api_key(**body, expiration="6h")
        yield url, key["encoded"]
        client.security.invalidate_api_key(ids=[key["id"]])


@pytest.fixture
def elasticsearch(elasticsearch_key: tuple[str, str], settings: Any) -> Iterator[None]:
    """A real Elasticsearch answers, from indexes of this test's own."""
    settings.SEARCH_URL, settings.SEARCH_API_KEY = url, key = elasticsearch_key
    settings.SEARCH_ALIAS = alias = f"medinjob-test-{uuid4().hex}"
    # A test machine has more to do than answer.
    settings.SEARCH_PATIENCE = 20.0
    yield
    with connect(url, api_key=key) as client:
        if names := list(client.indices.get_alias(index=f"{alias}-*").body):
            client.indices.delete(index=names)


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """`index()` puts the offers made so far into an index of this test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"

    def bring_up_to_date() -> None:
        clear_caches()
        breaker.reset()
        rebuild()

    get_engine.cache_clear()
    yield bring_up_to_date
    get_engine.cache_clear()


def pytest_configure() -> None:
    SQLCompiler.execute_sql = any_order.execute_at_random  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that failed by the order of rows fails again with the same seed, alone too."""
    any_order.order.seed(f"{item.config.getoption('randomly_seed', 0)} {item.nodeid}")


SERVED = {"db", "django_db_setup", "transactional_db", "live_server", "elasticsearch_key"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks a database or a search engine, by the fixtures it uses: `make check-services` plays that again on
    PostgreSQL and Elasticsearch. All else gives there what it gave in `make check`."""
    for item in items:
        if item.get_closest_marker("django_db") or SERVED & set(getattr(item, "fixturenames", ())):
            item.add_marker("served")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Workers must agree on names: a signed token or packed bytes differ from one process to the next."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 60) else None
