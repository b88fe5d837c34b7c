"""The protocol of a search engine. Engines know neither models of Django nor the criteria: they take a `Plan` and
return an `EngineResult`; they are given documents, each with its offer's version."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from search.documents.schema import OfferDocument
from search.query.nodes import NOTHING_ASKED, Question

# How many values of a facet are counted, most frequent first.
FACET_SIZE = 40


class EngineError(Exception):
    """The engine cannot answer: away, or without an index of this version. The text says which, to an operator."""


class IndexMissingError(EngineError):
    """There is no index that this version of the code can read: build it."""


class IndexBusyError(EngineError):
    """Another process writes to the index."""


class Values(NamedTuple):
    """The offer has one of these values. In counts of the facet of that name this filter is left out."""

    name: str
    values: tuple[str, ...]


class AtLeast(NamedTuple):
    """`pay` (euros by year) or `published` (seconds since 1970) is at least this."""

    name: str
    bound: int


class Near(NamedTuple):
    """One of the offer's places is within `km` of the point."""

    latitude: float
    longitude: float
    km: float


class Without(NamedTuple):
    """The offer has another value."""

    name: str
    value: str


Simple = Values | AtLeast | Near | Without


class Either(NamedTuple):
    """One of these is enough. It is left out of no count."""

    filters: tuple[Simple, ...]


Filter = Simple | Either


class Order(NamedTuple):
    """ "relevance", "date" (newest first), "pay" (the best of a year first, offers without pay last) or "distance"
    (from `point`, nearest first, offers without a place last)."""

    name: str
    point: tuple[float, float] | None = None


NEWEST_FIRST = Order("date")


@dataclass(frozen=True, slots=True)
class Plan:
    """A search, ready for an engine to run."""

    question: Question = NOTHING_ASKED
    filters: tuple[Filter, ...] = ()
    order: Order = NEWEST_FIRST
    offset: int = 0
    size: int = 20
    facets: tuple[str, ...] = ()
    after: str | None = None
    """To read all results: the `after` of the result before, or "" for the first; then `offset` is not used."""
    exact_first: Question | None = None
    """For the order by relevance, when the question was widened: offers that satisfy this one come first."""


class EngineHit(NamedTuple):
    """A card (JSON, see `search.documents.card`) and the offer's plain text."""

    card: str
    text: str


class EngineResult(NamedTuple):
    """`after` lets a later plan of the same search continue from here; "" at the end."""

    total: int
    hits: list[EngineHit]
    facets: dict[str, list[tuple[str, int]]]
    after: str = ""


class Status(NamedTuple):
    """`name` of the index in use, its number of documents and its size in bytes."""

    name: str
    documents: int
    size: int


class NewIndex(Protocol):
    """An index being built beside the one in use."""

    @staticmethod
    def prepare(document: OfferDocument) -> Any:
        """The form in which `add` takes a document. Called where the document is built, perhaps in another process."""

    def add(self, batches: Iterable[list[Any]]) -> Mapping[int, str]:
        """For documents that are not there yet, each made by `prepare`; see `Engine.write` for what is refused."""

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        """As `Engine.write`, on the index being built."""

    def versions(self) -> dict[int, int]: ...

    def publish(self) -> None:
        """Replaces the index in use, for all readers in one step."""


class Engine(Hashable, Protocol):
    name: str

    def generation(self) -> str:
        """A text that changes whenever the vocabulary may have changed."""

    def revision(self) -> str:
        """A text that changes with every write that readers see, told at once; "" where that is not known."""

    def run(self, plan: Plan) -> EngineResult: ...

    def count(self, plans: Sequence[Plan]) -> list[int]: ...

    def vocabulary(self) -> Mapping[str, int]:
        """The words written in titles, skills and names (lower case), with the number of offers that have them."""

    def values(self, name: str) -> Mapping[str, int]:
        """Every value of a facet with the number of offers that have it."""

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        """Adds or replaces documents and deletes those `gone`, given with their offer's version (None for an offer that
        is no more). An engine that keeps versions lets a later one stand. Readers see it when this returns. The reason
        by offer id of each document that can never be written as it is; all others are."""

    def versions(self) -> dict[int, int]:
        """The version of every document, by offer id."""

    def new_index(self) -> AbstractContextManager[NewIndex]:
        """A new index; it is deleted if it is not published when the block ends."""

    def previous_index(self) -> AbstractContextManager[NewIndex]:
        """The index that was in use before, to be written and published again; raises `IndexMissingError`."""

    def writing(self, *, wait: float = 0.0) -> AbstractContextManager[None]:
        """Held while an index is written or switched; raises `IndexBusyError` when another process still holds it after
        `wait` seconds."""

    def status(self) -> Status: ...

    def is_suspect(self) -> bool:
        """True when a reader failed or there is no index, so that the files must be checked. Cheap."""

    def damage(self) -> str:
        """What is wrong with the files of the index in use, which only a new index mends; "" if nothing, or if a server
        looks after them."""

    def discard(self) -> None:
        """Removes a damaged index; there is none until one is built."""

    def problems(self) -> list[str]:
        """One sentence for each thing that an operator must correct before the engine can serve. Raises nothing."""
