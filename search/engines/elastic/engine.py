"""Asks the servers through one alias. What a process knows of the index in use it looks at again every few seconds, and
at once when an answer comes from another index."""

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
from search.engines.base import Answer, EngineError, Found, IndexMissingError, NewIndex, Plan, Status
from search.engines.elastic import inspection, writing
from search.engines.elastic.connection import one_sentence
from search.engines.elastic.frequencies import Frequencies
from search.engines.elastic.mapping import signature
from search.engines.elastic.queries import counts_in, counts_of, offers_of
from search.engines.elastic.writing import Building, Names, behind
from search.engines.locks import Lock, in_turn
from search.engines.ranking import terms_of

# Seconds after which a process asks again which index is in use, and how often it counts words again.
LOOKED_AT = 5.0
COUNTED = 60.0
# How many values one request brings.
PAGE = 10_000
# Words are counted when a process first searches, which may take longer than a visitor waits.
COUNTING = 10.0


class State:
    """What is known of one index for a while."""

    def __init__(self, client: Elasticsearch, name: str) -> None:
        self.client = client
        self.name = name
        self.born = self.seen = time.monotonic()
        self.generation = f"{name}:{self.born}"
        self.frequencies = Frequencies(client, name)
        self._guard = threading.Lock()
        self._vocabulary: Future[dict[str, int]] | None = None

    def vocabulary(self, *, wait: float) -> dict[str, int]:
        """Counted beside, once: who has waited in vain leaves it to those who come after."""
        with self._guard:
            if self._vocabulary is None:
                patient = self.client.options(request_timeout=COUNTING)
                self._vocabulary = _beside(lambda: dict(values_in(patient, self.name, "word")))
            counted = self._vocabulary
        try:
            return counted.result(timeout=wait)
        except TimeoutError:
            raise EngineError("Elasticsearch is still counting the words of its index.") from None
        except EngineError:
            self._vocabulary = None
            raise

    def renewed(self) -> "State":
        """The same index counted again; of the same generation if it says the same words."""
        state = State(self.client, self.name)
        before = self._vocabulary
        if state.vocabulary(wait=10 * COUNTING) == (before.result() if before and before.done() else None):
            state.generation = self.generation
        return state


class ElasticEngine:
    """See `search.engines.base.Engine`. `lock` is of the whole site, whatever the number of its machines; `patience`
    is how many seconds the client waits for an answer, twice at most."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, lock: Lock, alias: str, *, patience: float) -> None:
        self.client = client
        self.names = Names(alias)
        self.lock = lock
        self.patience = patience
        self._state: State | None = None
        self._renewing = threading.Lock()

    def generation(self) -> str:
        return self._current().generation

    def run(self, plan: Plan) -> Answer:
        state = self._current()
        counted, *pages = self._ask(self.requests(plan), preference=str(crc32(repr(plan.question).encode())))
        hits = pages[0]["hits"]["hits"] if pages else []
        if pages and (not hits or hits[0]["_index"] != state.name):
            # An index that is not ours finds nothing, and says so without an error.
            self._look()
        found = [Found(hit["_source"]["card"], hit["_source"]["body"]) for hit in hits]
        after = json.dumps(hits[-1]["sort"]) if plan.after is not None and len(hits) == plan.size > 0 else ""
        return Answer(counted["hits"]["total"]["value"], found, counts_in(counted.get("aggregations", {})), after)

    def requests(self, plan: Plan) -> list[dict[str, Any]]:
        """The bodies that `run` sends: for the counts, and for the offers of a page if there is one."""
        if not plan.size:
            return [counts_of(plan)]
        scored = terms_of(plan.question) if plan.order.name == "relevance" else ()
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
        with one_sentence():
            answered = self.client.msearch(index=self.names.current, searches=searches)
        answers: list[dict[str, Any]] = answered["responses"]
        for answer in answers:
            if "error" in answer:
                reason = answer["error"].get("reason")
                raise (IndexMissingError if answer["status"] == 404 else EngineError)(f"Elasticsearch: {reason}")
        return answers

    def card(self, offer_id: int) -> Found | None:
        self._current()
        with one_sentence():
            answer = self.client.mget(index=self.names.current, ids=[str(offer_id)])["docs"][0]
        return Found(answer["_source"]["card"], answer["_source"]["body"]) if answer.get("found") else None

    def vocabulary(self) -> Mapping[str, int]:
        return self._current().vocabulary(wait=2 * self.patience)

    def values(self, name: str) -> Mapping[str, int]:
        self._current()
        return dict(values_in(self.client, self.names.current, name))

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        self._look()
        refused = writing.write(self.client, self.names.current, documents, gone, is_alias=True)
        writing.refresh(self.client, self.names.current)
        self._forget()
        return refused

    def versions(self) -> dict[int, int]:
        self._current()
        return writing.versions_in(self.client, self.names.current)

    def new_index(self) -> AbstractContextManager[NewIndex]:
        return Building(self.client, self.names, self.lock("building"), published=self._forget)

    def previous_index(self) -> AbstractContextManager[NewIndex]:
        ours = [name for name in behind(self.client, self.names.previous) if signature() in name]
        if not ours:
            raise IndexMissingError("There is no previous index that this version can read.")
        return Building(self.client, self.names, self.lock("building"), name=ours[0], published=self._forget)

    def writing(self, *, wait: float = 0.0) -> AbstractContextManager[None]:
        return in_turn(self.lock, wait=wait)

    def status(self) -> Status:
        state = self._current()
        with one_sentence():
            figures = self.client.indices.stats(index=self.names.current, metric=["docs", "store"])["_all"]["primaries"]
        return Status(state.name, figures["docs"]["count"], figures["store"]["size_in_bytes"])

    def suspected(self) -> bool:
        return False

    def damage(self) -> str:
        return ""

    def discard(self) -> None:
        """The server looks after its files."""

    def problems(self) -> list[str]:
        return inspection.problems(self.client, self.names)

    def _current(self) -> State:
        state = self._state or self._look()
        now = time.monotonic()
        if now - state.seen > LOOKED_AT:
            state = self._look()
            state.seen = now
            if now - state.born > COUNTED:
                self._renew(state)
        return state

    def _look(self) -> State:
        """The index in use, which this version of the code must have built."""
        names = behind(self.client, self.names.current)
        if len(names) != 1:
            raise IndexMissingError("There is no index yet.")
        if signature() not in names[0]:
            raise IndexMissingError(f"The index {names[0]} was built by another version.")
        if self._state is None or self._state.name != names[0]:
            self._state = State(self.client, names[0])
        return self._state

    def _forget(self) -> None:
        self._state = None

    def _renew(self, state: State) -> None:
        """Beside the searches: nobody waits for it."""

        def count() -> None:
            with self._renewing, suppress(EngineError):
                self._state = state.renewed()

        if not self._renewing.locked():
            threading.Thread(target=count, daemon=True).start()


def _beside(work: Callable[[], dict[str, int]]) -> Future[dict[str, int]]:
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
        pages = {"composite": {"size": PAGE, "sources": source, **({"after": after} if after else {})}}
        with one_sentence():
            answer = client.search(index=target, size=0, track_total_hits=False, aggregations={"pages": pages})
        found = answer["aggregations"]["pages"]
        yield from ((bucket["key"]["value"], bucket["doc_count"]) for bucket in found["buckets"])
        if "after_key" not in found:
            return
        after = found["after_key"]
