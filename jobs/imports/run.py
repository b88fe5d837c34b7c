"""A whole import: from a file to offers, batch by batch, with its counts."""

import gc
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.db import DataError, IntegrityError

from jobs.enums import ImportProblem, ImportState, OfferState
from jobs.imports.batch import Candidate, import_batch
from jobs.imports.building import Builder
from jobs.imports.formats import FORMATS, Format
from jobs.imports.parsed import RefusalError, RefusalReason
from jobs.imports.places import Locator
from jobs.imports.reading import Row
from jobs.imports.splitting import START
from jobs.models import ImportRun, Offer
from jobs.services import duplicates, import_absences, import_runs
from referentials.selectors import PlaceIndex

BATCH = 500
# Rows of a stretch that holds nothing to write: a file of the whole country, read for one département.
BEAT_EVERY = 5_000
# A file that begins with so many rows and not one offer is none: the rest of it is not read.
MOST_WITHOUT_OFFER = 20_000
_NO_OFFERS = (RefusalReason.UNREADABLE, RefusalReason.NOT_OFFER, RefusalReason.NO_ID, RefusalReason.NO_TITLE)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that became no offer, and why; `data` is the row as it was read."""

    number: int
    source_id: str
    reason: RefusalReason
    detail: str
    data: Any


@dataclass(slots=True)
class Tally:
    """What an import did. Each row read was created, updated, unchanged or refused; of these, `duplicates` are hidden
    behind another and `flagged` wait for a moderator. `cut` says where the file broke off, "" if it did not; `nameless`
    rows could not be read at all: each may be any offer. `absent` offers are too many to be withdrawn unasked.
    `position` and `size` are bytes of the file."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    cut: str = ""
    nameless: int = 0
    absent: int = 0
    position: int = 0
    size: int = 0

    @property
    def accepted(self) -> int:
        """Rows that are offers, and of here."""
        return self.counts["read"] - self.refused.total()

    @property
    def holds_no_offer(self) -> bool:
        """Whether every row read was something else."""
        return self.counts["read"] == sum(self.refused[reason] for reason in _NO_OFFERS)

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON report."""
        names = ("read", "created", "updated", "unchanged", "duplicates", "flagged", "withdrawn", "returned", "closed")
        refused = {reason.value: self.refused[reason] for reason in RefusalReason if self.refused[reason]}
        return {**{name: self.counts[name] for name in names}, "refused": refused, "cut": self.cut}


class Import:
    """One run. `departments` limits the territory; `on_batch(tally)` and `on_refusal(row)` are told how it goes.
    `record` is its row, if it has one already; up to `accept_withdrawals` absent offers go without a question."""

    def __init__(
        self,
        *,
        format_name: str,
        departments: Iterable[str] = (),
        on_batch: Callable[[Tally], None] = lambda tally: None,
        on_refusal: Callable[[RefusedRow], None] = lambda row: None,
        record: ImportRun | None = None,
        accept_withdrawals: int = 0,
    ) -> None:
        self.format: Format = FORMATS[format_name]
        self.departments = sorted(set(departments))
        self.on_batch = on_batch
        self.on_refusal = on_refusal
        self.record = record
        self.accept_withdrawals = accept_withdrawals
        self.tally = Tally()

    def run(self, path: Path, *, complete: bool = False) -> Tally:
        """Import the file. `complete` withdraws what it no longer holds, unless something is wrong with it, or that is
        too much. Interrupted, it is simply run again: batches are whole, and what is written is found unchanged. Raises
        `ImportLostError` when it was silent for so long that another one may have begun, `ImportStoppedError` when
        staff ended it."""
        record = self.record or self.open_record(path, complete=complete)
        self.tally.size = path.stat().st_size
        try:
            self._read(path, record)
            problem, detail = _problem(self.tally, complete=complete)
            if complete and not problem:
                self._withdraw(record)
        except import_runs.ImportStoppedError:
            self._finish(record, ImportProblem.STOPPED)
            raise
        duplicates.settle()
        self._finish(record, problem, detail)
        return self.tally

    def _read(self, path: Path, record: ImportRun) -> None:
        import_runs.check(run=record)
        with path.open("rb") as file, _out_of_the_collector_s_way(self._load_referentials):
            for candidates in self._batches(file, record):
                self._write(record, candidates)
                gc.collect()
                self.tally.position = file.tell()
                self._beat(record)
                self.on_batch(self.tally)
        self._beat(record)

    def _withdraw(self, record: ImportRun) -> None:
        self.tally.absent = import_absences.doubtful(run=record, accepted=self.accept_withdrawals)
        if not self.tally.absent:
            self.tally.counts["withdrawn"] = import_absences.withdraw(run=record)

    def open_record(self, path: Path, *, complete: bool, refused_file: str = "") -> ImportRun:
        """The row of a run by hand. Raises `ImportBusyError`."""
        options = {"departments": self.departments, "complete": complete}
        self.record = import_runs.begin_by_hand(
            offer_source=self.format.source, filename=path.name, options=options, refused_file=refused_file
        )
        return self.record

    def _beat(self, record: ImportRun) -> None:
        percent = min(100 * self.tally.position // (self.tally.size or 1), 100)
        import_runs.beat(run=record, counts=self.tally.as_dict(), percent=percent)

    def _load_referentials(self) -> None:
        self.builder = Builder(self.format.source)
        self.locator = Locator(PlaceIndex.load(), frozenset(self.departments))

    def _batches(self, file: BinaryIO, record: ImportRun) -> Iterator[list[Candidate]]:
        """Full batches, and shorter ones before an identifier that comes again."""
        batch: dict[str, Candidate] = {}
        for row in self.format.read(file):
            candidate = self._candidate(row, record)
            if self.tally.counts["read"] % BEAT_EVERY == BEAT_EVERY - 1:
                self.tally.position = file.tell()
                self._beat(record)
            if self.tally.counts["read"] >= MOST_WITHOUT_OFFER and self.tally.holds_no_offer:
                return
            if candidate is None:
                continue
            if len(batch) == BATCH or candidate.parsed.source_id in batch:
                yield list(batch.values())
                batch = {}
            batch[candidate.parsed.source_id] = candidate
        if batch:
            yield list(batch.values())

    def _candidate(self, row: Row, record: ImportRun) -> Candidate | None:
        if row.cut:
            self.tally.cut = self.tally.cut or f"{row.number}: {row.problem}"
            return None
        self.tally.counts["read"] += 1
        try:
            if row.problem:
                raise self._unreadable(row)
            parsed = self.format.parse(row.data)
        except RefusalError as refusal:
            self._refuse(row.number, row.data, refusal, record)
            return None
        except Exception as error:  # one bad row never stops the rest
            logger.exception("Import: row %s could not be parsed", row.number)
            source_id = self.format.identify(json.dumps(row.data, default=str)[:START])
            unread = RefusalError(RefusalReason.UNREADABLE, type(error).__name__, source_id)
            self._refuse(row.number, row.data, unread, record)
            return None
        try:
            return Candidate(parsed, self.locator.locate(parsed.place, parsed.remote))
        except RefusalError as refusal:
            refusal.source_id = parsed.source_id
            self._refuse(row.number, row.data, refusal, record)
            return None

    def _unreadable(self, row: Row) -> RefusalError:
        source_id = self.format.identify(row.start)
        self.tally.nameless += not source_id
        return RefusalError(RefusalReason.UNREADABLE, row.problem, source_id)

    def _refuse(self, number: int, data: Any, refusal: RefusalError, record: ImportRun) -> None:
        """A known offer whose row is bad today is still in the file; one whose row is elsewhere is not of here."""
        self.tally.refused[refusal.reason] += 1
        if refusal.source_id and refusal.reason != RefusalReason.OUT_OF_TERRITORY:
            Offer.objects.filter(source=self.format.source, source_id=refusal.source_id).update(import_run=record)
        self.on_refusal(RefusedRow(number, refusal.source_id, refusal.reason, refusal.detail, data))

    def _write(self, record: ImportRun, candidates: list[Candidate]) -> None:
        """What the database refuses in a batch is found by halves, and the rest written."""
        try:
            self.tally.counts += import_batch(run=record, builder=self.builder, candidates=candidates)
        except (DataError, IntegrityError) as error:
            if len(candidates) == 1:
                parsed = candidates[0].parsed
                logger.exception("Import: offer %s was refused by the database", parsed.source_id)
                refusal = RefusalError(RefusalReason.UNREADABLE, str(error)[:200], parsed.source_id)
                self._refuse(0, {"id": parsed.source_id, "intitule": parsed.title}, refusal, record)
                return
            middle = len(candidates) // 2
            self._write(record, candidates[:middle])
            self._write(record, candidates[middle:])

    def _finish(self, record: ImportRun, problem: str, detail: str = "") -> None:
        seen = Offer.objects.filter(import_run=record)
        self.tally.counts["duplicates"] = seen.filter(duplicate_of__isnull=False).count()
        self.tally.counts["flagged"] = seen.filter(state=OfferState.IN_REVIEW).count()
        state = ImportState.HELD if self.tally.absent else ImportState.DONE
        import_runs.finish(
            run=record,
            state=state,
            problem=problem,
            detail=detail,
            counts=self.tally.as_dict(),
            absent=self.tally.absent,
        )


def _problem(tally: Tally, *, complete: bool) -> tuple[str, str]:
    """What is wrong with the file as a whole, and where."""
    if tally.counts["read"] and tally.holds_no_offer:
        return ImportProblem.NOT_OFFERS, ""
    if tally.cut:
        return ImportProblem.CUT, tally.cut
    if not tally.counts["read"]:
        return ImportProblem.EMPTY, ""
    if not tally.accepted:
        return ImportProblem.ALL_REFUSED, ""
    strange = tally.refused[RefusalReason.NOT_OFFER]
    nameless = tally.nameless if complete else 0
    return (ImportProblem.PARTIAL, str(strange + nameless)) if strange or nameless else ("", "")


@contextmanager
def _out_of_the_collector_s_way(load: Callable[[], None]) -> Iterator[None]:
    """What `load` makes stays for the import: the garbage collector, walking it at each turn, would take a quarter of
    the time. It comes once a batch instead, for what the batch leaves."""
    gc.disable()
    try:
        load()
        gc.freeze()
        yield
    finally:
        gc.enable()
        gc.unfreeze()
