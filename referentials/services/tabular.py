"""Reads the tables that referentials come in: CSV with "," or ";", with or without BOM, gzip or not."""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Of what is in memory at once; the largest referential has 4 MB.
LARGEST = 100 * 1024**2
_GZIP_MAGIC = b"\x1f\x8b"


class TableError(ValueError):
    """The file as a whole is not what it should be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file read whole: its SHA-256 (of the bytes on disk), its header, its rows as text."""

    name: str
    checksum: str
    header: tuple[str, ...]
    text: str
    delimiter: str

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number in the file and stripped cells by column; a missing cell is empty. Raises TableError for a file
        that is no CSV, or breaks off."""
        reader = csv.DictReader(io.StringIO(self.text), delimiter=self.delimiter, restkey="")
        row: dict[str, str | None] = {}
        reader.fieldnames = self.header
        try:
            next(reader, None)
            for row in reader:
                yield reader.line_num, {column: (row[column] or "").strip() for column in self.header}
        except csv.Error as error:
            raise TableError(f"{self.name}, line {reader.line_num}: {error}") from error
        if row and self._is_cut([row[column] for column in self.header]):
            raise TableError(f"{self.name} breaks off in its last row: nothing was written")

    def _is_cut(self, last: list[str | None]) -> bool:
        """The last row lacks cells and the end of its line, or is in a quoted cell that nothing closes."""
        in_quotes = self.text.count('"') % 2 == 1 and any("\n" in cell for cell in last if cell)
        return in_quotes or (None in last and not self.text.endswith("\n"))

    def require(self, columns: set[str]) -> None:
        if missing := columns - set(self.header):
            raise TableError(f"{self.name} lacks the column(s) {', '.join(sorted(missing))}")


def read_table(path: Path) -> Table:
    """Raises TableError when there is no such file, or it is cut, too large, not text, or empty."""
    try:
        raw = _bounded(path.open("rb"), path.name)
        content = _bounded(gzip.GzipFile(fileobj=io.BytesIO(raw)), path.name) if raw.startswith(_GZIP_MAGIC) else raw
    except (OSError, EOFError, zlib.error) as error:
        raise TableError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    text = _decoded(content, path.name)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = tuple(cell.strip().strip('"').lower() for cell in first.strip().split(delimiter))
    if not any(header):
        raise TableError(f"{path.name} is empty")
    return Table(path.name, hashlib.sha256(raw).hexdigest(), header, text, delimiter)


def _bounded(file: BinaryIO | gzip.GzipFile, name: str) -> bytes:
    with file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TableError(f"{name} is larger than {LARGEST // 1024**2} MB")
    return content


def _decoded(content: bytes, name: str) -> str:
    """UTF-8, or Windows-1252 as older official downloads; a NUL byte means that this is no text."""
    if b"\x00" in content:
        raise TableError(f"{name} is not a text file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
