"""Requests at the same moment, on a real SQLite file as in production: the fixtures `race` and `look`, for modules
marked `django_db(transaction=True)` and `on_sqlite`."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

Attempt = Callable[[Callable[[], None]], Any]

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the race is set up on a SQLite file")


@pytest.fixture
def race(tmp_path, monkeypatch):
    """`race(one, other)` runs each in a thread of its own, on a copy of the database; each is given `ready` to call
    once it has read what it needs. Gives what each returned or raised; then `look` reads the outcome."""
    file = tmp_path / "race.sqlite3"

    def run(*attempts: Attempt) -> list[Any]:
        if not file.exists():
            connection.ensure_connection()
            with sqlite3.connect(file) as target:
                connection.connection.backup(target)
                # Two connections that switch a new file to WAL at once: SQLite refuses one without waiting.
                target.execute("PRAGMA journal_mode=WAL")
            target.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))
        barrier = Barrier(len(attempts), timeout=20)
        with ThreadPoolExecutor(len(attempts)) as pool:
            return list(pool.map(lambda attempt: _outcome(attempt, barrier), attempts))

    return run


@pytest.fixture
def look(race):
    return lambda read: race(lambda ready: read())[0]


def _outcome(attempt: Attempt, barrier: Barrier) -> Any:
    try:
        return attempt(barrier.wait)
    except Exception as error:
        return error
    finally:
        connections.close_all()


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)
