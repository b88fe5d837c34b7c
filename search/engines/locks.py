"""Locks between the processes of a site. A lock is released when the process that holds it dies."""

import fcntl
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection

from search.engines.base import EngineError, IndexBusyError

POLL_SECONDS = 0.1
_held_here: set[str] = set()


def site_lock(name: str, folder: Path, *, wait: float = 0.0) -> AbstractContextManager[None]:
    """Raises `IndexBusyError` when another process still holds `name` after `wait` seconds. Where PostgreSQL is the
    database the site may have several machines, and it holds the lock; elsewhere a file does."""
    if connection.vendor == "postgresql":
        return _in_database(name, wait)
    return file_lock(folder / name, wait=wait)


class Lock(Protocol):
    """Takes the lock of a name, which one process holds at a time."""

    def __call__(self, name: str, *, wait: float = 0.0) -> AbstractContextManager[None]: ...


@contextmanager
def fair_lock(lock: Lock, *, wait: float = 0.0) -> Iterator[None]:
    """A fair lock: waiters are served in order. Without it, a process that takes the lock again at once always
    wins."""
    with ExitStack() as stack:
        with lock("turn", wait=wait):
            stack.enter_context(lock("lock", wait=wait))
        yield


@contextmanager
def file_lock(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("w")
    except OSError as error:
        raise EngineError(f"{path} cannot be locked: {error.strerror}") from error
    with opened as file:
        deadline = time.monotonic() + wait
        while not _try_lock(file.fileno()):
            _wait(deadline)
        yield


@contextmanager
def _in_database(name: str, wait: float) -> Iterator[None]:
    """A session lock of PostgreSQL: no transaction must stay open. One session could take it twice, hence the
    set."""
    key = zlib.crc32(f"medinjob {name}".encode())
    deadline = time.monotonic() + wait
    while name in _held_here or not _query("SELECT pg_try_advisory_lock(%s)", key):
        _wait(deadline)
    _held_here.add(name)
    try:
        yield
    finally:
        _held_here.discard(name)
        _query("SELECT pg_advisory_unlock(%s)", key)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _query(sql: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return bool(cursor.fetchone()[0])


def _wait(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise IndexBusyError("Another process is writing to the index.")
    time.sleep(POLL_SECONDS)
