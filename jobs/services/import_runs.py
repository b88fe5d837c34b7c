"""The life of one run of an import: claimed, heard of now and then, settled once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.enums import IMPORT_RUNS_KEPT, AbsenceAnswer, ImportProblem, ImportState
from jobs.models import ImportRun, ImportSource
from jobs.services import import_news
from medinjob.lib.processes import is_gone, own_mark


class ImportLostError(Exception):
    """The run was given up for dead, and another one may be at work."""


class ImportStoppedError(Exception):
    """Staff have stopped the run, or paused its source."""


class ImportBusyError(Exception):
    """Another run of the same origin is at work."""

    def __init__(self, other: ImportRun | None) -> None:
        super().__init__(str(other))
        self.other = other


def claim(*, source: ImportSource, offer_source: str, refused_file: str) -> ImportRun | None:
    """A run of a due source, or None when another run of its origin has the lock. Its next time counts from now, also
    if it fails."""
    due_at = timezone.now() + timedelta(hours=source.every_hours)
    try:
        with transaction.atomic():
            if not ImportSource.objects.due().filter(pk=source.pk).update(due_at=due_at, asked=False):
                return None
            fresh = ImportSource.objects.get(pk=source.pk)
            return ImportRun.objects.create(
                import_source=fresh,
                source=offer_source,
                filename=fresh.address[:200],
                options={"departments": sorted(fresh.departments), "complete": fresh.complete},
                refused_file=refused_file,
                holder=own_mark(),
            )
    except IntegrityError:
        return None


def begin_by_hand(*, offer_source: str, filename: str, options: dict[str, Any], refused_file: str) -> ImportRun:
    """A run of the command line, under the same lock. Raises `ImportBusyError`."""
    settle_silent()
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                source=offer_source,
                filename=filename[:200],
                options=options,
                refused_file=refused_file,
                holder=own_mark(),
            )
    except IntegrityError as error:
        raise ImportBusyError(ImportRun.objects.running().filter(source=offer_source).first()) from error


def take_up(*, run: ImportRun) -> bool:
    """A held run goes on, to withdraw what staff agreed to; False when another run has the lock, or had it."""
    now = timezone.now()
    try:
        with transaction.atomic():
            held = ImportRun.objects.to_withdraw().filter(pk=run.pk)
            return bool(held.update(state=ImportState.RUNNING, seen_at=now, finished_at=None, holder=own_mark()))
    except IntegrityError:
        return False


def beat(*, run: ImportRun, counts: Mapping[str, Any], percent: int) -> None:
    """The run goes on, and is so far. Raises `ImportLostError` and `ImportStoppedError`."""
    moved = ImportRun.objects.running().filter(pk=run.pk)
    if not moved.update(seen_at=timezone.now(), counts=counts, percent=percent):
        raise ImportLostError
    check(run=run)


def check(*, run: ImportRun) -> None:
    """Raises `ImportStoppedError` when the run is to end."""
    if ImportRun.objects.stopped().filter(pk=run.pk).exists():
        raise ImportStoppedError


def stop(*, run: ImportRun) -> bool:
    """Staff end a run: it does so itself, at the end of the batch it writes."""
    return bool(ImportRun.objects.running().filter(pk=run.pk).update(stop_asked=True))


@transaction.atomic
def finish(
    *,
    run: ImportRun,
    state: ImportState = ImportState.DONE,
    problem: str = "",
    detail: str = "",
    counts: Mapping[str, Any] | None = None,
    absent: int = 0,
) -> None:
    """Settle the run, once: a `problem` makes it a failure; `absent` offers too many to withdraw make it a question.
    Raises `ImportLostError`."""
    now = timezone.now()
    run.state, run.problem, run.detail = ImportState.FAILED if problem else state, problem, detail[:200]
    run.counts, run.seen_at, run.finished_at = dict(counts or run.counts), now, now
    run.absent = absent or run.absent
    fields = ("state", "problem", "detail", "counts", "seen_at", "finished_at", "absent")
    values = {name: getattr(run, name) for name in fields}
    if not ImportRun.objects.running().filter(pk=run.pk).update(**values):
        raise ImportLostError
    if run.state in {ImportState.DONE, ImportState.HELD}:
        _outdate_questions(run)
    if run.import_source_id is None or problem == ImportProblem.STOPPED:
        return
    if problem:
        import_news.count_failure(run=run)
    else:
        ImportSource.objects.filter(pk=run.import_source_id).update(failures=0)
    if run.state == ImportState.HELD:
        import_news.tell_of_absences(run=run)


def settle_silent() -> int:
    """Runs whose process was killed end as interrupted; how many. Their sources run again at once, but not a second
    time in a row: what kills every run waits for its hour."""
    silent = set(ImportRun.objects.silent().values_list("pk", flat=True))
    settled = 0
    for run in ImportRun.objects.running():
        if run.pk not in silent and not is_gone(run.holder):
            continue
        try:
            with transaction.atomic():
                stopped = ImportRun.objects.stopped().filter(pk=run.pk).exists()
                finish(run=run, problem=ImportProblem.STOPPED if stopped else ImportProblem.INTERRUPTED)
                if not _was_interrupted_before(run):
                    ImportSource.objects.filter(pk=run.import_source_id).update(due_at=timezone.now())
        except ImportLostError:  # somebody else has settled it
            continue
        settled += 1
    return settled


def forget_old_runs() -> int:
    """What staff saw of them; the offers stay."""
    old = ImportRun.objects.filter(started_at__lt=timezone.now() - IMPORT_RUNS_KEPT).exclude(state=ImportState.RUNNING)
    return old.delete()[1].get("jobs.ImportRun", 0)


def _was_interrupted_before(run: ImportRun) -> bool:
    before = ImportRun.objects.filter(import_source=run.import_source_id, pk__lt=run.pk).first()
    return before is not None and before.problem == ImportProblem.INTERRUPTED


def _outdate_questions(run: ImportRun) -> None:
    """What an earlier run of the same source asked: this one has read a newer file."""
    earlier = ImportRun.objects.filter(
        import_source=run.import_source_id, source=run.source, state=ImportState.HELD, pk__lt=run.pk
    )
    earlier.update(state=ImportState.DONE, answer=AbsenceAnswer.OUTDATED)
