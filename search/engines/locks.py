"""One holder at a time among all processes of a site; death lets go."""

import fcntl
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection

from search.engines.base import EngineError, IndexBusyError

STEP = 0.1
_held_here: set[str] = set()


def exclusive(name: str, folder: Path, *, wait: float = 0.0) -> AbstractContextManager[None]:
    """Raises `IndexBusyError` when another process still holds `name` after `wait` seconds. Where PostgreSQL is the
    database the site may have several machines, and it holds the lock; elsewhere a file does."""
    if connection.vendor == "postgresql":
        return _in_database(name, wait)
    return locked_file(folder / name, wait=wait)


class Lock(Protocol):
    """Of a name, held by one process at a time."""

    def __call__(self, name: str, *, wait: float = 0.0) -> AbstractContextManager[None]: ...


@contextmanager
def in_turn(lock: Lock, *, wait: float = 0.0) -> Iterator[None]:
    """Who waits comes next: without it, one that comes back at once would always find the lock free first."""
    with ExitStack() as stack:
        with lock("turn", wait=wait):
            stack.enter_context(lock("lock", wait=wait))
        yield


@contextmanager
def locked_file(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("w")
    except OSError as error:
        raise EngineError(f"{path} cannot be locked: {error.strerror}") from error
    with opened as file:
        deadline = time.monotonic() + wait
        while not _lock(file.fileno()):
            _patiently(deadline)
        yield


@contextmanager
def _in_database(name: str, wait: float) -> Iterator[None]:
    """A lock of the session: no transaction needs to stay open. A session may take it twice, hence the set."""
    key = zlib.crc32(f"medinjob {name}".encode())
    deadline = time.monotonic() + wait
    while name in _held_here or not _asked("SELECT pg_try_advisory_lock(%s)", key):
        _patiently(deadline)
    _held_here.add(name)
    try:
        yield
    finally:
        _held_here.discard(name)
        _asked("SELECT pg_advisory_unlock(%s)", key)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _asked(sql: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return bool(cursor.fetchone()[0])


def _patiently(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise IndexBusyError("Another process is writing to the index.")
    time.sleep(STEP)
