"""Each referential: its model, its file, and how a row of the file becomes the fields of a row of the table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Model

from referentials.enums import OccupationFamily
from referentials.models import Appellation, Commission, Commune, Occupation, Sector, Skill
from referentials.place_names import place_key
from referentials.skill_names import skill_slug

Row = dict[str, str]
Parser = Callable[[Row], dict[str, Any]]

DATA = Path(__file__).resolve().parents[1] / "data"
ESCO_SKILL = "http://data.europa.eu/esco/skill/"

_COMMUNE_CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_ROME_CODE = re.compile(r"[A-N]\d{4}")
_OGR_CODE = re.compile(r"\d{1,10}")
_POSTCODE = re.compile(r"\d{5}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class RowRefusedError(ValueError):
    """This row cannot be loaded; the message is the reason."""


@dataclass(frozen=True)
class Referential:
    """`columns` are required in the file. `parent` names a field that must point to a row of `parent_model`."""

    name: str
    model: type[Model]
    filename: str
    columns: frozenset[str]
    parse: Parser
    parent: str = ""
    parent_model: type[Model] | None = None
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.model._meta.pk.attname)

    @property
    def path(self) -> Path:
        return DATA / self.filename


def _matching(pattern: re.Pattern[str], value: str, what: str) -> str:
    if not pattern.fullmatch(value):
        raise RowRefusedError(f"{what} {value!r} is not valid")
    return value


def _text(row: Row, column: str, limit: int) -> str:
    value = " ".join(row[column].split())
    if not value:
        raise RowRefusedError(f"{column} is empty")
    if len(value) > limit:
        raise RowRefusedError(f"{column} is longer than {limit} characters")
    return value


def _number(row: Row, column: str, low: float, high: float) -> float:
    try:
        value = float(row[column].replace(",", "."))
    except ValueError:
        raise RowRefusedError(f"{column} {row[column]!r} is not a number") from None
    if not low <= value <= high:
        raise RowRefusedError(f"{column} {value} is not between {low} and {high}")
    return value


def _items(row: Row, column: str) -> list[str]:
    return [item.strip() for item in row.get(column, "").split("|") if item.strip()]


def _truth(row: Row, column: str) -> bool:
    return row[column].lower() in {"1", "true", "oui", "o", "vrai"}


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise RowRefusedError(f"{column} {row[column]!r} is not a date (YYYY-MM-DD)") from None


def parse_commune(row: Row) -> dict[str, Any]:
    name = _text(row, "name", 80)
    return {
        "code": _matching(_COMMUNE_CODE, row["code"].upper(), "INSEE code"),
        "name": name,
        "search_name": place_key(name),
        "parent_id": row["parent"] or None,
        "department": _text(row, "department", 3),
        "department_name": _text(row, "department_name", 60),
        "region": _text(row, "region", 3),
        "region_name": _text(row, "region_name", 60),
        "postcodes": [_matching(_POSTCODE, postcode, "postcode") for postcode in _items(row, "postcodes")],
        "population": int(_number(row, "population", 0, 20_000_000)) if row["population"] else 0,
        "latitude": _number(row, "latitude", -90, 90),
        "longitude": _number(row, "longitude", -180, 180),
        "coordinates_source": _text(row, "coordinates_source", 30),
    }


def parse_occupation(row: Row) -> dict[str, Any]:
    family = row["family"]
    if family and family not in OccupationFamily.values:
        raise RowRefusedError(f"family {family!r} is not known")
    return {
        "code": _matching(_ROME_CODE, row["code"].upper(), "ROME code"),
        "label": _text(row, "label", 200),
        "digital": _truth(row, "digital"),
        "family": family,
    }


def parse_appellation(row: Row) -> dict[str, Any]:
    return {
        "code": _matching(_OGR_CODE, row["code"], "OGR code"),
        "occupation_id": _matching(_ROME_CODE, row["occupation"].upper(), "ROME code"),
        "label": _text(row, "label", 200),
    }


def parse_sector(row: Row) -> dict[str, Any]:
    return {
        "slug": _matching(_SLUG, row["slug"], "slug"),
        "label": _text(row, "label", 80),
        "label_en": _text(row, "label_en", 80),
        "naf_prefixes": _items(row, "naf_prefixes"),
    }


def parse_commission(row: Row) -> dict[str, Any]:
    since, until = _day(row, "since"), _day(row, "until")
    if since is None:
        raise RowRefusedError("since is empty")
    if until is not None and until < since:
        raise RowRefusedError("until is before since")
    return {
        "slug": _matching(_SLUG, row["slug"], "slug"),
        "label": _text(row, "label", 80),
        "since": since,
        "until": until,
    }


def parse_skill(row: Row) -> dict[str, Any]:
    label = _text(row, "label", 160)
    uri = row.get("esco_uri", "")
    return {
        "slug": _matching(_SLUG, row["slug"] or skill_slug(label), "slug"),
        "label": label,
        "aliases": _items(row, "aliases"),
        "esco_uri": uri if not uri or uri.startswith("http") else ESCO_SKILL + uri,
        "spotted": _truth(row, "spotted"),
    }


_COMMUNE_COLUMNS = (
    "code name parent department department_name region region_name postcodes population latitude longitude "
    "coordinates_source"
)

# In the order in which they can be loaded: an appellation needs its occupation.
REFERENTIALS = {
    referential.name: referential
    for referential in (
        Referential(
            "communes", Commune, "communes.csv.gz", frozenset(_COMMUNE_COLUMNS.split()), parse_commune,
            "parent_id", Commune,
        ),
        Referential(
            "occupations", Occupation, "occupations.csv", frozenset({"code", "label", "digital", "family"}),
            parse_occupation,
        ),
        Referential(
            "appellations", Appellation, "appellations.csv", frozenset({"code", "occupation", "label"}),
            parse_appellation, "occupation_id", Occupation,
        ),
        Referential(
            "sectors", Sector, "sectors.csv", frozenset({"slug", "label", "label_en", "naf_prefixes"}), parse_sector
        ),
        Referential(
            "commissions", Commission, "commissions.csv", frozenset({"slug", "label", "since", "until"}),
            parse_commission,
        ),
        Referential(
            "skills", Skill, "skills.csv", frozenset({"slug", "label", "aliases", "spotted"}), parse_skill
        ),
    )
}  # fmt: skip
