"""Search at 100 000 offers: `search()` on our engine, SQLite FTS5, PostgreSQL full text, the same 500 questions.

usage: python -m bench.search [--offers N] [--questions N]
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.place import empty_place

WARM_UP = 30


def ours(folder: Path, count: int, words: Any) -> dict[str, Any]:
    """Offers through the ORM, then `search_index rebuild`: the figure is the index's alone."""
    from django.core.management import call_command

    from bench.corpus import rows
    from bench.loading import load

    load(rows(count, words))
    started = time.perf_counter()
    call_command("search_index", "rebuild", verbosity=0)
    return {"build": time.perf_counter() - started, "size": folder_size(folder / "index")}


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def timed(ask: Callable[[Any], Any], questions: list[Any]) -> list[float]:
    for question in questions[:WARM_UP]:
        ask(question)
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - started)
    return times


def measure(folder: Path, count: int, asked: int) -> dict[str, dict[str, Any]]:
    from bench.corpus import questions, rows, vocabulary
    from bench.databases import Fts5, Postgres
    from bench.loading import criteria, page_address
    from bench.server import postgres_server
    from search.engine import search

    words = vocabulary()
    todo = questions(asked, words)
    found: dict[str, dict[str, Any]] = {"Medinjob, search()": ours(folder, count, words)}
    with postgres_server() as server:
        for other in (Fts5(folder), *([Postgres(server)] if server else [])):
            started = time.perf_counter()
            other.build(rows(count, words))
            built = time.perf_counter() - started
            found[other.name] = {"build": built, "size": other.size(), "times": timed(other.ask, todo)}
    found["Medinjob, search()"]["times"] = timed(search, [criteria(question) for question in todo])
    found["Medinjob, whole page"] = {"times": timed(page(), [page_address(question) for question in todo])}
    found["words"] = {"source": words.source}
    return found


def page() -> Callable[[str], Any]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")

    def ask(address: str) -> None:
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
marks in twenty results). {machine()}. `python -m bench.search`

{head}

{ratios(found)}
The build of a database includes its rows; ours is the index alone, its size too."""


def ratios(found: dict[str, dict[str, Any]]) -> str:
    from bench.results import percentile

    p = {name: [percentile(figures["times"], share) for share in (0.5, 0.95)] for name, figures in found.items()}
    own, whole = p.pop("Medinjob, search()"), p.pop("Medinjob, whole page")
    lines = [
        f"- against {name}: p50 × {own[0] / other[0]:.2f}, p95 × {own[1] / other[1]:.2f}" for name, other in p.items()
    ]
    return "\n".join([*lines, f"- the whole page: p50 × {whole[0] / own[0]:.2f} of its search", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args()
    with empty_place() as folder:
        from bench.results import write

        found = measure(folder, options.offers, options.questions)
        write("Search", report(found, options.offers, options.questions))


if __name__ == "__main__":
    main()
