"""Cards to and from the JSON that the index keeps."""

import json
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from search.results import Card, CompanyCard, PlaceCard

NAMES = tuple(field.name for field in fields(Card))
DEFAULTS = {field.name: field.default for field in fields(Card)}


def to_json(card: Card) -> str:
    """Only what differs from the defaults, to keep the index small."""
    values = {name: getattr(card, name) for name in NAMES}
    kept = {name: value for name, value in values.items() if value != DEFAULTS[name]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=_written)


def values_from_json(text: str) -> dict[str, Any]:
    """The arguments of a `Card` or of a `Hit`."""
    values = json.loads(text)
    for name, value in values.items():
        if isinstance(value, list) and name not in {"company", "places", "sessions"}:
            values[name] = tuple(value)
    values["company"] = CompanyCard(*values["company"]) if values.get("company") else None
    values["places"] = tuple(PlaceCard(*place) for place in values.get("places", ()))
    for name, read in (("published_at", datetime), ("expires_at", datetime), ("starts_on", date)):
        if values.get(name):
            values[name] = read.fromisoformat(values[name])
    values["sessions"] = tuple(map(date.fromisoformat, values.get("sessions", ())))
    values.setdefault("expires_at", None)
    return values


def _written(value: Any) -> str | float:
    return value.isoformat() if isinstance(value, date) else float(value)
