"""Requests at the same moment, on a real database as in production (a SQLite file, or PostgreSQL): the fixtures `race`
and `look`, for modules marked `django_db(transaction=True)`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

Attempt = Callable[[Callable[[], None]], Any]


@pytest.fixture
def race():
    """`race(one, other)` runs each in a thread of its own, each is given `ready` to
    call once it has read what it needs. Gives what each returned or raised; then `look` reads the outcome."""

    def run(*attempts: Attempt) -> list[Any]:
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
