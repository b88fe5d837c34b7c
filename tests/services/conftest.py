"""Places for the tests of whole sites: a SQLite file, or a database of their own on the PostgreSQL of
`MEDINJOB_TEST_DATABASE_URL`; a Redis of their own, to be killed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from search.engines.elastic import connect
from tests.accounts.smtp_server import smtp_server
from tests.conftest import absent
from tests.services.containers import TIMES, Podman, base_image, require_podman, step
from tests.services.site import Site, free_port, listens, wait_for


@pytest.fixture(scope="session", autouse=True)
def _only_when_asked() -> None:
    """These take minutes, also those that need no service: `make check-services` runs them, `make test` says so."""
    if not os.environ.get("MEDINJOB_TEST_SERVICES"):
        absent("sites of whole processes: make check-services runs them")


@contextmanager
def database(template: str = "template1") -> Iterator[str]:
    """The URL of a PostgreSQL database, a copy of `template`, dropped afterwards."""
    url = os.environ.get("MEDINJOB_TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        absent('PostgreSQL is absent: make services, then eval "$(deploy/services.sh test-env)"')
    name = f"medinjob_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database that was migrated, and to which nobody is connected."""
    with database() as url:
        Site(tmp_path_factory.mktemp("migrated"), DATABASE_URL=url).manage("migrate", "--verbosity", "0")
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
def mail_server():
    with smtp_server() as server:
        yield server


class Redis:
    """A Redis that keeps its queue on disk, as in deploy/compose.yaml."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--appendonly", "yes",
             "--appendfsync", "always", "--dir", str(self.folder), "--logfile", "redis.log"]
        )  # fmt: skip
        wait_for(lambda: listens(self.port), what="Redis")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not shutil.which("redis-server"):
        absent("Redis is absent: apt install redis-server")
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site that was migrated and did nothing else. Migrations take ten seconds of processor, and
    some thirty tests begin with a site: they copy this one (test_upgrade.py and test_install.py run the migrations)."""
    folder = tmp_path_factory.mktemp("migrated")
    Site(folder).manage("migrate", "--verbosity", "0")
    return folder


@pytest.fixture
def new_site(tmp_path: Path, migrated: Path) -> Iterator[Callable[..., Site]]:
    """`new_site()`: an empty Medinjob with its schema; its processes end with the test. In the place of its SQLite file
    `DATABASE_URL` may name another database that has the schema."""
    sites: list[Site] = []

    def make(**settings: object) -> Site:
        folder = tmp_path / f"site{len(sites)}"
        unused = shutil.ignore_patterns("*.sqlite3*") if "DATABASE_URL" in settings else None
        shutil.copytree(migrated, folder, ignore=unused)
        sites.append(site := Site(folder, **settings))
        return site

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def elastic(elasticsearch_key: tuple[str, str]) -> Iterator[dict[str, str]]:
    """The settings of an index of this test's own on the real Elasticsearch, by a key of the least privileges."""
    url, key = elasticsearch_key
    alias = f"medinjob-test-{uuid4().hex}"
    yield {"SEARCH_URL": url, "SEARCH_API_KEY": key, "SEARCH_ALIAS": alias, "SEARCH_PATIENCE": 20}
    with connect(url, api_key=key) as client:
        if names := list(client.indices.get_alias(index=f"{alias}-*").body):
            client.indices.delete(index=names)


@pytest.fixture
def services_site(
    new_site: Callable[..., Site], migrated_postgres: str, redis: Redis, elastic: dict[str, str]
) -> Iterator[Callable[..., Site]]:
    """The same on PostgreSQL, Redis (queue and cache) and Elasticsearch."""
    redis_settings = {"BROKER_URL": f"{redis.url}/0", "CACHE_URL": f"rediscache://{redis.url[8:]}/1"}
    with database(migrated_postgres) as url:
        yield lambda **settings: new_site(**{"DATABASE_URL": url, **redis_settings, **elastic, **settings})


@pytest.fixture(scope="session")
def podman() -> Iterator[Podman]:
    """Podman with an image of Debian's smallest set, which test_containers.py and test_install.py share. All of it goes
    afterwards; its images stay in the folder that MEDINJOB_TEST_CONTAINERS_DIR names, for who works on these tests."""
    require_podman()
    kept = os.environ.get("MEDINJOB_TEST_CONTAINERS_DIR")
    podman = Podman(Path(kept or tempfile.mkdtemp(prefix="medinjob-containers-", dir="/var/tmp")), kept=bool(kept))
    try:
        base_image(podman)
        yield podman
    finally:
        with step("clean up"):
            podman.clear() if kept else podman.close()


LONGEST_FIRST = (
    "containers", "install", "kills", "imports", "outages", "damaged_files", "lost_node", "upgrade", "broker", "ill",
    "main_line", "full_disk", "queue",
)  # fmt: skip
"""The files that several processes (xdist, `--dist loadfile`) take in turn, so that none is left with a long one at the
end. A file that is not named here comes first. (`loadgroup` of xdist 3.8 does not keep groups together here.)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        name = item.path.stem.removeprefix("test_")
        return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else -1

    here = [item for item in items if item.path.parent == Path(__file__).parent]
    others = [item for item in items if item not in here]
    items[:] = [*sorted(here, key=turn), *others]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of xdist tells its times to the one that started it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["times"] = TIMES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    TIMES.extend(getattr(node, "workeroutput", {}).get("times", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TIMES:
        terminalreporter.section("seconds of each step with containers")
        terminalreporter.write_line("\n".join(f"{seconds:7.1f}  {name}" for name, seconds in TIMES))
