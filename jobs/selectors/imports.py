"""What staff read of imports."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from jobs.enums import SourceState
from jobs.models import ImportRun, ImportSource, Offer
from jobs.selectors.absences import absent_offers

ABSENT_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its last run, if it had one."""

    source: ImportSource
    last: ImportRun | None

    @property
    def state(self) -> SourceState:
        if self.last and self.last.is_running:
            return SourceState.RUNNING
        if self.source.asked:
            return SourceState.ASKED
        return SourceState.ACTIVE if self.source.active else SourceState.PAUSED

    @property
    def is_moving(self) -> bool:
        return self.state == SourceState.RUNNING or self.is_due

    @property
    def is_due(self) -> bool:
        """What `ImportSourceQuerySet.due` finds."""
        time_has_come = self.source.active and self.source.due_at <= timezone.now()
        return self.state == SourceState.ASKED or (self.state == SourceState.ACTIVE and time_has_come)


@dataclass(frozen=True, slots=True)
class Question:
    """A held run, and some of the offers that are absent from its file."""

    run: ImportRun
    some: list[Offer]


def question_of(run: ImportRun) -> Question:
    return Question(run, list(absent_offers(run).order_by("id")[:ABSENT_SHOWN]))


def questions() -> list[Question]:
    """What waits for an answer of staff, the oldest first."""
    return [question_of(run) for run in ImportRun.objects.asking().select_related("import_source").order_by("id")]


def source_lines() -> list[SourceLine]:
    """Two queries, however many sources."""
    sources = list(ImportSource.objects.annotate(last_run=Max("runs")))
    runs = ImportRun.objects.in_bulk([source.last_run for source in sources if source.last_run])
    return [SourceLine(source, runs.get(source.last_run)) for source in sources]


def others_on(*, source: ImportSource) -> list[ImportSource]:
    """Other sources of the same format whose départements meet those of `source`, where one of the two is complete:
    each of its imports would withdraw what the other one brought."""
    others = ImportSource.objects.filter(format=source.format).exclude(pk=source.pk)
    mine = set(source.departments)
    return [
        other
        for other in others
        if (source.complete or other.complete)
        and (not mine or not other.departments or not mine.isdisjoint(other.departments))
    ]
