"""All that a search can ask, and its one spelling as a query string: for page, API, feed and later alerts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.utils import timezone

from jobs.enums import ContractType, EducationLevel, Experience, Funding, Modality, OfferKind, Remote
from medinjob.lib.text import visible_line

# Kilometres around a commune when nothing is said.
DEFAULT_RADIUS = 30
LIMITS = {"radius": (0, 300), "pay_min": (1, 1_000_000), "since": (1, 365), "page": (1, 10_000)}
# A facet asked with more values than this is no person's search; the rest is ignored.
MAX_VALUES = 50
MAX_TEXT = 200
LONGEST_NUMBER = 8
# A control stands between two words; what is only unseen stands inside one.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


class Sort:
    RELEVANCE = "relevance"
    DATE = "date"
    DISTANCE = "distance"
    PAY = "pay"


AS_TYPED = "typed"
"""The only value of `spelling`: no word is read as another, even if nothing has it."""


class Duration:
    """Lengths of a training; the bounds are hours, upper one included: a week of 35 h, seven weeks, six months."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEAR = "year"
    BOUNDS = ((35, DAYS), (245, WEEKS), (900, MONTHS))

    @classmethod
    def of(cls, hours: int) -> str:
        return next((name for bound, name in cls.BOUNDS if hours <= bound), cls.YEAR)


class Length:
    """Lengths of a contract; the bounds are months, upper one included."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    BOUNDS = ((3, SHORT), (11, MEDIUM))

    @classmethod
    def of(cls, months: int) -> str:
        return next((name for bound, name in cls.BOUNDS if months <= bound), cls.LONG)


class WorkingTime:
    FULL = "full"
    PART = "part"


class Language:
    """The language in which an offer is written."""

    FRENCH = "fr"
    ENGLISH = "en"


CHOICES: dict[str, frozenset[str]] = {
    "kind": frozenset(OfferKind.values),
    "contract": frozenset(ContractType.values),
    "remote": frozenset(Remote.values),
    "experience": frozenset(Experience.values),
    "level": frozenset(str(level) for level in EducationLevel.values),
    "funding": frozenset(Funding.values),
    "modality": frozenset(Modality.values),
    "duration": frozenset({Duration.DAYS, Duration.WEEKS, Duration.MONTHS, Duration.YEAR}),
    "length": frozenset({Length.SHORT, Length.MEDIUM, Length.LONG}),
    "time": frozenset({WorkingTime.FULL, WorkingTime.PART}),
    "language": frozenset({Language.FRENCH, Language.ENGLISH}),
}
SHAPES = {
    "sector": re.compile(r"[-\w]{1,50}"),
    "company": re.compile(r"[-\w]{1,180}"),
    "not_company": re.compile(r"[-\w]{1,180}"),
    "collection": re.compile(r"[-\w]{1,50}"),
    "session": re.compile(r"20\d\d-(?:0[1-9]|1[0-2])"),
}
# The criteria that may be asked several times: any of the values fits. Also the order in which they are written.
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
)
# What an offer must not have; asked several times, none of the values fits.
LEFT_OUT = {"not_company": "company"}
# The criteria that may be asked several times.
SEVERAL = (*FACETS, *LEFT_OUT)
LEAVE_OUT = "without"
"""The only value of `applied`: offers to which the person who asks has applied are not found."""
SORTS = (Sort.RELEVANCE, Sort.DATE, Sort.DISTANCE, Sort.PAY)
# The criteria that are one of some values.
ONE_OF = {"sort": SORTS, "spelling": (AS_TYPED,), "applied": (LEAVE_OUT,)}
# What is no constraint: how to search, not for what; the radius goes with its place.
MANNERS = frozenset({"sort", "page", "radius", "spelling"})


class Ignored(NamedTuple):
    """Something asked that means nothing, to be said on the page."""

    name: str
    value: str


class Chosen(NamedTuple):
    """One constraint of a search, as one removable mark."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """`place` is an INSEE code, a postcode, a département's code, a name, or several of them ("Nice ou Cannes");
    `radius` is in km around a commune (None: `DEFAULT_RADIUS`, 0: the commune alone) and means nothing for a larger
    place; `pay_min` is in euros by year before tax; `since` in days; `session` a month "2027-01". Codes are the
    values of `jobs.enums`."""

    q: str = ""
    kind: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    place: str = ""
    radius: int | None = None
    remote: tuple[str, ...] = ()
    pay_min: int | None = None
    experience: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    since: int | None = None
    company: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    duration: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    length: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    not_company: tuple[str, ...] = ()
    applied: str = ""
    spelling: str = ""
    sort: str = Sort.RELEVANCE
    page: int = 1
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """Reads a `QueryDict` or a mapping of lists. Wrong values are left out and kept in `ignored`; never raises."""
        values: dict[str, Any] = {}
        ignored: list[Ignored] = []
        for name in NAMES:
            given = [text for text in map(_clean, _all(query, name)) if text]
            if given:
                value, bad = _several(name, given) if name in SEVERAL else _single(name, _asked_once(name, given))
                values |= {name: value} if value is not None else {}
                ignored += (Ignored(name, text) for text in bad)
        return cls(**values, ignored=tuple(ignored))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """What is asked, in the canonical order; defaults are left out."""
        for name in NAMES:
            value = getattr(self, name)
            if value != DEFAULTS[name]:
                yield from ((name, str(item)) for item in (value if isinstance(value, tuple) else (value,)))

    def to_query_string(self) -> str:
        """ "q=python&contract=cdd&contract=cdi": equal criteria give equal strings, "" when nothing is asked."""
        return urlencode(list(self.with_(**self._sorted_facets(), page=self.page).pairs()))

    def with_(self, **changes: Any) -> Self:
        """The same search with other values, from its first page unless `page` is given."""
        return replace(self, **{"page": 1, **changes})

    def without(self, name: str, value: str | None = None) -> Self:
        """The same search less a criterion, or less one value of a facet. Without its place, no radius either."""
        if value is not None and name in SEVERAL:
            return self.with_(**{name: tuple(item for item in getattr(self, name) if item != value)})
        gone_with_it = {"place": "radius", "q": "spelling"}.get(name, name)
        changes = {name: DEFAULTS[name], gone_with_it: DEFAULTS[gone_with_it]}
        if name == "place" and self.sort == Sort.DISTANCE:
            changes["sort"] = Sort.RELEVANCE
        return self.with_(**changes)

    def chosen(self) -> tuple[Chosen, ...]:
        """Every constraint, words first."""
        return tuple(Chosen(name, value) for name, value in self.pairs() if name not in MANNERS)

    @property
    def published_from(self) -> datetime | None:
        """The earliest publication that `since` means, on the hour: the next page, a minute later, is of the same
        search, and what the engine counted for it still holds."""
        if self.since is None:
            return None
        return timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=self.since)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked but perhaps an order or a page."""
        return not self.chosen()

    def _sorted_facets(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(sorted(getattr(self, name))) for name in SEVERAL}


