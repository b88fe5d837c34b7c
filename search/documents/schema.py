"""The schema of a document, the same for every engine. It imports nothing, because engines know no models."""

from typing import NamedTuple

# The text fields. `facts` holds places, contract, remote work… as words, so that people can type them.
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
    "length",
    "time",
    "language",
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
