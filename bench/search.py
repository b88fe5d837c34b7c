"""Search at 100 000 offers: `search()` on Elasticsearch and on the embedded engine, SQLite FTS5, PostgreSQL full text,
the same 500 questions; then what Elasticsearch costs and gives (`bench.elastic`).

usage: python -m bench.search [--offers N] [--questions N]
"""

import argparse
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.place import empty_place
from bench.servers import redis_server

ELASTIC, EMBEDDED, PAGE = "Elasticsearch, search()", "embedded, search()", "embedded, whole page"
# A server in Java answers three times as slowly until its code is compiled.
WARM_UP = 300


def built(url: str) -> tuple[Any, dict[str, Any]]:
    """One of our engines and what `search_index rebuild` takes: the figure is the index's alone."""
    from django.core.management import call_command

    from bench.engines import choose

    engine = choose(url)
    started = time.perf_counter()
    call_command("search_index", "rebuild", verbosity=0)
    return engine, {"build": time.perf_counter() - started, "size": engine.status().size}


def timed(asks: dict[str, Callable[[int], Any]], count: int) -> dict[str, list[float]]:
    """Seconds by engine. Each question is asked of all of them in turn, each time in another order: what else the
    machine does falls on all alike."""
    for number in range(min(WARM_UP, count)):
        for ask in asks.values():
            ask(number)
    times: dict[str, list[float]] = {name: [] for name in asks}
    order = list(asks)
    rng = random.Random(1)
    for number in range(count):
        rng.shuffle(order)
        for name in order:
            started = time.perf_counter()
            asks[name](number)
            times[name].append(time.perf_counter() - started)
    return times


def measure(count: int, asked: int, folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    from bench import elastic
    from bench.corpus import questions, rows, vocabulary
    from bench.databases import Fts5, Postgres
    from bench.engines import choose, through, using
    from bench.loading import criteria, load, page_address
    from bench.servers import elasticsearch_server, postgres_server

    words = vocabulary()
    load(rows(count, words))
    todo = questions(asked, words)
    searches, pages = [criteria(question) for question in todo], [page_address(question) for question in todo]
    found: dict[str, dict[str, Any]] = {}
    asks: dict[str, Callable[[int], Any]] = {}
    beside: dict[str, Any] = {}
    with postgres_server() as postgres, elasticsearch_server() as url:
        for address, name in ((url, ELASTIC), ("tantivy:", EMBEDDED)):
            if address:
                engine, found[name] = built(address)
                asks[name] = asked_of(through(engine), searches)
        for other in (Fts5(folder), *([Postgres(postgres)] if postgres else [])):
            started = time.perf_counter()
            other.build(rows(count, words))
            found[other.name] = {"build": time.perf_counter() - started, "size": other.size()}
            asks[other.name] = asked_of(other.ask, todo)
        asks[PAGE] = asked_of(using(engine, page()), pages)
        for name, times in timed(asks, asked).items():
            found.setdefault(name, {})["times"] = times
        if url:
            engine = choose(url)
            beside = elastic.measure(engine, url, searches)
    found["words"] = {"source": words.source}
    return found, beside


def asked_of(ask: Callable[[Any], Any], questions: list[Any]) -> Callable[[int], Any]:
    return lambda number: ask(questions[number])


def page() -> Callable[[str], Any]:
    from django.test import Client

    from medinjob.lib.public_pages import forget_pages

    client = Client(SERVER_NAME="localhost")

    def ask(address: str) -> None:
        forget_pages()
        assert client.get(address).status_code == 200

    return ask


def report(found: dict[str, dict[str, Any]], count: int, asked: int) -> str:
    from bench.results import machine, milliseconds, table

    source = found.pop("words")["source"]
    lines = []
    for name, figures in found.items():
        built = f"{figures['build']:.0f} s" if "build" in figures else ""
        size = f"{figures['size'] / 1e6:.0f} MB" if "size" in figures else ""
        lines.append([name, *milliseconds(figures["times"]), built, size])
    head = table(["", "p50 (ms)", "p95 (ms)", "build", "size"], lines)
    return f"""{count:,} offers in the words of the {source} ones, {asked} questions (words, filters, facets, count,
marks in twenty results), each asked of all in turn.
{machine()}; {load_average()}. `python -m bench.search --offers {count}`

{head}

{ratios(found)}
The build of a database includes its rows; ours is the index alone, its size too. The data of all are on disk."""


def ratios(found: dict[str, dict[str, Any]]) -> str:
    """Each of ours against each database, and the page against its search."""
    from bench.results import percentile

    p = {name: [percentile(figures["times"], share) for share in (0.5, 0.95)] for name, figures in found.items()}
    ours, whole = {name: p.pop(name) for name in (ELASTIC, EMBEDDED) if name in p}, p.pop(PAGE)
    lines = [
        f"- {name} against {other}: p50 × {own[0] / its[0]:.2f}, p95 × {own[1] / its[1]:.2f}"
        for name, own in ours.items()
        for other, its in p.items()
    ]
    return "\n".join([*lines, f"- the whole page: p50 × {whole[0] / ours[EMBEDDED][0]:.2f} of its search", ""])


def load_average() -> str:
    return f"load {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores in the last five minutes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args()
    with redis_server(), empty_place() as folder:
        from bench import elastic
        from bench.results import write

        found, beside = measure(options.offers, options.questions, folder)
        write(f"Search at {options.offers:,} offers", report(found, options.offers, options.questions))
        if beside:
            write(f"Elasticsearch at {options.offers:,} offers", elastic.report(beside, options.offers))


if __name__ == "__main__":
    main()
