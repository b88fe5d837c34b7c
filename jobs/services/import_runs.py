"""The life of one run of an import: claimed, heard of now and then, settled once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.services import queue_template_mail
from jobs.enums import IMPORT_FAILURES_TOLD, IMPORT_RUNS_KEPT, ImportProblem, ImportState
from jobs.models import ImportRun, ImportSource


class ImportLostError(Exception):
    """The run was given up for dead, and another one may be at work."""


def claim(*, source: ImportSource, offer_source: str, refused_file: str) -> ImportRun | None:
    """A run of a due source, or None when another worker has it. Its next time counts from now, also if it fails."""
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
            )
    except IntegrityError:  # the other one was claimed at the same moment
        return None


def beat(*, run: ImportRun, counts: Mapping[str, Any], percent: int) -> None:
    """The run goes on, and is so far. Raises `ImportLostError`."""
    moved = ImportRun.objects.running().filter(pk=run.pk)
    if not moved.update(seen_at=timezone.now(), counts=counts, percent=percent):
        raise ImportLostError


@transaction.atomic
def finish(
    *,
    run: ImportRun,
    state: ImportState = ImportState.DONE,
    problem: str = "",
    detail: str = "",
    counts: Mapping[str, Any] | None = None,
) -> None:
    """Settle the run, once: a `problem` makes it a failure. Raises `ImportLostError`."""
    now = timezone.now()
    run.state, run.problem, run.detail = ImportState.FAILED if problem else state, problem, detail[:200]
    run.counts, run.seen_at, run.finished_at = dict(counts or run.counts), now, now
    fields = ("state", "problem", "detail", "counts", "seen_at", "finished_at")
    values = {name: getattr(run, name) for name in fields}
    if not ImportRun.objects.running().filter(pk=run.pk).update(**values):
        raise ImportLostError
    if run.import_source_id is not None:
        if problem:
            _count_failure(run, run.import_source_id)
        else:
            ImportSource.objects.filter(pk=run.import_source_id).update(failures=0)


def settle_silent() -> int:
    """Runs whose worker was killed end as interrupted, and their sources run again; how many."""
    settled = 0
    for run in ImportRun.objects.silent():
        try:
            with transaction.atomic():
                finish(run=run, problem=ImportProblem.INTERRUPTED)
                ImportSource.objects.filter(runs=run).update(asked=True)
        except ImportLostError:  # somebody else has settled it
            continue
        settled += 1
    return settled


def forget_old_runs() -> int:
    """What staff saw of them; the offers stay."""
    old = ImportRun.objects.filter(started_at__lt=timezone.now() - IMPORT_RUNS_KEPT).exclude(state=ImportState.RUNNING)
    return old.delete()[1].get("jobs.ImportRun", 0)


def _count_failure(run: ImportRun, source_id: int) -> None:
    """Staff are told once of failures in a row."""
    ImportSource.objects.filter(pk=source_id).update(failures=F("failures") + 1)
    source = ImportSource.objects.get(pk=source_id)
    if source.failures != IMPORT_FAILURES_TOLD:
        return
    for member in User.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        queue_template_mail(
            to=member.email,
            template="jobs/mail/import_failing.txt",
            context={"source": source, "run": run},
            language=member.language,
            key=f"import-{run.pk}-failing-{member.pk}",
        )
