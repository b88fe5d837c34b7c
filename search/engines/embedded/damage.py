"""Is an index on disk what was written? tantivy reads most damaged files without a word: it keeps a CRC of each in a
footer that it never compares. And what does fail there fails in its own way, which is told in ours here."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import EngineError
from search.engines.embedded.schema import open_index

MAGIC = 1337
NUMBER = 4
META = "meta.json"
PARTS = ("store", "term", "idx", "pos", "fast", "fieldnorm")


class DamageError(EngineError):
    """The files of the index are not what was written."""


@contextmanager
def in_our_words(what: str) -> Iterator[None]:
    """Whatever tantivy raises as `EngineError`. A panic of its Rust side is a `BaseException` without a public class:
    it would pass every `except Exception` and end the worker."""
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


class Verified:
    """The files of an index whose content was compared with their CRC. They never change: each is read once."""

    def __init__(self) -> None:
        self._known: set[tuple[str, int, int]] = set()

    def check(self, path: Path) -> None:
        """Raises `DamageError` for the first file that is absent or altered."""
        current = set()
        for file in files_of(path):
            try:
                facts = file.stat()
                key = (str(file), facts.st_size, facts.st_mtime_ns)
                if key not in self._known and not is_whole(file):
                    raise DamageError(f"The index is damaged: {file.name} is not what was written.")
            except OSError as error:
                raise DamageError(f"The index is damaged: {file.name}: {error.strerror}.") from error
            current.add(key)
        self._known = current


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
    return [path / f"{name}.{part}" for name, _ in names for part in PARTS] + [path / name for name in deleted]


def is_whole(file: Path) -> bool:
    """Does the content have the CRC that the footer says? The end of a file: the footer (JSON), its length, a mark."""
    content = file.read_bytes()
    if len(content) < 2 * NUMBER or int.from_bytes(content[-NUMBER:], "little") != MAGIC:
        return False
    length = int.from_bytes(content[-2 * NUMBER : -NUMBER], "little")
    end = len(content) - 2 * NUMBER - length
    if end < 0:
        return False
    try:
        expected = json.loads(content[end : -2 * NUMBER])["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(expected == zlib.crc32(memoryview(content)[:end]))


def damage_of(path: Path) -> str:
    """What is wrong with the files of this index; "" if nothing. Reads them all."""
    try:
        with in_our_words("The index is damaged"):
            Verified().check(path)
            index = open_index(path)
            index.reload()
            index.searcher().search(tantivy.Query.all_query(), 1)
    except EngineError as error:
        return str(error)
    return ""
