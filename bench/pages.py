"""Public pages by HTTP, as `make run` serves them: one reader, then 32 at once; beside them a plain Django list and a
bare answer. With `--before FOLDER`, another checkout on the same data.

usage: python -m bench.pages [--offers N] [--before FOLDER]
"""

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.place import empty_place
from bench.servers import ROOT

CLIENTS, SECONDS, ADDRESSES, WARM_UP = 32, 10.0, 300, 40
HEADERS = {
    "Accept-Encoding": "gzip",
    "Accept": "text/html",
    "Sec-Fetch-Mode": "navigate",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0",
}
SITE, PLAIN, BARE = "medinjob.wsgi:application", "bench.anchors:plain", "bench.anchors:bare"


@contextmanager
def served(application: str, checkout: Path = ROOT) -> Iterator[int]:
    """The port of a server as `make run` starts it."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = int(place.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    env = {**os.environ, "PYTHONPATH": str(checkout)}
    process = subprocess.Popen([*command, "--threads", "4", "--log-level", "error"], cwd=checkout, env=env)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


class Reader:
    """One browser: a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str) -> float:
        """Seconds to the last byte; raises on anything but 200."""
        started = time.perf_counter()
        self.connection.request("GET", address, headers=HEADERS)
        answer = self.connection.getresponse()
        answer.read()
        taken = time.perf_counter() - started
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {address}")
        return taken


def one_by_one(reader: Reader, addresses: dict[str, list[str]]) -> dict[str, list[float]]:
    """Seconds by kind of page; the kinds in turn, so that what else the machine does falls on all alike. One connection
    is one process of the server, which keeps what it made."""
    order = [(kind, address) for kind, kinds in addresses.items() for address in kinds]
    random.Random(1).shuffle(order)
    times: dict[str, list[float]] = {kind: [] for kind in addresses}
    for kind, address in order:
        times[kind].append(reader.get(address))
    return times


def all_at_once(port: int, addresses: list[str]) -> float:
    """Pages a second for 32 readers, who each ask in another order. Any error ends the measure."""
    end = time.monotonic() + SECONDS

    def read(number: int) -> int:
        reader, rng, done = Reader(port), random.Random(number), 0
        while time.monotonic() < end:
            reader.get(rng.choice(addresses))
            done += 1
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(read, range(CLIENTS))) / SECONDS


def addresses_of(asked: int) -> dict[str, list[str]]:
    """Different ones of each kind of page; where there are few, a parameter that says nothing makes them different."""
    from bench.corpus import questions, vocabulary
    from bench.loading import page_address
    from companies.models import Company
    from forums.models import Edition
    from jobs.models import Offer

    rows = {
        "offer": Offer.objects.visible().filter(kind="job"),
        "training": Offer.objects.visible().filter(kind="training"),
        "company": Company.objects.visible(),
        "edition": Edition.objects.filter(state="announced"),
    }
    pages = {kind: [row.get_absolute_url() for row in found.order_by("pk")[:asked]] for kind, found in rows.items()}
    pages |= {"home": ["/"], "results": [page_address(question) for question in questions(asked, vocabulary())]}
    return {kind: [_different(known, n) for n in range(asked)] for kind, known in pages.items() if known}


def _different(known: list[str], number: int) -> str:
    turn, place = divmod(number, len(known))
    address = known[place]
    return f"{address}{'&' if '?' in address else '?'}n={turn}" if turn else address


def measure(count: int, before: Path | None) -> str:
    from django.core.management import call_command

    from bench.corpus import rows, vocabulary
    from bench.loading import load
    from bench.results import machine, table
    from bench.search import load_average

    if count:
        load(rows(count, vocabulary()))
    else:
        call_command("load_demo", verbosity=0)
    asked = addresses_of(ADDRESSES + WARM_UP)
    first = {kind: kinds[:ADDRESSES] for kind, kinds in asked.items()}
    words = [f"/offres/?q={address.split('q=')[1].split('&')[0]}" for address in first["results"] if "q=" in address]
    lines, rate = [], {}
    versions = [("before", before)] * (before is not None) + [("now", ROOT)]
    for name, checkout in versions:
        rebuild = [sys.executable, "manage.py", "search_index", "rebuild", "--verbosity", "0"]
        subprocess.run(rebuild, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, check=True)
        with served(SITE, checkout) as port:
            reader = Reader(port)
            one_by_one(reader, {kind: kinds[ADDRESSES:] for kind, kinds in asked.items()})  # code is warm
            fresh, again = one_by_one(reader, first), one_by_one(reader, first)
            rate[name] = all_at_once(port, first["results"])
        p50 = {kind: statistics.median(times) for kind, times in fresh.items()}
        kept = {kind: statistics.median(times) for kind, times in again.items()}
        lines += [
            [name, kind, f"{p50[kind] * 1e3:.1f}", f"{kept[kind] * 1e3:.1f}", f"{p50[kind] / p50['results']:.2f}"]
            for kind in first
        ]
    for name, application in (("plain Django, icontains", PLAIN), ("bare WSGI answer", BARE)):
        with served(application) as port:
            reader = Reader(port)
            one_by_one(reader, {"results": words[:20]})
            times = one_by_one(reader, {"results": words[:100]})["results"]
            rate[name] = all_at_once(port, words)
        lines.append([name, "list", f"{statistics.median(times) * 1e3:.1f}", "", ""])
    head = table(["", "page", "p50, first time (ms)", "p50, again (ms)", "of the result page"], lines)
    rates = table(["32 readers", "result pages a second"], [[name, f"{value:.0f}"] for name, value in rate.items()])
    data = f"{count:,} offers" if count else "The demo"
    return f"""{data}, {ADDRESSES} different addresses of each kind, by HTTP from 2 processes of 4 threads.
{machine()}; {load_average()}. `python -m bench.pages --offers {count}`

{head}

{rates}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=100_000, help="0: the demo")
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    with empty_place():
        from bench.results import write

        title = f"Pages at {options.offers:,} offers" if options.offers else "Pages of the demo"
        write(title, measure(options.offers, options.before))


if __name__ == "__main__":
    main()
