"""Cards to and from the JSON that the index keeps."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

import orjson

from search.service.results import Card, CompanyCard, PlaceCard

NAMES = tuple(field.name for field in fields(Card))
DEFAULTS = {field.name: field.default for field in fields(Card)}
TUPLES = ("sectors", "skills", "occupations", "funding", "modality")


def to_json(card: Card) -> str:
    """Only what differs from the defaults, to keep the index small."""
    values = {name: getattr(card, name) for name in NAMES}
    kept = {name: value for name, value in values.items() if value != DEFAULTS[name]}
    return orjson.dumps(kept, default=_written).decode()


def values_from_json(text: str) -> dict[str, Any]:
    """The arguments of a `Card` or of a `Hit`."""
    values = orjson.loads(text)
    for name in TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    values["company"] = CompanyCard(*values["company"]) if values.get("company") else None
    values["places"] = tuple(PlaceCard(*place) for place in values.get("places", ()))
    for name, read in (("published_at", datetime), ("expires_at", datetime), ("starts_on", date)):
        if values.get(name):
            values[name] = read.fromisoformat(values[name])
    values["sessions"] = tuple(map(date.fromisoformat, values.get("sessions", ())))
    values.setdefault("expires_at", None)
    return values


def _written(value: Any) -> list[Any] | float:
    """What JSON does not know: a named tuple, an amount."""
    return list(value) if isinstance(value, tuple) else float(value)
