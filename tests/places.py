"""Places on disk that the operator's commands work on, each in a process of its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

ROOT = Path(__file__).resolve().parents[1]


def manage(place: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "MEDINJOB_DATA_DIR": str(place),
        "MEDINJOB_DATABASE_URL": f"sqlite:///{place}/medinjob.sqlite3",
        "DJANGO_SETTINGS_MODULE": "medinjob.settings.local",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def ask(place: Path, expression: str) -> str:
    code = f"from accounts.models import User; print({expression})"
    return manage(place, "shell", "--no-imports", "-c", code).stdout.strip()


def make_database(request: pytest.FixtureRequest, place: Path) -> None:
    """A copy of the test database, which has its tables already, where other tests of this run ask for one."""
    has_database = any(item.get_closest_marker("django_db") for item in request.session.items)
    if connection.vendor != "sqlite" or not has_database:
        assert manage(place, "migrate", "-v0").returncode == 0
        return
    place.mkdir()
    request.getfixturevalue("django_db_setup")
    with request.config.stash[blocking_manager_key].unblock():
        connection.cursor().execute("VACUUM INTO %s", [str(place / "medinjob.sqlite3")])
        connection.close()
    with closing(sqlite3.connect(place / "medinjob.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")


@pytest.fixture(scope="session")
def lived_in(request, tmp_path_factory) -> Path:
    """A place with one account, one private file, and its backup beside it."""
    place = tmp_path_factory.mktemp("lived-in") / "var"
    make_database(request, place)
    ask(place, "User.objects.create_user('nadia@medinjob.example', 'secret')")
    (place / "private/cv").mkdir(parents=True)
    (place / "private/cv/one").write_bytes(b"%PDF")
    assert manage(place, "backup", str(place.parent / "backup.tgz")).returncode == 0
    return place
