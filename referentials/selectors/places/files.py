"""The two lists of names beside the communes' own: areas and quarters, and communes that merged.

They are data edited with the code, so they are read from the repository at the first use rather than loaded in tables.
"""

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

from referentials.place_names import place_key

DATA = Path(__file__).resolve().parents[2] / "data"


class NamedArea(NamedTuple):
    """`codes` are INSEE codes of communes or numbers of départements; one commune alone is a quarter of it, or a place
    that people know by its own name."""

    name: str
    keys: tuple[str, ...]
    codes: tuple[str, ...]


@cache
def named_areas() -> tuple[NamedArea, ...]:
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            NamedArea(
                row["name"],
                tuple(map(place_key, (row["name"], *filter(None, row["aliases"].split("|"))))),
                tuple(row["codes"].split("|")),
            )
            for row in csv.DictReader(file)
        )


@cache
def former_communes() -> tuple[tuple[str, str, str], ...]:
    """(key of the former name, former code, code of today): either of the first two may be empty."""
    with gzip.open(DATA / "former_communes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return tuple((place_key(row["name"]), row["code"], row["current"]) for row in csv.DictReader(file))
