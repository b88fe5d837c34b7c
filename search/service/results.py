"""The result of a search: everything that a page shows, without a further query."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString

from jobs.enums import ContractType, Remote
from search.analysis.highlight import Highlighter
from search.criteria import Ignored, SearchCriteria
from search.documents.card import Card
from search.query.places import NOTHING_SAID, PlaceRead, ResolvedPlace

CONTRACT_LABELS = dict(ContractType.choices)
REMOTE_LABELS = dict(Remote.choices)
# Numbered pages end after so many results.
MAX_DEPTH = 10_000


@dataclass(frozen=True, slots=True)
class Hit(Card):
    """A card found, with the offer's `text`; `place_label` is its place that the search asks for,
    or the first one; it has so many `more_places`."""

    text: str = field(kw_only=True, repr=False)
    highlighter: Highlighter = field(kw_only=True, repr=False, compare=False)
    place_label: str = ""
    more_places: int = 0
    distance_km: float | None = None

    @property
    def title_html(self) -> SafeString:
        """Safe HTML with `<mark>` around the matches. Made on demand, because only pages show it."""
        return self.highlighter.title(self.title)

    @property
    def excerpt_html(self) -> SafeString:
        """The best passage of the text, likewise."""
        return self.highlighter.passage(self.text)

    @property
    def contract_label(self) -> str:
        return str(CONTRACT_LABELS.get(self.contract, ""))

    @property
    def remote_label(self) -> str:
        return str(REMOTE_LABELS.get(self.remote, ""))

    @property
    def next_session(self) -> date | None:
        today = timezone.localdate()
        return next((day for day in self.sessions if day >= today), None)


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


class Facet(NamedTuple):
    """The values of one criterion with their counts, most frequent first. Chosen values are always listed."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`took` is in milliseconds. `corrected_query`: nothing or little had the words typed, these were searched
    instead.
    `exact_total`: few offers have all the words; so many do, first, and the others come near (None in the order of
    date or distance, where those that come near stand among them). `degraded`: the index did
    not answer, the database did, without facets and with plainer matching. `after` leads to what follows; "" at the
    end."""

    criteria: SearchCriteria
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    size: int = 20
    took: float = 0.0
    degraded: bool = False
    corrected_query: str | None = None
    exact_total: int | None = None
    places: tuple[ResolvedPlace, ...] = ()
    place_read: PlaceRead = NOTHING_SAID
    ignored: tuple[Ignored, ...] = field(default=())
    after: str = ""

    @property
    def page(self) -> int:
        return self.criteria.page

    @property
    def place(self) -> ResolvedPlace | None:
        """The place of the search when it has exactly one."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def pages(self) -> int:
        """How many pages can be asked for; 1 when there is nothing."""
        return max(1, -(-min(self.total, MAX_DEPTH) // self.size))

    def facet(self, name: str) -> Facet:
        return next((facet for facet in self.facets if facet.name == name), Facet(name, ()))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind`: occupation, skill, company or commune; `value` goes to `q`, `company` or `place`; `count` offers now."""

    kind: str
    label: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An empty search less one constraint (`name`, `value`) would find `count` offers."""

    name: str
    value: str
    criteria: SearchCriteria
    count: int
