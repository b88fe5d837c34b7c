"""Rows out of a file of offers, one at a time: memory does not grow with the file.

A list, `{"resultats": […]}` (the API's answer), JSON lines (an offer, a page or a list on each), or objects one after
another; compressed by gzip or not; UTF-8 with or without mark, UTF-16 with one, stray Windows-1252 bytes.
"""

import codecs
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson

LIST_KEY = "resultats"
PEEK = 64 * 1024
LONGEST_LINE = 4 * 1024 * 1024
_STRAY_BYTES = "medinjob.stray_bytes"
_NOT_A_NUMBER = re.compile(r'((?<!\\)"\s*:\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])')
_BROKEN = (EOFError, OSError, zlib.error, ijson.JSONError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at a place of the file: `number` is its line, or its rank in a list, from 1. `problem` says why there
    is no data; `cut` that nothing after it could be read."""

    number: int
    data: Any = None
    problem: str = ""
    cut: bool = False


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
    mark = _start(_unpacked(file, packed=packed))
    file.seek(0)
    encoding = "utf-16" if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    return io.TextIOWrapper(_unpacked(file, packed=packed), encoding=encoding, errors=_STRAY_BYTES, newline="\n")


def _unpacked(file: BinaryIO, *, packed: bool) -> Any:
    return gzip.GzipFile(fileobj=file) if packed else file


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
    prefix = _prefix(start)
    return _lines(text) if prefix is None else _stream(text, prefix)


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


def _prefix(start: str) -> str | None:
    """Where ijson finds the offers; None when each line stands for itself: an offer, a page or a list."""
    lines = start.lstrip().split("\n", 2)
    first = _parsed(lines[0])
    if first is not None and len(lines) > 1 and lines[1].startswith(lines[0][0]):
        return None
    if lines[0][0] == "[":
        return "item"
    if f'"{LIST_KEY}"' in start and not (isinstance(first, dict) and LIST_KEY not in first):
        return f"{LIST_KEY}.item"
    return "" if lines[0].strip() == "{" else None


def _parsed(line: str) -> Any:
    try:
        return _DECODER.decode(line)
    except (ValueError, RecursionError):
        return None


def _no_number(_: str) -> None:
    """NaN and Infinity, which are no JSON."""
    return


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _stream(text: io.TextIOWrapper, prefix: str) -> Iterator[Row]:
    values = ijson.items(_Utf8(text), prefix, use_float=True, multiple_values=prefix == "")
    for number, value in enumerate(values, start=1):
        yield Row(number, value)


def _lines(text: io.TextIOWrapper) -> Iterator[Row]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            yield Row(number, problem="line too long")
        elif line.strip():
            yield from _line(number, line)


def _line(number: int, line: str) -> Iterator[Row]:
    try:
        value = _DECODER.decode(line.rstrip().rstrip(","))
    except (ValueError, RecursionError) as error:
        yield Row(number, problem=f"{type(error).__name__}: {error}"[:200])
        return
    page = value.get(LIST_KEY) if isinstance(value, dict) else value
    yield from (Row(number, item) for item in page) if isinstance(page, list) else [Row(number, value)]


class _Utf8:
    """What ijson reads: bytes, and null for the NaN that Python's own `json.dump` writes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text

    def read(self, size: int = -1) -> bytes:
        piece = self.text.read(size)
        while size and piece and piece[-1] in ' :-NaInfity"' and (more := self.text.read(1)):
            piece += more
        return _NOT_A_NUMBER.sub(r"\1null", piece).encode("utf-8", "replace")


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY_BYTES, _stray_bytes)
