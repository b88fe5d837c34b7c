"""The Elasticsearch engine asks the servers through one alias. What a process caches of the index in use is checked
every few seconds, and at once when a result comes from another index."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Any
from zlib import crc32

from elasticsearch import Elasticsearch

from search.documents.schema import OfferDocument
from search.engines.base import EngineError, EngineHit, EngineResult, IndexMissingError, NewIndex, Plan, Status
from search.engines.elastic import inspection, writing
from search.engines.elastic.connection import engine_errors
from search.engines.elastic.frequencies import Frequencies
from search.engines.elastic.mapping import signature
from search.engines.elastic.queries import counts_in, counts_of, offers_of
from search.engines.elastic.writing import IndexNames, NewElasticIndex, indexes_behind
from search.engines.locks import Lock, fair_lock
from search.engines.ranking import counted_terms

# After so many seconds a process asks again which index is in use, or counts the words again.
CHECK_EVERY = 5.0
RECOUNT_EVERY = 60.0
# Values in the response to one request.
VALUES_PER_REQUEST = 10_000
# Words are counted when a process first searches, which may take longer than a visitor waits.
COUNT_TIMEOUT = 10.0


class CachedIndex:
    """What a process caches of one index: its words and their frequencies."""

    def __init__(self, client: Elasticsearch, name: str) -> None:
        self.client = client
        self.name = name
        self.created_at = self.checked_at = time.monotonic()
        self.generation = f"{name}:{self.created_at}"
        self.frequencies = Frequencies(client, name)
        self._guard = threading.Lock()
        self._vocabulary: Future[dict[str, int]] | None = None

    def vocabulary(self, *, wait: float) -> dict[str, int]:
        """The words, counted once in a thread of its own. A request that waits too long fails; the count goes on for
        the next one."""
        with self._guard:
            if self._vocabulary is None:
                patient = self.client.options(request_timeout=COUNT_TIMEOUT)
                self._vocabulary = _in_background(lambda: dict(values_in(patient, self.name, "word")))
            vocabulary = self._vocabulary
        try:
            return vocabulary.result(timeout=wait)
        except TimeoutError:
            raise EngineError("Elasticsearch is still counting the words of its index.") from None
        except EngineError:
            self._vocabulary = None
            raise

    def renewed(self) -> "CachedIndex":
        """The same index counted again; of the same generation if it says the same words."""
        state = CachedIndex(self.client, self.name)
        before = self._vocabulary
        if state.vocabulary(wait=10 * COUNT_TIMEOUT) == (before.result() if before and before.done() else None):
            state.generation = self.generation
        return state


class ElasticEngine:
    """See `search.engines.base.Engine`. `lock` is of the whole site, whatever the number of its machines; `patience`
    is how many seconds the client waits for an answer, twice at most."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, lock: Lock, alias: str, *, patience: float) -> None:
        self.client = client
        self.names = IndexNames(alias)
        self.lock = lock
        self.patience = patience
        self._state: CachedIndex | None = None
        self._renewing = threading.Lock()

    def generation(self) -> str:
        return self._current().generation

    def revision(self) -> str:
        return ""  # Another machine may have written; only the server knows, and asking it costs a search.

    def run(self, plan: Plan) -> EngineResult:
        state = self._current()
        counts, *pages = self._ask(self.requests(plan), preference=str(crc32(repr(plan.question).encode())))
        hits = pages[0]["hits"]["hits"] if pages else []
        if pages and (not hits or hits[0]["_index"] != state.name):
            # An index that is not ours finds nothing, and says so without an error.
            self._find_index()
        engine_hits = [EngineHit(hit["_source"]["card"], hit["_source"]["body"]) for hit in hits]
        after = json.dumps(hits[-1]["sort"]) if plan.after is not None and len(hits) == plan.size > 0 else ""
        return EngineResult(
            counts["hits"]["total"]["value"], engine_hits, counts_in(counts.get("aggregations", {})), after
        )

    def requests(self, plan: Plan) -> list[dict[str, Any]]:
        """The bodies that `run` sends: for the counts, and for the offers of a page if there is one."""
        if not plan.size:
            return [counts_of(plan)]
        scored = counted_terms(plan.question) if plan.order.name == "relevance" else ()
        return [counts_of(plan), offers_of(plan, self._current().frequencies.of(scored))]

    def count(self, plans: Sequence[Plan]) -> list[int]:
        if not plans:
            return []
        self._current()
        answers = self._ask([counts_of(replace(plan, facets=())) for plan in plans])
        return [answer["hits"]["total"]["value"] for answer in answers]

    def _ask(self, bodies: Sequence[dict[str, Any]], **header: str) -> list[dict[str, Any]]:
        """All at once, in one request. `preference`: equal ones ask the same copy of the index, where equal offers are
        in the same order from page to page."""
        searches = [part for body in bodies for part in (header, body)]
        with engine_errors():
            answered = self.client.msearch(index=self.names.current, searches=searches)
        answers: list[dict[str, Any]] = answered["responses"]
        for answer in answers:
            if "error" in answer:
                reason = answer["error"].get("reason")
                raise (IndexMissingError if answer["status"] == 404 else EngineError)(f"Elasticsearch: {reason}")
        return answers

    def vocabulary(self) -> Mapping[str, int]:
        return self._current().vocabulary(wait=2 * self.patience)

    def values(self, name: str) -> Mapping[str, int]:
        self._current()
        return dict(values_in(self.client, self.names.current, name))

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        self._find_index()
        refused = writing.write(self.client, self.names.current, documents, gone, is_alias=True)
        writing.refresh(self.client, self.names.current)
        self._forget()
        return refused

    def versions(self) -> dict[int, int]:
        self._current()
        return writing.versions_in(self.client, self.names.current)

    def new_index(self) -> AbstractContextManager[NewIndex]:
        return NewElasticIndex(self.client, self.names, self.lock("building"), published=self._forget)

    def previous_index(self) -> AbstractContextManager[NewIndex]:
        ours = [name for name in indexes_behind(self.client, self.names.previous) if signature() in name]
        if not ours:
            raise IndexMissingError("There is no previous index that this version can read.")
        return NewElasticIndex(self.client, self.names, self.lock("building"), name=ours[0], published=self._forget)

    def writing(self, *, wait: float = 0.0) -> AbstractContextManager[None]:
        return fair_lock(self.lock, wait=wait)

    def status(self) -> Status:
        state = self._current()
        with engine_errors():
            figures = self.client.indices.stats(index=self.names.current, metric=["docs", "store"])["_all"]["primaries"]
        return Status(state.name, figures["docs"]["count"], figures["store"]["size_in_bytes"])

    def is_suspect(self) -> bool:
        return False

    def damage(self) -> str:
        return ""

    def discard(self) -> None:
        """The server looks after its files."""

    def problems(self) -> list[str]:
        return inspection.problems(self.client, self.names)

    def _current(self) -> CachedIndex:
        state = self._state or self._find_index()
        now = time.monotonic()
        if now - state.checked_at > CHECK_EVERY:
            state = self._find_index()
            state.checked_at = now
            if now - state.created_at > RECOUNT_EVERY:
                self._renew(state)
        return state

    def _find_index(self) -> CachedIndex:
        """The index behind the alias; raises `IndexMissingError` unless this version of the code built it."""
        names = indexes_behind(self.client, self.names.current)
        if len(names) != 1:
            raise IndexMissingError("There is no index yet.")
        if signature() not in names[0]:
            raise IndexMissingError(f"The index {names[0]} was built by another version.")
        if self._state is None or self._state.name != names[0]:
            self._state = CachedIndex(self.client, names[0])
        return self._state

    def _forget(self) -> None:
        self._state = None

    def _renew(self, state: CachedIndex) -> None:
        """Counts again in a thread of its own; no search waits for it."""

        def count() -> None:
            with self._renewing, suppress(EngineError):
                self._state = state.renewed()

        if not self._renewing.locked():
            threading.Thread(target=count, daemon=True).start()


def _in_background(work: Callable[[], dict[str, int]]) -> Future[dict[str, int]]:
    """In a thread that no process waits for when it ends."""
    future: Future[dict[str, int]] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def values_in(client: Elasticsearch, target: str, field: str) -> Iterator[tuple[str, int]]:
    """Every value of a field with the number of documents that have it."""
    after: dict[str, Any] = {}
    while True:
        source = [{"value": {"terms": {"field": field}}}]
        pages = {"composite": {"size": VALUES_PER_REQUEST, "sources": source, **({"after": after} if after else {})}}
        with engine_errors():
            answer = client.search(index=target, size=0, track_total_hits=False, aggregations={"pages": pages})
        page = answer["aggregations"]["pages"]
        yield from ((bucket["key"]["value"], bucket["doc_count"]) for bucket in page["buckets"])
        if "after_key" not in page:
            return
        after = page["after_key"]
