"""Places for the tests of whole sites: a SQLite file, or a database of their own on the PostgreSQL of
`MEDINJOB_TEST_DATABASE_URL`; a Redis of their own, to be killed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.services.site import Site, free_port, listens, wait_for


def absent(what: str, remedy: str) -> None:
    """Skips, or fails where services are required (CI)."""
    (pytest.fail if os.environ.get("MEDINJOB_REQUIRE_SERVICES") else pytest.skip)(f"{what} is absent: {remedy}")


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped afterwards."""
    url = os.environ.get("MEDINJOB_TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        absent("PostgreSQL", 'make services, then eval "$(deploy/services.sh test-env)"')
    name = f"medinjob_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
        absent("Redis", "apt install redis-server")
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """`new_site(DATABASE_URL=…)`: an empty Medinjob with its schema; its processes end with the test."""
    sites: list[Site] = []

    def make(**settings: object) -> Site:
        folder = tmp_path / f"site{len(sites)}"
        folder.mkdir()
        sites.append(site := Site(folder, **settings))
        site.manage("migrate", "--verbosity", "0")
        return site

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def services_site(new_site: Callable[..., Site], postgres: str, redis: Redis) -> Callable[..., Site]:
    """The same on PostgreSQL and Redis, cache and queue."""

    def make(**settings: object) -> Site:
        places = {
            "DATABASE_URL": postgres,
            "BROKER_URL": f"{redis.url}/0",
            "CACHE_URL": f"rediscache://{redis.url[8:]}/1",
        }
        return new_site(**{**places, **settings})

    return make
