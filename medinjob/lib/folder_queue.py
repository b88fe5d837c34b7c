"""The queue of one machine: kombu's transport over a folder, made to outlive kills, full disks and damaged files.

The layout is kombu's: a file a message, a table of bindings an exchange. What differs (ADR 0006):

- A file is written under another name and renamed: a reader finds all of it or nothing.
- A message is taken by deleting its file, which one reader alone can do and which a full disk allows.
- What cannot be read is moved to `unreadable/` with a line in the log, and the next message is read.
- The folder is listed once for all the messages it holds, not once for each.
- What no worker came for in a day is deleted.
"""

import fcntl
import json
import logging
import os
import shutil
import time
import zlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

MESSAGE_KEPT = timedelta(days=1)
UNREADABLE_KEPT = timedelta(days=30)
UNREADABLE_MOST = 1000
SWEEP_EVERY = timedelta(hours=1)
LARGEST = 16 * 1024 * 1024
# A folder in which nothing was found is listed again after ten times what the listing took.
PAUSE = 10

log = logging.getLogger(__name__)


class UnreadableError(Exception):
    """A file that is no message, or no table of bindings."""


class Channel(filesystem.Channel):
    _sweep_at = 0.0
    _said: dict[str, float] = {}

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self._waiting: dict[str, deque[str]] = defaultdict(deque)
        self._look_at: dict[str, float] = {}

    # Messages

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        self._sweep()
        # The names sort by age.
        path = Path(self.data_folder_out, f"{time.time_ns():020}_{uuid4()}.{queue}.msg")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, seal(dumps(payload)))
        except OSError as error:
            raise ChannelError(f"The queue's folder takes no message: {error}") from error

    def _get(self, queue: str, timeout: Any = None) -> dict[str, Any]:
        if not self._waiting[queue]:
            self._waiting[queue] = self._look(queue)
        names = self._waiting[queue]
        while names:
            if (message := self._take(Path(self.data_folder_in, names.popleft()))) is not None:
                return message
        raise Empty

    def _look(self, queue: str) -> deque[str]:
        began = time.monotonic()
        if began < self._look_at.get(queue, 0):
            return deque()
        found = deque(sorted(self._names(queue)))
        if not found:
            now = time.monotonic()
            self._look_at[queue] = now + PAUSE * (now - began)
        return found

    def _names(self, queue: str) -> list[str]:
        try:
            names = os.listdir(self.data_folder_in)
        except OSError as error:
            self._say("The queue's folder cannot be listed: %s", error)
            return []
        return [name for name in names if name.partition(".")[2] == f"{queue}.msg"]

    def _size(self, queue: str) -> int:
        """Asked at each declaration, so by each process that writes its first message."""
        return len(self._names(queue))

    def _purge(self, queue: str) -> int:
        purged = 0
        for name in self._names(queue):
            with suppress(OSError):
                Path(self.data_folder_in, name).unlink()
                purged += 1
        return purged

    def _take(self, path: Path) -> dict[str, Any] | None:
        """The message, which nobody else has then; None if another reader had it first, or if it is none."""
        try:
            message = self._read(path)
            path.unlink()
        except FileNotFoundError:
            return None
        except UnreadableError as error:
            self._set_aside(path, error)
            return None
        except OSError as error:
            self._say("A message cannot be taken from the queue's folder: %s", error)
            return None
        return message

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            with path.open("rb") as file:
                message = _parse_message(file.read(LARGEST + 1))
            self.Message(message, channel=self)  # as kombu will
        except OSError as error:
            if isinstance(error, IsADirectoryError):
                raise UnreadableError("it is a folder") from error
            raise
        except Exception as error:  # damaged bytes fail in any way
            raise UnreadableError(f"{type(error).__name__}: {error}") from error
        return message

    # Bindings

    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        """What the file says and what this process has bound, which the file may have lost."""
        file, own = self._exchange_file(exchange), self._own(exchange)
        try:
            rows = _read_table(file)
        except OSError as error:
            self._say("A table of bindings cannot be read: %s", error)
            rows = []
        except UnreadableError:
            rows = self._edit(file, lambda rows: [*own, *rows])
        return list(dict.fromkeys([*rows, *own]))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._edit(self._exchange_file(exchange), lambda rows: rows if row in rows else [row, *rows])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any) -> None:
        self._purge(queue)
        gone = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._edit(self._exchange_file(exchange), lambda rows: [row for row in rows if row != gone])

    def _own(self, exchange: str) -> list[exchange_queue_t]:
        rows = []
        for binding, arguments in list(self.state.bindings.items()):
            if binding.exchange == exchange:
                kind = self.typeof(exchange)
                key, pattern, queue = kind.prepare_bind(binding.queue, exchange, binding.routing_key, arguments)
                rows.append(exchange_queue_t(key or "", pattern or "", queue or ""))
        return rows

    def _edit(
        self, file: Path, change: Callable[[list[exchange_queue_t]], list[exchange_queue_t]]
    ) -> list[exchange_queue_t]:
        """Without room for it the table stays as it was: each process remembers what it has bound itself."""
        before: list[exchange_queue_t] = []
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with _locked(file.parent / ".lock"):
                try:
                    before = _read_table(file)
                except UnreadableError as error:
                    self._set_aside(file, error)
                after = change(before)
                if after != before:
                    _write_whole(file, dumps(after).encode())
        except OSError as error:
            self._say("A table of bindings cannot be written: %s", error)
        return before

    # What goes wrong

    @property
    def _unreadable(self) -> Path:
        return Path(self.control_folder).parent / "unreadable"

    def _set_aside(self, path: Path, why: UnreadableError) -> None:
        place = self._unreadable / path.name
        try:
            self._unreadable.mkdir(exist_ok=True)
            path.replace(place)
        except FileNotFoundError:
            return  # another reader was first
        except OSError:
            # No room to keep it.
            with suppress(OSError):
                path.unlink()
        else:
            # The oldest go: names begin with the date.
            for name in sorted(os.listdir(self._unreadable))[:-UNREADABLE_MOST]:
                with suppress(OSError):
                    _remove(self._unreadable / name)
        log.warning("Unreadable, set aside in %s: %s (%s)", self._unreadable, path.name, str(why)[:200])

    def _say(self, what: str, error: OSError) -> None:
        """Once a minute: it is tried again every second."""
        if time.monotonic() >= self._said.get(what, 0):
            self._said[what] = time.monotonic() + 60
            log.error(what, error)

    def _sweep(self) -> None:
        """By those who write: the worker that would read may be away for days."""
        if time.monotonic() < Channel._sweep_at:
            return
        Channel._sweep_at = time.monotonic() + SWEEP_EVERY.total_seconds()
        messages, control = Path(self.data_folder_out), Path(self.control_folder)
        if stale := _delete_old(messages, MESSAGE_KEPT):
            log.warning("%d messages that no worker came for in a day are deleted from %s", stale, messages)
        _delete_old(control, MESSAGE_KEPT, ".part")
        _delete_old(self._unreadable, UNREADABLE_KEPT)


