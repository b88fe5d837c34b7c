"""Imports by themselves: each due source is claimed, fetched, imported and settled."""

import logging
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial

from django.conf import settings
from django.utils import timezone

from jobs.enums import IMPORT_REREAD_AFTER, ImportProblem, ImportState
from jobs.imports.addresses import FetchError, folder
from jobs.imports.fetching import Fetched, fetched
from jobs.imports.formats import FORMATS
from jobs.imports.refused import MOST_ROWS, RefusedFile, refused_name
from jobs.imports.run import Import
from jobs.models import ImportRun, ImportSource
from jobs.services import import_absences, import_runs, import_sources

logger = logging.getLogger(__name__)


def run_due_imports() -> int:
    """Run what is due, one after the other; how many. Safe to run twice at once, and after a kill at any moment."""
    import_runs.settle_silent()
    done = 0
    for run in ImportRun.objects.to_withdraw():
        if import_runs.take_up(run=run):
            _guarded(run, partial(_withdraw, run))
            done += 1
    for source in ImportSource.objects.due().filter(format__in=FORMATS).order_by("-asked", "due_at"):
        offer_source = FORMATS[source.format].source
        run = import_runs.claim(source=source, offer_source=offer_source, refused_file=refused_name())
        if run is not None and run.import_source is not None:
            _guarded(run, partial(_run, run, run.import_source))
            done += 1
    return done


def anything_to_do() -> bool:
    """Whether a process has to be started for `run_due_imports`: not while one is at work on the same origin."""
    busy = set(ImportRun.objects.running().values_list("source", flat=True))
    due = ImportSource.objects.due().filter(format__in=FORMATS)
    waiting = [FORMATS[name].source for name in due.values_list("format", flat=True)]
    return not busy.issuperset([*waiting, *ImportRun.objects.to_withdraw().values_list("source", flat=True)])


def _guarded(run: ImportRun, work: Callable[[], None]) -> None:
    """Whatever happens ends as a state of the run, and never keeps the other sources from theirs."""
    try:
        work()
    except FetchError as error:
        _fail(run, error.problem, error.detail)
    except import_runs.ImportStoppedError:
        _fail(run, ImportProblem.STOPPED)
    except import_runs.ImportLostError:
        logger.warning("Import %s was given up for dead; another one follows", run.pk)
    except MemoryError:
        _fail(run, ImportProblem.MEMORY, f"> {settings.IMPORT_MEMORY_MB} Mo")
    except Exception as error:
        logger.exception("Import %s stopped", run.pk)
        _fail(run, ImportProblem.UNEXPECTED, type(error).__name__)


def _fail(run: ImportRun, problem: ImportProblem, detail: str = "") -> None:
    with suppress(import_runs.ImportLostError):  # it has said so itself
        import_runs.finish(run=run, problem=problem, detail=detail)


def _run(run: ImportRun, source: ImportSource) -> None:
    import_runs.check(run=run)
    with fetched(source.address, _known(source)) as file:
        if file is None:
            import_runs.finish(run=run, state=ImportState.UNCHANGED)
        else:
            _import(run, source, file)


def _withdraw(run: ImportRun) -> None:
    withdrawn = import_absences.withdraw(run=run)
    import_runs.finish(run=run, counts={**run.counts, "withdrawn": withdrawn})


def _known(source: ImportSource) -> dict[str, str]:
    recent = source.read_at is not None and timezone.now() - source.read_at < IMPORT_REREAD_AFTER
    return source.validators if recent else {}


def _import(run: ImportRun, source: ImportSource, file: Fetched) -> None:
    with closing(RefusedFile(folder() / run.refused_file, most=MOST_ROWS)) as rejects:
        work = Import(format_name=source.format, departments=source.departments, on_refusal=rejects.write, record=run)
        work.run(file.path, complete=source.complete)
    if run.state in {ImportState.DONE, ImportState.HELD}:
        import_sources.remember(source=source, validators=file.validators)
