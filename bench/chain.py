"""Verifying the chain of history against reading the same rows through the ORM, and freezing a report with a signature
against without. CPU time, for other processes share the machine.

usage: python -m bench.chain [--rows N]
"""

import argparse
import base64
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.place import empty_place
from bench.results import machine, table, write

RUNS = 5
EVENTS = 99


def cpu(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def history(rows: int) -> None:
    """One entry in a hundred rows, then its events."""
    from demo.factories import CompanyFactory
    from ledger.models import ChainHead, ChainLink, LedgerEntry, LedgerEvent
    from ledger.services.chain import hold_chain

    company = CompanyFactory()
    said = {"type": "cdi", "job_title": "Développement Python", "signed_on": "2026-10-01", "starts_on": None}
    entries = LedgerEntry.objects.bulk_create(
        LedgerEntry(company=company, name="Camille Exemple", type="cdi", job_title="Dev", signed_on=date(2026, 10, 1))
        for _number in range(rows // (EVENTS + 1))
    )
    events = (LedgerEvent(entry=entry, action="vouch", after=said) for entry in entries for _number in range(EVENTS))
    LedgerEvent.objects.bulk_create(events, batch_size=1000)
    # The chain has begun: it takes these up when it begins anew.
    ChainLink.objects.all().delete()
    ChainHead.objects.all().delete()
    hold_chain()


def read_twice() -> None:
    from ledger.models import LedgerEntry, LedgerEvent

    for _turn in range(2):
        for model in (LedgerEntry, LedgerEvent):
            for _row in model.objects.iterator(chunk_size=2000):
                pass


def verify() -> None:
    from ledger.selectors.chain import breaks

    assert breaks() == []


def frozen(edition: Any, key: str) -> float:
    from django.test import override_settings

    from reports.services.snapshots import freeze_report

    with override_settings(SIGNING_KEY=key):
        return cpu(lambda: freeze_report(edition=edition, by=None, addresses=()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with empty_place():
        from demo.factories import EditionFactory

        edition = EditionFactory(over=True)
        key = base64.b64encode(bytes(range(32))).decode()
        frozen(edition, key)
        with_key, without = [], []
        for _turn in range(RUNS * 4):
            with_key.append(frozen(edition, key))
            without.append(frozen(edition, ""))
        history(rows)
        pairs = [(cpu(verify), cpu(read_twice)) for _turn in range(RUNS)]
    verified, read = (statistics.median(column) for column in zip(*pairs, strict=True))
    signed, plain = statistics.median(with_key), statistics.median(without)
    lines = [
        [
            f"{rows:,} rows: verify, read twice",
            f"{verified:.2f} s",
            f"{read:.2f} s",
            f"{verified / read:.2f}",
        ],
        ["freeze: signed, not signed", f"{signed * 1e3:.1f} ms", f"{plain * 1e3:.1f} ms", f"{signed / plain:.2f}"],
    ]
    head = ["", "ours", "against", "ratio"]
    text = f"Medians of CPU time, SQLite. {machine()}. `python -m bench.chain`"
    write("Chain of history", f"{text}\n\n{table(head, lines)}")


if __name__ == "__main__":
    main()