class Transport(filesystem.Transport):
    Channel = Channel


def seal(text: str) -> bytes:
    """JSON behind a checksum: one altered letter could make the worker fail on a name it does not know."""
    data = text.encode()
    return b"%08x %s" % (zlib.crc32(data), data)


def unseal(data: bytes) -> str:
    """Without a checksum it is a message of kombu's own, from before the checksum."""
    if len(data) > LARGEST:
        raise ValueError("it is too large")
    if not data.startswith(b"{"):
        checksum, space, data = data.partition(b" ")
        if not space or b"%08x" % zlib.crc32(data) != checksum:
            raise ValueError("its checksum does not agree")
    return data.decode()


def _parse_message(data: bytes) -> dict[str, Any]:
    message: dict[str, Any] = loads(unseal(data))
    if not isinstance(message["headers"], dict) or not isinstance(message["properties"]["delivery_info"], dict):
        raise TypeError("it has not the parts of a message")
    return message


def _write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing. Not synced: what a power cut leaves empty is set aside, and the row it spoke of is kept."""
    partial = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _read_table(file: Path) -> list[exchange_queue_t]:
    try:
        rows = json.loads(file.read_bytes())
    except FileNotFoundError:
        return []
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(error)) from error
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise UnreadableError("it is no table of bindings")
    return [exchange_queue_t(*row) for row in rows]


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) == len(exchange_queue_t._fields) and all(isinstance(v, str) for v in row)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _delete_old(folder: Path, age: timedelta, ending: str = "") -> int:
    before, deleted = time.time() - age.total_seconds(), 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            # One that a reader has just taken, or that cannot be deleted, does not keep the others.
            with suppress(OSError):
                if entry.name.endswith(ending) and entry.stat(follow_symlinks=False).st_mtime < before:
                    _remove(Path(entry))
                    deleted += 1
    return deleted


def _remove(path: Path) -> None:
    """A folder may be among what was set aside."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
