"""Reads the tables that referentials come in: CSV with "," or ";", with or without BOM, gzip or not."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
        """Line number in the file and stripped cells by column; a missing cell is empty."""
        reader = csv.DictReader(io.StringIO(self.text), delimiter=self.delimiter, restkey="", restval="")
        reader.fieldnames = self.header
        next(reader, None)
        for row in reader:
            yield reader.line_num, {column: row[column].strip() for column in self.header}

    def require(self, columns: set[str]) -> None:
        if missing := columns - set(self.header):
            raise TableError(f"{self.name} lacks the column(s) {', '.join(sorted(missing))}")


def read_table(path: Path) -> Table:
    """Raises TableError when there is no such file, or it is not text, or it is empty."""
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if raw.startswith(_GZIP_MAGIC) else raw
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error
    text = _decoded(content, path.name)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = tuple(cell.strip().strip('"').lower() for cell in first.strip().split(delimiter))
    if not any(header):
        raise TableError(f"{path.name} is empty")
    return Table(path.name, hashlib.sha256(raw).hexdigest(), header, text, delimiter)


def _decoded(content: bytes, name: str) -> str:
    """UTF-8, or Windows-1252 as older official downloads; a NUL byte means that this is no text."""
    if b"\x00" in content:
        raise TableError(f"{name} is not a text file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
