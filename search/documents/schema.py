"""What every engine keeps of an offer. Nothing is imported here: engines know this and no model."""

from typing import NamedTuple

# Where a term may stand. `facts`: places, contract, remote work… in words, so that they may be typed.
FIELDS = ("title", "skills", "facts", "employer", "text")

FACETS = (
    "kind",
    "sector",
    "contract",
    "remote",
    "experience",
    "level",
    "company",
    "collection",
    "session",
    "funding",
    "duration",
    "modality",
    "department",
    "commune",
    "occupation",
)


class OfferDocument(NamedTuple):
    """`terms` by field, as the analysis gives them; `words` as written, for spelling; `values` by facet; `pay` in euros
    by year; `published` in seconds since 1970; `spots` are latitude and longitude of each place."""

    id: int
    version: int
    card: str
    text: str
    terms: dict[str, list[str]]
    words: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    pay: int | None
    published: int
    spots: tuple[tuple[float, float], ...]
