"""Finds damaged index files. tantivy keeps a CRC in the footer of each file but never compares it, and reads most
damaged files without an error; so the CRC is compared here. Errors of tantivy are turned into `EngineError`."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import EngineError
from search.engines.embedded.schema import open_index

FOOTER_MAGIC = 1337
NUMBER_SIZE = 4
META = "meta.json"
SEGMENT_FILES = ("store", "term", "idx", "pos", "fast", "fieldnorm")


class DamageError(EngineError):
    """The files of the index are not what was written."""


@contextmanager
def engine_errors(what: str) -> Iterator[None]:
    """Turns every error of tantivy into an `EngineError`. A panic of its Rust side is a `BaseException` without a
    public class: it would pass every `except Exception` and end the worker."""
    try:
        yield
    except EngineError:
        raise
    except (OSError, ValueError) as error:
        raise EngineError(f"{what}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"{what}: {error}") from error


class VerifiedFiles:
    """The files of an index whose CRC was compared. A file never changes, so that each is read once."""

    def __init__(self) -> None:
        self._known: set[tuple[str, int, int]] = set()

    def check(self, path: Path) -> None:
        """Raises `DamageError` for the first file that is absent or altered. A writer that commits meanwhile deletes
        the files of the commit before: what is missing then is looked for again, in the new commit."""
        while True:
            commit = _time_of_commit(path)
            try:
                return self._check_commit(path)
            except DamageError:
                if _time_of_commit(path) == commit:
                    raise

    def _check_commit(self, path: Path) -> None:
        current = set()
        for file in files_of(path):
            try:
                status = file.stat()
                key = (str(file), status.st_size, status.st_mtime_ns)
                if key not in self._known and not has_valid_checksum(file):
                    raise DamageError(f"The index is damaged: {file.name} is not what was written.")
            except OSError as error:
                raise DamageError(f"The index is damaged: {file.name}: {error.strerror}.") from error
            current.add(key)
        self._known = current


def _time_of_commit(path: Path) -> int:
    try:
        return (path / META).stat().st_mtime_ns
    except OSError:
        return 0


def files_of(path: Path) -> list[Path]:
    """The files that the index's last commit is made of."""
    try:
        segments = json.loads((path / META).read_text(encoding="utf-8"))["segments"]
        names = [(segment["segment_id"].replace("-", ""), segment["deletes"]) for segment in segments]
        deleted = [f"{name}.{deletes['opstamp']}.del" for name, deletes in names if deletes]
    except OSError as error:
        raise DamageError(f"The index is damaged: {META}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamageError(f"The index is damaged: {META} cannot be read.") from error
    return [path / f"{name}.{part}" for name, _ in names for part in SEGMENT_FILES] + [path / name for name in deleted]


def has_valid_checksum(file: Path) -> bool:
    """Compares the content with the CRC of the footer. A file ends with the footer (JSON), its length, a magic
    number."""
    content = file.read_bytes()
    if len(content) < 2 * NUMBER_SIZE or int.from_bytes(content[-NUMBER_SIZE:], "little") != FOOTER_MAGIC:
        return False
    length = int.from_bytes(content[-2 * NUMBER_SIZE : -NUMBER_SIZE], "little")
    end = len(content) - 2 * NUMBER_SIZE - length
    if end < 0:
        return False
    try:
        expected = json.loads(content[end : -2 * NUMBER_SIZE])["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(expected == zlib.crc32(memoryview(content)[:end]))


def damage_of(path: Path) -> str:
    """What is wrong with the files of this index; "" if nothing. Reads them all."""
    try:
        with engine_errors("The index is damaged"):
            VerifiedFiles().check(path)
            index = open_index(path)
            index.reload()
            index.searcher().search(tantivy.Query.all_query(), 1)
    except EngineError as error:
        return str(error)
    return ""
