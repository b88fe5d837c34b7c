"""The view model of the result page: filters with counts, chips to remove, addresses. Makes no query."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobs.enums import OfferKind
from medinjob.lib.pages import page_window
from search.criteria import AS_TYPED, DEFAULT_RADIUS, LEAVE_OUT, Chosen, SearchCriteria, Sort
from search.query.exclusions import read_wanted
from search.service.results import FacetValue, Hit, Relaxation, ResultPage
from search.web import wording

SHOWN_VALUES = 6
"""Values of a filter before "more": enough to choose from, few enough to see the next filter."""

RADIUSES = (0, 10, 20, 30, 50, 100, 200)
PAYS = (25_000, 30_000, 35_000, 40_000, 45_000, 50_000, 60_000, 70_000)
SINCE = (1, 3, 7, 14, 30)
CHOICE = (
    '<label class="choice"><input type="checkbox" form="search" id="{0}-{1}" name="{0}" value="{1}"{2}>{3}'
    '<span class="count">{4}</span></label>'
)
OPTION = '<option value="{}"{}>{}</option>'
FIELDS = frozenset({"q", "place", "pay_min", "since", "applied"})


class Select(NamedTuple):
    name: str
    title: str
    options: SafeString


class Group(NamedTuple):
    """One filter: the values `shown`, and so `many` `more` that open on demand (`open` when one of these is chosen)."""

    name: str
    title: str
    shown: SafeString
    more: SafeString
    many: int
    open: bool


class Chip(NamedTuple):
    """Something chosen; `url` is the same search without it."""

    name: str
    label: str
    url: str


class PlaceCorrection(NamedTuple):
    """A slip in the name of a place, and the label of the one taken for it."""

    typed: str
    label: str


class WayTo(NamedTuple):
    """Another place that the words may mean; `url` is the same search there."""

    label: str
    url: str


class PageLink(NamedTuple):
    """One step of the pages; without `url`, the gap between two of them. `rel` is prev, next or nothing."""

    number: int = 0
    url: str = ""
    rel: str = ""
    current: bool = False


class WayOut(NamedTuple):
    """What an empty search could leave out, and how many offers that would bring."""

    label: str
    url: str
    offers: int


def search_url(criteria: SearchCriteria) -> str:
    """The one address of a search in the current language; a search for trainings alone has its own page."""
    if criteria.kind == (OfferKind.TRAINING,):
        return _with_query(reverse("trainings"), criteria.with_(kind=(), page=criteria.page))
    return _with_query(reverse("search"), criteria)


def feed_url(criteria: SearchCriteria) -> str:
    return _with_query(reverse("search-feed"), criteria.with_(sort=Sort.RELEVANCE))


def parts_of(address: str) -> SplitResult:
    """The parts of an address that a browser sends; all empty when it is not a valid address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _with_query(path: str, criteria: SearchCriteria) -> str:
    query = criteria.to_query_string()
    return f"{path}?{query}" if query else path


