"""The rows that an import refused: a file of JSON lines, kept for a month, and its pages."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.utils import timezone

from jobs.enums import REFUSED_ROWS_KEPT
from jobs.imports.addresses import folder
from jobs.imports.fetching import incoming
from jobs.imports.parsed import RefusalReason
from jobs.imports.run import RefusedRow

# Of a scheduled import: a file of the whole country, read for one département, refuses nearly all of it.
MOST_ROWS = 10_000
_NAME = re.compile(r"refused-\d{8}-\d{6}(-\w+)?\.jsonl")


def refused_name() -> str:
    """A name of its own in the folder of imports."""
    return f"refused-{timezone.localtime():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.jsonl"


class RefusedFile:
    """JSON lines, one for each refused row: where, why, and the row itself. Made with its first line."""

    def __init__(self, path: Path, most: int | None = None) -> None:
        self.path = path
        self.most = most
        self.count = 0
        self._file: IO[str] | None = None

    def write(self, row: RefusedRow) -> None:
        if self.most is not None and self.count >= self.most:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", buffering=1, encoding="utf-8")  # whole lines, for who looks meanwhile
        self.count += 1
        line = {"row": row.number, "id": row.source_id, "reason": row.reason.value, "detail": row.detail}
        self._file.write(json.dumps({**line, "offer": row.data}, ensure_ascii=False, default=str) + "\n")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class RefusedRows:
    """The lines of such a file as a paginator asks for them, of one reason or all."""

    def __init__(self, path: Path, reason: str = "") -> None:
        self.path, self.mark = path, f'"reason": {json.dumps(reason)}, "detail": ' if reason else ""

    def __len__(self) -> int:
        return sum(1 for _line in self._lines())

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return [_shown(line) for line in islice(self._lines(), part.start, part.stop)]

    def _lines(self) -> Iterator[str]:
        with self.path.open(encoding="utf-8") as file:
            yield from (line for line in file if self.mark in line and line.endswith("\n"))


def refused_path(name: str) -> Path | None:
    """Where the refused rows of a run are, None if there were none or they are gone."""
    path = folder() / name
    return path if _NAME.fullmatch(name) and path.is_file() else None


def forget_old_files() -> int:
    """Refused rows after `REFUSED_ROWS_KEPT`, and downloads that a killed worker left; how many."""
    limit = (timezone.now() - REFUSED_ROWS_KEPT).timestamp()
    old = [path for path in folder().glob("refused-*.jsonl") if _NAME.fullmatch(path.name)]
    left = [path for path in incoming().glob("*") if _changed_at(path) < timezone.now().timestamp() - 86_400]
    gone = [path for path in old if _changed_at(path) < limit] + left
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _changed_at(path: Path) -> float:
    """Seconds since 1970; a file that a worker has just taken away is not old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _shown(line: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    offer = row.pop("offer", None)
    title = offer.get("intitule") or offer.get("title") if isinstance(offer, dict) else offer
    return {**row, "label": RefusalReason(row["reason"]).label, "title": " ".join(str(title or "").split())[:200]}
