"""The cache of one machine: a SQLite file of its own, in which several processes count without losing one.

It holds the limits of pace only: ours, allauth's and those of the API. Nothing that is still valid is ever dropped to
make room, and no lock of the site's own database is waited for."""

import json
import logging
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from time import monotonic, time
from typing import Any, NamedTuple

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

log = logging.getLogger(__name__)

WAIT = 1.0
"""Seconds that one count waits for another; writes last microseconds, so that only a stuck file takes longer."""
REST = 5.0
"""Seconds without any count after a failure, so that a page with ten counts does not wait ten times."""
PURGE_EVERY = 500
SCHEMA = """
CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS counts_ends ON counts (ends);
"""
ADD = """
INSERT INTO counts VALUES (?1, ?2, ?3)
ON CONFLICT (key) DO UPDATE SET value = ?2, ends = ?3 WHERE ends <= ?4
"""
SET = "INSERT INTO counts VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET value = ?2, ends = ?3"
INCR = "UPDATE counts SET value = CAST(value AS INTEGER) + ? WHERE key = ? AND ends > ? RETURNING value"
TOUCH = "UPDATE counts SET ends = ? WHERE key = ? AND ends > ?"
FOR_EVER = float("inf")


class _Done(NamedTuple):
    rows: list[tuple[Any, ...]]
    changed: int


class CountingCache(BaseCache):
    """Values are JSON: a file that somebody else has written runs no code. Like `LenientRedisCache`, a file that
    cannot be used remembers nothing and refuses nothing, and each loss is logged; a damaged one is made anew."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._open: tuple[int, sqlite3.Connection] | None = None
        self._resting_until = 0.0
        self._statements = 0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        found = self._do("SELECT value FROM counts WHERE key = ? AND ends > ?", self._key(key, version), time())
        return json.loads(found.rows[0][0]) if found and found.rows else default

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        done = self._do(ADD, self._key(key, version), json.dumps(value), self._ends(timeout), time())
        return done is None or bool(done.changed)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._do(SET, self._key(key, version), json.dumps(value), self._ends(timeout))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        done = self._do(INCR, delta, self._key(key, version), time())
        if done is None:
            return delta
        if not done.rows:
            raise ValueError(f"Key {key!r} not found")
        return int(done.rows[0][0])

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        done = self._do(TOUCH, self._ends(timeout), self._key(key, version), time())
        return bool(done and done.changed)

    def delete(self, key: Any, version: int | None = None) -> bool:
        done = self._do("DELETE FROM counts WHERE key = ?", self._key(key, version))
        return bool(done and done.changed)

    def clear(self) -> None:
        self._do("DELETE FROM counts")

    def purge(self) -> int:
        """Drop what is over; how many rows."""
        done = self._do("DELETE FROM counts WHERE ends <= ?", time())
        return done.changed if done else 0

    def _key(self, key: Any, version: int | None) -> str:
        return self.make_key(key, version=version)

    def _ends(self, timeout: Any) -> float:
        ends = self.get_backend_timeout(timeout)
        return FOR_EVER if ends is None else ends

    def _do(self, statement: str, *fields: Any) -> _Done | None:
        """One statement, which is one transaction. None when nothing can be counted now."""
        if monotonic() < self._resting_until:
            return None
        try:
            counts = self._connection()
            self._statements += 1
            if self._statements % PURGE_EVERY == 0:
                counts.execute("DELETE FROM counts WHERE ends <= ?", (time(),))
            cursor = counts.execute(statement, fields)
            return _Done(cursor.fetchall(), cursor.rowcount)
        except (sqlite3.Error, OSError) as error:
            self._lose(error)
            return None

    def _connection(self) -> sqlite3.Connection:
        """This thread's; a process that was forked opens one of its own."""
        if self._open and self._open[0] == os.getpid():
            return self._open[1]
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        # What is lost with the power is a few counts.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(SCHEMA)
        self._path.chmod(0o600)
        self._open = (os.getpid(), connection)
        return connection

    def _lose(self, error: Exception) -> None:
        log.warning("The limits are not counted: %s: %s", type(error).__name__, error)
        self._resting_until = monotonic() + REST
        if self._open:
            with suppress(sqlite3.Error):
                self._open[1].close()
            self._open = None
        # "Malformed" and "not a database" are plain DatabaseErrors; a lock or a full disk is an OperationalError.
        if type(error) is sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
