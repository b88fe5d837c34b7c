"""Rows out of a file of offers, one at a time: memory grows neither with the file nor with what is in it.

A list, `{"resultats": […]}` (the API's answer), JSON lines (an offer, a page or a list on each), or objects, pages or
lists one after another; compressed by gzip or not; UTF-8 with or without mark, UTF-16, stray Windows-1252 bytes.
"""

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, BinaryIO

from django.conf import settings

from jobs.imports.splitting import LONGEST_VALUE, START, Found, Splitter

PEEK = PIECE = 64 * 1024
MOST_DIGITS = 30
MOST_VALUES = 20_000
_STRAY_BYTES = "medinjob.stray_bytes"
_BROKEN = (EOFError, OSError, zlib.error, UnicodeError)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at a place of the file: `number` is its line, or its rank in a list, from 1. `problem` says why there
    is no data, of which `start` is the beginning; `cut` that rows are missing here, nobody knows which."""

    number: int
    data: Any = None
    problem: str = ""
    cut: bool = False
    start: str = ""


class TooLargeError(EOFError):
    """More comes out of a compressed file than is permitted."""


class _Unpacked(gzip.GzipFile):
    def read1(self, size: int = -1) -> bytes:
        if self.tell() > settings.IMPORT_MAX_UNPACKED_MB * 1024 * 1024:
            raise TooLargeError(f"> {settings.IMPORT_MAX_UNPACKED_MB} Mo")
        return super().read1(size)


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """The rows of an open binary file, whose `tell()` tells how far the reading is. Never raises for what is in it."""
    number = 0
    text = _text(file)
    try:
        for row in _rows(text):
            number = row.number
            yield row
    except _BROKEN as error:
        yield Row(number + 1, problem=f"{type(error).__name__}: {error}"[:200], cut=True)
    finally:
        text.detach()  # the caller's file stays open


def _text(file: BinaryIO) -> io.TextIOWrapper:
    packed = _start(file) == b"\x1f\x8b"
    encoding = _encoding(_start(_unpacked(file, packed=packed)))
    file.seek(0)
    return io.TextIOWrapper(_unpacked(file, packed=packed), encoding=encoding, errors=_STRAY_BYTES, newline="\n")


def _encoding(mark: bytes) -> str:
    """By the first two bytes: a mark, or an ASCII character with its zero byte."""
    if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    if len(mark) == 2 and 0 in mark and any(mark):
        return "utf-16-be" if mark[0] == 0 else "utf-16-le"
    return "utf-8-sig"


def _unpacked(file: BinaryIO, *, packed: bool) -> Any:
    return _Unpacked(fileobj=file) if packed else file


def _start(file: Any) -> bytes:
    try:
        return bytes(file.read(2))
    except _BROKEN:
        return b""
    finally:
        file.seek(0)


def _rows(text: io.TextIOWrapper) -> Iterator[Row]:
    """Reads the beginning again once it knows the form."""
    start = _peek(text)
    text.seek(0)
    if not start.strip():
        return iter(())
    return _lines(text) if _by_lines(start) else _stream(text)


def _peek(text: io.TextIOWrapper) -> str:
    """The beginning, or what can be read of it: a file cut short may be shorter."""
    start = ""
    try:
        while len(start) < PEEK and (piece := text.read(1024)):
            start += piece
    except _BROKEN:
        if not start:
            raise
    return start


def _by_lines(start: str) -> bool:
    """Whether each line stands for itself: not where the first one goes on in the second, or is all there is."""
    first, *others = start.lstrip().split("\n", 1)
    first, second = first.rstrip(), "".join(others).lstrip()
    if first[0] not in "[{":
        return True
    if first[-1] in "[{":
        return False
    opened_again = second.startswith(first[0])
    return bool(second) and (opened_again or _row(0, Found(first)).problem == "")


def _no_number(_: str) -> None:
    """NaN and Infinity, which are no JSON."""
    return


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"number of {len(digits)} digits")
    return int(digits)


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_int=_integer)


def _stream(text: io.TextIOWrapper) -> Iterator[Row]:
    """Where the text breaks off, so do its rows."""
    splitter, ranks = Splitter(), count(1)
    while piece := text.read(PIECE):
        for found in splitter.feed(piece):
            yield _row(next(ranks), found)
    for found in splitter.end():
        yield _row(next(ranks), found, last=True)


def _lines(text: io.TextIOWrapper) -> Iterator[Row]:
    """A line that breaks off says nothing of the next one; the last one says that the file does."""
    splitter, number, ended = Splitter(), 0, True
    unfinished: Iterable[Found] = ()
    while piece := text.readline(PIECE):
        if ended and not piece.strip():
            number += 1
            continue
        yield from (_row(number, found) for found in unfinished)
        number, unfinished = number + ended, ()
        for found in splitter.feed(piece):
            yield _row(number, found)
        if ended := piece.endswith("\n"):
            unfinished = list(splitter.end())
    yield from (_row(number, found, last=True) for found in [*unfinished, *splitter.end()])


def _row(number: int, found: Found, *, last: bool = False) -> Row:
    if found.problem:
        return Row(
            number, problem=found.problem, cut=found.missing or (last and found.is_unfinished), start=found.start
        )
    try:
        data = _DECODER.decode(found.text)
    except (ValueError, RecursionError) as error:
        return Row(number, problem=f"{type(error).__name__}: {error}"[:200], start=found.text[:START])
    if problem := _too_much(found.text, data):
        return Row(number, problem=problem, start=found.text[:START])
    return Row(number, data)


def _too_much(text: str, data: Any) -> str:
    """What no offer holds; looked for in long rows only."""
    if len(text) <= MOST_VALUES:
        return ""
    if text.count(",") > MOST_VALUES and _values(data) > MOST_VALUES:
        return f"more than {MOST_VALUES} values"
    return f"value longer than {LONGEST_VALUE} characters" if len(text) > LONGEST_VALUE and _longest(data) else ""


def _values(data: Any) -> int:
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return len(parts) + sum(map(_values, parts))


def _longest(data: Any) -> bool:
    """Whether a text or key in it is longer than `LONGEST_VALUE`."""
    if isinstance(data, dict):
        return any(map(_longest, data)) or any(map(_longest, data.values()))
    return any(map(_longest, data)) if isinstance(data, list) else isinstance(data, str) and len(data) > LONGEST_VALUE


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY_BYTES, _stray_bytes)