NAMES = tuple(item.name for item in fields(SearchCriteria) if item.name != "ignored")
DEFAULTS = {item.name: item.default for item in fields(SearchCriteria)}


def _all(query: Mapping[str, Any], name: str) -> Iterable[str]:
    getlist = getattr(query, "getlist", None)
    if getlist is not None:
        return list(getlist(name))
    value = query.get(name, ())
    return [str(value)] if isinstance(value, str | int) else list(value)


def _clean(text: object) -> str:
    """One line without control characters, never longer than a person types."""
    return visible_line(str(text)[: 10 * MAX_TEXT].translate(_CONTROLS))[:MAX_TEXT]


def _is_known(name: str, text: str) -> bool:
    return text in CHOICES[name] if name in CHOICES else SHAPES[name].fullmatch(text) is not None


def _several(name: str, given: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The values of a facet that mean something, each once, and the others."""
    good = tuple(dict.fromkeys(text for text in given if _is_known(name, text)))[:MAX_VALUES]
    return good, [text for text in given if text not in good]


def _single(name: str, text: str) -> tuple[str | int | None, list[str]]:
    """The value of a criterion that is asked once, or None and what was written."""
    value = _number(name, text) if name in LIMITS else text
    if text not in ONE_OF.get(name, (text,)):
        value = None
    return value, [text] if value is None else []


def _asked_once(name: str, given: list[str]) -> str:
    """The first value, but places asked several times are a choice of them."""
    return " ou ".join(dict.fromkeys(given))[:MAX_TEXT] if name == "place" else given[0]


def _number(name: str, text: str) -> int | None:
    """A number within the limits of its name; "٣" and "1e5" are none."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        return None
    low, high = LIMITS[name]
    return int(text) if low <= int(text) <= high else None
