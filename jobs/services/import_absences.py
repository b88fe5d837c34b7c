"""What a complete file no longer holds: withdrawn, unless it is so much that a person has to agree first."""

from django.conf import settings
from django.db.models import QuerySet

from jobs.enums import AbsenceAnswer, ImportState
from jobs.models import ImportRun
from jobs.selectors.absences import absent_offers, offers_of_its_territory
from jobs.services import duplicates, lifecycle
from medinjob.lib.absence import is_doubtful
from medinjob.lib.errors import MoveError

BATCH = 500


def doubtful(*, run: ImportRun, accepted: int = 0) -> int:
    """How many offers are absent, if they are too many to believe it and more than `accepted`; else 0."""
    absent = absent_offers(run).count()
    known = offers_of_its_territory(run).filter(created_at__lt=run.started_at).count()
    doubt = is_doubtful(absent=absent, known=known, share=settings.ABSENCE_SHARE)
    return absent if doubt and absent > accepted else 0


def withdraw(*, run: ImportRun) -> int:
    """Withdraw what is absent; how many."""
    absent, withdrawn, last = absent_offers(run), 0, 0
    while batch := list(absent.filter(pk__gt=last).order_by("id")[:BATCH]):
        last = batch[-1].pk
        try:
            withdrawn += len(lifecycle.withdraw(offers=batch, by=None, reason=duplicates.SOURCE_GONE))
        except MoveError:  # somebody moves one of them at this moment: the next import sees to the batch
            continue
    return withdrawn


def accept(*, run: ImportRun) -> bool:
    """Staff agree, once: the worker withdraws what is absent. False when there was nothing to agree to."""
    return bool(_asking(run).update(answer=AbsenceAnswer.ACCEPTED))


def keep(*, run: ImportRun) -> bool:
    """Staff do not agree: nothing is withdrawn."""
    return bool(_asking(run).update(answer=AbsenceAnswer.KEPT, state=ImportState.DONE))


def _asking(run: ImportRun) -> "QuerySet[ImportRun]":
    return ImportRun.objects.asking().filter(pk=run.pk)
