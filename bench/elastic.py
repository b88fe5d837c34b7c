"""What Elasticsearch costs beside its bare client, and what it gives: rate of a rebuild, from publishing to found, many
clients at once, the answer without it. Called by `bench.search`, on its offers."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from django.utils import timezone
from elasticsearch import Elasticsearch, helpers

from bench.engines import through, unmarked
from bench.results import milliseconds, percentile, table
from bench.servers import worker
from jobs.enums import OfferState
from jobs.models import JobDetails, Offer
from jobs.services.bulk import OfferEntry, create_offers
from search.criteria import SearchCriteria, Sort
from search.documents.builder import build_document
from search.documents.eligibility import searchable_offers
from search.documents.sources import load_offers
from search.engines.circuit_breaker import breaker
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.mapping import SETTINGS, build_mapping, to_source
from search.indexing.rebuild import rebuild
from search.query.places import understood
from search.service.planner import make_plan
from search.service.rewriting import FEW_RESULTS, parse_as_typed
from search.service.search import PAGE_SIZE, search

CLIENTS = 16
PUBLISHED = 100
IN_ADVANCE = 100_000  # what memory holds
CHUNK = 500


def overhead(engine: ElasticEngine, url: str, asked: list[SearchCriteria]) -> dict[str, list[float]]:
    """Seconds of `search()`, of the same with the marks of a page, and of the bare client with the same bodies, one
    after the other for each question; only questions that one request answers."""
    ours, shown, bare = unmarked(engine), through(engine), _bare(engine, url)
    times: dict[str, list[float]] = {"own": [], "shown": [], "bare": []}
    rng = random.Random(1)
    for criteria in asked:
        bodies = bodies_for(engine, criteria)
        if bare(bodies) < FEW_RESULTS:
            continue
        ours(criteria)
        turns: list[tuple[str, Callable[[Any], Any], Any]] = [
            ("own", ours, criteria), ("shown", shown, criteria), ("bare", bare, bodies),
        ]  # fmt: skip
        rng.shuffle(turns)
        for name, ask, what in turns:
            started = time.perf_counter()
            ask(what)
            times[name].append(time.perf_counter() - started)
    return times


def bodies_for(engine: ElasticEngine, criteria: SearchCriteria) -> list[dict[str, Any]]:
    criteria, where = understood(criteria)
    return engine.requests(make_plan(criteria, parse_as_typed(engine, criteria.q), where.places, size=PAGE_SIZE))


def _bare(engine: ElasticEngine, url: str) -> Callable[[list[dict[str, Any]]], int]:
    """The client as it comes."""
    client = Elasticsearch(url, connections_per_node=32)

    def ask(bodies: list[dict[str, Any]]) -> int:
        searches = [part for body in bodies for part in ({}, body)]
        return client.msearch(index=engine.names.current, searches=searches)["responses"][0]["hits"]["total"]["value"]

    return ask


def throughput(ask: Callable[[Any], Any], questions: list[Any]) -> float:
    """Answers by second to so many clients at once, threads of one process."""

    def client(number: int) -> None:
        try:
            for question in questions[number::CLIENTS]:
                ask(question)
        finally:
            connections.close_all()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return len(questions) / (time.perf_counter() - started)


def bulk_rate(client: Elasticsearch) -> float:
    """Documents by second of the client's own `parallel_bulk`, made in advance, into an index like ours, until they can
    be found."""
    name = "medinjob-bench-advance"
    ids = list(searchable_offers().order_by("pk").values_list("pk", flat=True)[:IN_ADVANCE])
    batches = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    documents = (
        build_document(offer) for batch in batches for offer in load_offers(Offer.objects.filter(pk__in=batch))
    )
    actions = [
        {"_id": str(item.id), "version": item.version, "version_type": "external_gte", "_source": to_source(item)}
        for item in documents
    ]
    settings = {**SETTINGS, "number_of_replicas": 0, "refresh_interval": "-1"}
    client.options(ignore_status=404).indices.delete(index=name)
    client.indices.create(index=name, mappings=build_mapping(), settings=settings)
    started = time.perf_counter()
    for ok, item in helpers.parallel_bulk(client, actions, index=name, thread_count=2, chunk_size=CHUNK):
        assert ok, item
    client.indices.refresh(index=name)
    rate = len(actions) / (time.perf_counter() - started)
    client.indices.delete(index=name)
    return rate


def publish_to_found() -> list[float]:
    """Seconds from the call that publishes an offer to the first search that shows it, with a real worker. The nudge of
    the views is sent; the worker is on Redis."""
    from search.tasks import drain

    times = []
    for number in range(PUBLISHED):
        title = f"Poste publié à l'instant {number}"
        started = time.perf_counter()
        _publish(title)
        drain.delay()
        while _newest() != title:
            assert time.perf_counter() - started < 60, "not found within a minute"
            time.sleep(0.01)
        times.append(time.perf_counter() - started)
    return times


def _publish(title: str) -> None:
    offer = Offer(kind="job", title=title, text=title, state=OfferState.PUBLISHED, published_at=timezone.now())
    create_offers(entries=[OfferEntry(offer=offer, details=JobDetails(contract="cdi"))])


def _newest() -> str:
    return search(SearchCriteria(sort=Sort.DATE)).hits[0].title


def degraded(asked: list[SearchCriteria]) -> list[float]:
    """Seconds of the database's answer, the breaker being open."""
    times = []
    for criteria in asked:
        breaker.trip()
        started = time.perf_counter()
        assert search(criteria).degraded
        times.append(time.perf_counter() - started)
    breaker.reset()
    return times


