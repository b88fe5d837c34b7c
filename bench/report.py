"""The whole report of an edition against the same figures in hand-written SQL (`bench.forum_sql`), on SQLite and on
PostgreSQL: 1 000 000 applications over 10 editions, each of 100 stands that show 10 offers.

usage: python -m bench.report [--applications N] [--editions N] [--on sqlite|postgresql]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from bench.place import empty_place
from bench.results import machine, table, write

RUNS = 3
STANDS, OFFERS, PEOPLE = 100, 10, 2_000


def measured(applications: int, editions: int) -> list[list[object]]:
    """Both ways in turn, each edition `RUNS` times; they must agree on every figure and group."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.forum_loading import load
    from bench.forum_sql import whole_report
    from forums.services.freezing import freeze_facts
    from reports.indicators.report import compute
    from reports.indicators.scope import scope_of

    found = load(applications=applications, editions=editions, stands=STANDS, offers=OFFERS, people=PEOPLE)
    lines = []
    for state in ("open", "closed"):
        ours, theirs, queries = [], [], 0
        for edition in found * RUNS:
            scope = scope_of(edition)
            values = {
                "edition": edition.pk,
                "starts_at": _plain(scope.starts_at),
                "ends_at": _plain(scope.ends_at),
                "window_ends_at": _plain(scope.window_ends_at),
            }
            started = time.perf_counter()
            by_hand = whole_report(values)
            theirs.append(time.perf_counter() - started)
            started = time.perf_counter()
            report = compute(scope)
            ours.append(time.perf_counter() - started)
            agree(report, by_hand)
        with CaptureQueriesContext(connection) as context:
            compute(scope_of(found[0]))
            queries = len(context)
        mine, hand = statistics.median(ours), statistics.median(theirs)
        lines.append([state, f"{mine * 1e3:.0f} ms", f"{hand * 1e3:.0f} ms", f"{mine / hand:.2f}", queries])
        for edition in found:
            freeze_facts(edition=edition)
    return lines


def agree(report: Any, by_hand: dict[tuple[str, str, str], Any]) -> None:
    """Raises when a figure or a group differs. Groups that are zero by hand are none of the report's."""
    ours = {(slug, "", ""): figure.value for slug, figure in report.figures.items()}
    for slug, figure in report.figures.items():
        for dimension, groups in figure.breakdowns.items():
            ours |= {(slug, dimension, group.key): group.value for group in groups}
    known = {slug for slug, _dimension, _key in by_hand}
    ours = {key: value for key, value in ours.items() if key[0] in known and value}
    theirs = {key: int(value) for key, value in by_hand.items() if value}
    if ours != theirs:
        wrong = sorted(set(ours.items()) ^ set(theirs.items()))[:10]
        raise AssertionError(f"the report and the SQL differ: {wrong}")


def _plain(at: Any) -> Any:
    """SQLite keeps instants as texts in UTC, and compares texts."""
    from datetime import UTC

    from django.db import connection

    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if connection.vendor == "sqlite" else at


def on_sqlite(applications: int, editions: int) -> list[list[object]]:
    with empty_place():
        return measured(applications, editions)


def on_postgresql(applications: int, editions: int) -> list[list[object]]:
    """Nothing where PostgreSQL is not installed."""
    from bench.servers import postgres_server

    with postgres_server() as server:
        if server is None:
            return []
        server.execute("create database medinjob")
        os.environ |= {"PGHOST": server.info.host, "PGUSER": server.info.user}
        with empty_place("postgres:///medinjob"):
            lines = measured(applications, editions)
            from django.db import connections

            connections.close_all()
            return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=1_000_000)
    parser.add_argument("--editions", type=int, default=10)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="one database only; prints, writes nothing")
    asked = parser.parse_args()
    if asked.on:
        lines = {"sqlite": on_sqlite, "postgresql": on_postgresql}[asked.on](asked.applications, asked.editions)
        print("\n".join(" | ".join(map(str, line)) for line in lines))
        return
    rows = []
    for database in ("sqlite", "postgresql"):  # each in a process of its own: Django knows one database
        command = [sys.executable, "-m", "bench.report", "--on", database]
        size = ["--applications", str(asked.applications), "--editions", str(asked.editions)]
        text = subprocess.run([*command, *size], check=True, capture_output=True, text=True).stdout
        rows += [[database, *line.split(" | ")] for line in text.splitlines() if " | " in line]
    head = ["database", "edition", "report", "by hand", "ratio", "queries"]
    write(
        "Report of an edition",
        f"All indicators with all breakdowns of one edition, the median of {RUNS} turns over {asked.editions} editions"
        f" with {asked.applications:,} applications in all, against hand-written SQL in the same run; both agree on"
        f" every figure. {machine()}. `python -m bench.report`\n\n{table(head, rows)}",
    )


if __name__ == "__main__":
    main()