class ResultsView:
    """What the templates of the result page read, besides the `ResultPage` itself."""

    def __init__(
        self, result: ResultPage, relaxations: tuple[Relaxation, ...] = (), *, signed_in: bool = False
    ) -> None:
        self.signed_in = signed_in
        self.result = result
        self.criteria = result.criteria
        self.heading = wording.heading(result)
        self.trainings = wording.trainings(result)
        self.ways_out = [
            WayOut(
                wording.relaxation(result, Chosen(item.name, item.value), item.criteria),
                search_url(item.criteria),
                item.count,
            )
            for item in relaxations
        ]

    @cached_property
    def url(self) -> str:
        return search_url(self.criteria)

    @cached_property
    def feed_url(self) -> str:
        return feed_url(self.criteria)

    @property
    def is_plain(self) -> bool:
        """True for the whole list and the list of trainings. Web search engines may index only these: filters give
        endless other pages."""
        return self.criteria.with_(kind=()).is_empty

    @cached_property
    def asked(self) -> str:
        """The words and the place asked for, as the title of the page says them."""
        where = wording.places(self.result) or self.criteria.place
        return " · ".join(part for part in (self.criteria.q, where) if part)

    @cached_property
    def groups(self) -> list[Group]:
        return [_group(name, values) for name, values in self._listed.items() if values]

    @cached_property
    def _listed(self) -> dict[str, list[FacetValue]]:
        """The values of each filter that would bring something, or are chosen."""
        facets = {facet.name: facet.values for facet in self.result.facets}
        return {
            name: [value for value in facets.get(name, ()) if value.count or value.selected] for name in wording.FACETS
        }

    @property
    def selects(self) -> Iterator[Select]:
        criteria = self.criteria
        if any(place.kind == "commune" for place in self.result.places):
            radius = DEFAULT_RADIUS if criteria.radius is None else criteria.radius
            options = _options(
                ("" if km == DEFAULT_RADIUS else km, wording.radius(km), km == radius)
                for km in sorted({*RADIUSES, radius})
            )
            yield Select("radius", str(wording.CRITERIA["radius"]), options)
        yield _select("pay_min", PAYS, criteria.pay_min, wording.pay, _("Toutes"))
        yield _select("since", SINCE, criteria.since, wording.since, _("Toutes les dates"))
        if companies := [value for value in self._listed["company"] if not value.selected]:
            options = _options((("", _("Aucune"), True), *((item.value, item.label, False) for item in companies)))
            yield Select("not_company", str(wording.LEAVE_OUT), options)
        if self.signed_in:
            left_out = bool(criteria.applied)
            ways = (("", _("Toutes les offres"), not left_out), (LEAVE_OUT, str(wording.APPLIED), left_out))
            yield Select("applied", str(wording.CRITERIA["applied"]), _options(ways))

    @property
    def sorts(self) -> SafeString:
        """Distance is offered once there is a point to measure from."""
        near = self.result.place is not None and self.result.place.kind == "commune"
        return _options(
            (value, str(label), self.criteria.sort == value)
            for value, label in wording.SORTS.items()
            if value != Sort.DISTANCE or near
        )

    @cached_property
    def hidden(self) -> list[Chosen]:
        """Chosen values without a field on this page; hidden fields keep them in the next search."""
        shown = {(name, value.value) for name, values in self._listed.items() for value in values}
        return [item for item in self.criteria.chosen() if item not in shown and item.name not in FIELDS]

    @cached_property
    def chips(self) -> list[Chip]:
        """A place that means nothing filters nothing, and is no chip; each of several is one."""
        criteria = self.criteria
        return [*self._exclusion_chips, *self._place_chips] + [
            Chip(item.name, wording.chosen(self.result, item), search_url(criteria.without(item.name, item.value)))
            for item in criteria.chosen()
            if item.name not in {"q", "place"}
        ]

    @property
    def _exclusion_chips(self) -> Iterator[Chip]:
        """An exclusion is written among the words; its chip takes it out of them."""
        wanted = read_wanted(self.criteria.q)
        for word in wanted.excluded:
            left = self.criteria.with_(q=wanted.without(word))
            yield Chip("q", _("Sans « %(label)s »") % {"label": word}, search_url(left))

    @property
    def _place_chips(self) -> Iterator[Chip]:
        places = self.result.places
        for place in places:
            others = " ou ".join(other.label for other in places if other != place)
            left = self.criteria.with_(place=others) if others else self.criteria.without("place")
            yield Chip("place", wording.place(self.result, place), search_url(left))

    @property
    def place_corrections(self) -> list[PlaceCorrection]:
        return [PlaceCorrection(typed, label) for typed, label in self.result.place_read.corrections]

    @property
    def other_places(self) -> list[WayTo]:
        """More places of the name that was typed, each one click away."""
        return self._ways_to(self.result.place_read.others)

    @property
    def nearest_places(self) -> list[WayTo]:
        """What a name that no place has may have meant; it stands beside the places that were understood."""
        known = [place.label for place in self.result.places]
        return [
            WayTo(label, search_url(self.criteria.with_(place=" ou ".join([*known, label]))))
            for label in self.result.place_read.nearest
        ]

    def _ways_to(self, labels: Iterable[str]) -> list[WayTo]:
        return [WayTo(label, search_url(self.criteria.with_(place=label))) for label in labels]

    @property
    def as_typed_url(self) -> str:
        return search_url(self.criteria.with_(spelling=AS_TYPED))

    @property
    def cleared_url(self) -> str:
        return search_url(SearchCriteria(q=self.criteria.q))

    @property
    def ignored(self) -> list[str]:
        return [f"{wording.CRITERIA.get(name, name)} « {value} »" for name, value in self.result.ignored]

    @property
    def exact_hits(self) -> tuple[Hit, ...]:
        return self.result.hits[: self._exact_here]

    @property
    def near_hits(self) -> tuple[Hit, ...]:
        """The hits that have only some of the words; they are listed apart."""
        return self.result.hits[self._exact_here :]

    @property
    def page_links(self) -> Iterator[PageLink]:
        here, pages = self.result.page, self.result.pages
        if here > 1:
            yield PageLink(here - 1, self._page_url(here - 1), "prev")
        for number in page_window(here, pages):
            yield PageLink(number, self._page_url(number), "", number == here) if number else PageLink()
        if here < pages:
            yield PageLink(here + 1, self._page_url(here + 1), "next")

    def _page_url(self, number: int) -> str:
        return search_url(self.criteria.with_(page=number))

    @property
    def place(self) -> str:
        """The text of the place field: the words typed, or the name of the place when a code was given."""
        place = self.result.place
        return place.label if place and self.criteria.place == place.code else self.criteria.place

    @cached_property
    def _exact_here(self) -> int:
        result = self.result
        before = (result.page - 1) * result.size
        return len(result.hits) if result.exact_total is None else max(0, result.exact_total - before)


def _group(name: str, values: list[FacetValue]) -> Group:
    cut = SHOWN_VALUES if len(values) > SHOWN_VALUES + 1 else len(values)
    shown, more = values[:cut], values[cut:]
    chosen_more = any(value.selected for value in more)
    return Group(name, str(wording.FACETS[name]), _choices(name, shown), _choices(name, more), len(more), chosen_more)


def _choices(name: str, values: Iterable[FacetValue]) -> SafeString:
    """Checkboxes with counts, as a string: a page has some seventy, and a template would take as long for them as for
    the results."""
    return SafeString(
        "".join(
            CHOICE.format(name, escape(value.value), " checked" * value.selected, escape(value.label), value.count)
            for value in values
        )
    )


def _options(options: Iterable[tuple[object, str, bool]]) -> SafeString:
    return SafeString(
        "".join(
            OPTION.format(escape(value), " selected" * selected, escape(label)) for value, label, selected in options
        )
    )


def _select(
    name: str, values: tuple[int, ...], current: int | None, label: Callable[[int], str], nothing: str
) -> Select:
    known = sorted({*values, *([] if current is None else [current])})
    options = ((item, label(item), item == current) for item in known)
    return Select(name, str(wording.CRITERIA[name]), _options((("", nothing, current is None), *options)))