def rebuild_rate() -> float:
    """Offers by second of `search_index rebuild`, from the database to the switch."""
    started = time.perf_counter()
    return rebuild() / (time.perf_counter() - started)


def measure(engine: ElasticEngine, url: str, asked: list[SearchCriteria]) -> dict[str, Any]:
    found: dict[str, Any] = {"advance": bulk_rate(engine.client), "rebuilt": rebuild_rate()}
    found |= overhead(engine, url, asked)
    bodies = [bodies_for(engine, criteria) for criteria in asked]
    found["clients"] = throughput(through(engine), asked)
    found["bare clients"] = throughput(_bare(engine, url), bodies)
    with worker(url):
        found["found"] = publish_to_found()
    found["degraded"] = degraded(asked)
    return found


def report(found: dict[str, Any], count: int) -> str:
    lines = [
        ["the bare client, same bodies", *milliseconds(found["bare"]), ""],
        ["search(), one request enough", *milliseconds(found["own"]), _against(found, "own")],
        ["the same, and the marks of a page", *milliseconds(found["shown"]), _against(found, "shown")],
        [
            "from publishing to found",
            *milliseconds(found["found"]),
            "service, Redis, worker, index; asked every 10 ms",
        ],
        ["degraded: the database's answer", *milliseconds(found["degraded"]), "SQLite, breaker open"],
    ]
    return f"""{count:,} offers, the questions of the table above. Heap 1 GB, data on disk, one node.

{table(["", "p50 (ms)", "p95 (ms)", ""], lines)}

- {CLIENTS} clients, threads of one process: search() {found["clients"]:.0f}/s,
  the bare client {found["bare clients"]:.0f}/s
- rebuild, from the database: {found["rebuilt"]:.0f} offers/s; `helpers.parallel_bulk`, two threads,
  {min(count, IN_ADVANCE):,} documents made in advance: {found["advance"]:.0f}/s; ours is
  {100 * found["rebuilt"] / found["advance"]:.0f} % of it"""


def _against(found: dict[str, Any], ours: str) -> str:
    half, most = (percentile(found[ours], share) / percentile(found["bare"], share) for share in (0.5, 0.95))
    return f"p50 × {half:.2f}, p95 × {most:.2f} of the bare client"
