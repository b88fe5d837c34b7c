"""What staff are told by mail of imports: failures in a row, and files that lack too many offers."""

from django.db.models import F

from accounts.services import queue_team_mail
from jobs.enums import IMPORT_FAILURES_TOLD, AbsenceAnswer, ImportProblem, ImportState
from jobs.models import ImportRun, ImportSource

# The next try will not mend these.
_TOLD_AT_ONCE = frozenset(
    {ImportProblem.NOT_OFFERS, ImportProblem.PARTIAL, ImportProblem.ALL_REFUSED, ImportProblem.MEMORY}
)
# Whatever was done, the process was killed for it.
_KILLED = frozenset({ImportProblem.INTERRUPTED, ImportProblem.MEMORY})


def count_failure(*, run: ImportRun) -> None:
    """Staff are told once of failures in a row. A source whose runs are killed again and again is paused."""
    ImportSource.objects.filter(runs=run).update(failures=F("failures") + 1)
    source = ImportSource.objects.get(runs=run)
    last = list(source.runs.values_list("problem", flat=True)[:IMPORT_FAILURES_TOLD])
    killed = len(last) == IMPORT_FAILURES_TOLD and _KILLED.issuperset(last)
    if killed and source.active:
        ImportSource.objects.filter(pk=source.pk).update(active=False, asked=False)
    in_a_row = source.failures == IMPORT_FAILURES_TOLD and last[-1] not in _TOLD_AT_ONCE
    at_once = source.failures == 1 and run.problem in _TOLD_AT_ONCE
    if in_a_row or at_once or (killed and source.active):
        _tell(run, "jobs/mail/import_failing.txt", "failing", source=source, paused=killed)


def tell_of_absences(*, run: ImportRun) -> None:
    """Once for as long as the files lack too much and staff let them."""
    before = ImportRun.objects.filter(import_source=run.import_source_id, pk__lt=run.pk)
    before = before.exclude(state__in=(ImportState.UNCHANGED, ImportState.FAILED))
    last = before.first()
    if last is None or last.answer not in {AbsenceAnswer.KEPT, AbsenceAnswer.OUTDATED}:
        _tell(run, "jobs/mail/import_absences.txt", "absences", source=run.import_source)


def _tell(run: ImportRun, template: str, what: str, **context: object) -> None:
    queue_team_mail(template=template, context={"run": run, **context}, key=f"import-{run.pk}-{what}")
