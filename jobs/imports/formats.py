"""The formats that an import reads: one line each. A format is how rows come out of a file, and what a row means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from jobs.enums import OfferSource
from jobs.imports import france_travail
from jobs.imports.parsed import ParsedOffer
from jobs.imports.reading import Row, read_rows


@dataclass(frozen=True, slots=True)
class Format:
    """`parse` raises `RefusalError` for a row that cannot become an offer; `read` never raises for what it reads;
    `identify` finds the identifier in the beginning of a row that cannot be parsed."""

    source: OfferSource
    read: Callable[[BinaryIO], Iterator[Row]]
    parse: Callable[[Any], ParsedOffer]
    identify: Callable[[str], str] = lambda start: ""


FORMATS = {
    "france-travail": Format(OfferSource.FRANCE_TRAVAIL, read_rows, france_travail.parse, france_travail.identify),
}
