"""An offer as a result shows it, and the JSON in which the index keeps it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson


class CompanyCard(NamedTuple):
    """The employer as a result shows it: `logo` is an address or "", `medinsoft` a value of `companies.enums.Mark`."""

    name: str
    slug: str
    initials: str
    logo: str
    medinsoft: str


class PlaceCard(NamedTuple):
    """`commune` is an INSEE code, "" for a larger place; cards of an older index lack it."""

    label: str
    department: str
    latitude: float | None
    longitude: float | None
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An offer as the index keeps it. Amounts are euros in `pay_unit`; codes are values of `jobs.enums`."""

    id: int
    kind: str
    slug: str
    title: str
    employer_name: str
    company: CompanyCard | None
    places: tuple[PlaceCard, ...]
    published_at: datetime
    expires_at: datetime | None
    source: str
    sectors: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    contract: str = ""
    remote: str = ""
    pay_min: float | None = None
    pay_max: float | None = None
    pay_unit: str = ""
    pay_yearly_min: int | None = None
    pay_yearly_max: int | None = None
    experience: str = ""
    level: int | None = None
    open_positions: int | None = None
    starts_on: date | None = None
    certification_code: str = ""
    hours: int | None = None
    price: float | None = None
    funding: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    sessions: tuple[date, ...] = ()


NAMES = tuple(field.name for field in fields(Card))
DEFAULTS = {field.name: field.default for field in fields(Card)}
TUPLES = ("sectors", "skills", "occupations", "funding", "modality")


def to_json(card: Card) -> str:
    """The JSON of a card, without values equal to the defaults, to keep the index small."""
    values = {name: getattr(card, name) for name in NAMES}
    changed = {name: value for name, value in values.items() if value != DEFAULTS[name]}
    return orjson.dumps(changed, default=_json_default).decode()


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


def _json_default(value: Any) -> list[Any] | float:
    """Converts what JSON has no type for: a named tuple, a decimal amount."""
    return list(value) if isinstance(value, tuple) else float(value)
