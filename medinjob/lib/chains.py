"""A hash chain over rows of history: what stands in a link, and how its digest is made (docs/audit.md).

A link holds the SHA-256 of the plain values of a row, a salted commitment for each value that may name a person, and
the digest of the link before. Without its salt a commitment says nothing, and the chain still verifies.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

START = "0" * 64
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


@dataclass(frozen=True, slots=True)
class Chained:
    """What of a model's rows stands in the chain. `digested`: long texts, by their SHA-256. `personal`: as commitments,
    as are the `words` of its JSON values. A row of `moves` may change through its services, each time a link. `later`:
    columns that came after there were links; left out while empty, so that older rows are as their links say."""

    kind: str
    plain: tuple[str, ...]
    personal: tuple[str, ...] = ()
    digested: tuple[str, ...] = ()
    words: tuple[str, ...] = ("job_title",)
    moves: bool = False
    later: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What to read of a row, in the order that `split` expects."""
        return ("pk", *self.plain, *self.digested, *self.personal)

    def split(self, row: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plain values and the personal ones."""
        plain: dict[str, Any] = {}
        personal: dict[str, Any] = {}
        middle = 1 + len(self.plain)
        for name, value in zip(self.plain, row[1:middle], strict=True):
            if self._is_left_out(name, value):
                continue
            if isinstance(value, dict):
                for word in self.words:
                    if word in value:
                        personal[f"{name}.{word}"] = value[word]
                value = {key: one for key, one in value.items() if key not in self.words}
            plain[name] = value
        end = middle + len(self.digested)
        for name, value in zip(self.digested, row[middle:end], strict=True):
            plain[name] = hashlib.sha256(value.encode()).hexdigest()
        said = zip(self.personal, row[end:], strict=True)
        personal.update((name, value) for name, value in said if not self._is_left_out(name, value))
        return plain, personal

    def _is_left_out(self, name: str, value: Any) -> bool:
        return name in self.later and value in (None, "")


def content_of(plain: dict[str, Any]) -> str:
    """The digest of the plain values of a row."""
    return hashlib.sha256(_encoded(plain)).hexdigest()


def commitments_of(salt: str, personal: dict[str, Any]) -> dict[str, str]:
    """By field: SHA-256 of the salt, the field's name and its value."""
    return {
        name: hashlib.sha256(f"{salt}\n{name}\n".encode() + _encoded(value)).hexdigest()
        for name, value in personal.items()
    }


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the chain."""

    position: int
    kind: str
    row: int
    action: str
    at: datetime
    content: str
    commitments: dict[str, str]
    previous: str

    @property
    def text(self) -> str:
        """Canonical JSON (RFC 8785): what `digest` is of."""
        return _encoded(self.as_json()).decode()

    def as_json(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "at": _as_text(self.at),
            "commitments": self.commitments,
            "content": self.content,
            "kind": self.kind,
            "position": self.position,
            "previous": self.previous,
            "row": self.row,
        }

    @property
    def digest(self) -> str:
        return hashlib.sha256(_encoded(self.as_json())).hexdigest()


def canonical_text(value: Any) -> str:
    """JSON by RFC 8785, with dates and instants as texts: `canonical_json` many times faster, for keys in ASCII and
    without floats (ours have none)."""
    return _encoded(value).decode()


def _encoded(value: Any) -> bytes:
    return orjson.dumps(value, _as_text, _OPTIONS)


def _as_text(value: Any) -> str:
    """An instant to the microsecond, in UTC; a date. Raises `TypeError` for what is neither."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} stands in no chain")
