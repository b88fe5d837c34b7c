"""What a complete file no longer holds: withdrawn, unless it is so much that a person has to agree first."""

from django.conf import settings
from django.db.models import Q, QuerySet

from jobs.enums import AbsenceAnswer, ImportState, OfferState
from jobs.models import ImportRun, Offer
from jobs.services import duplicates, lifecycle
from medinjob.lib.absence import is_doubtful

BATCH = 500


def absent_offers(run: ImportRun) -> "QuerySet[Offer]":
    """The offers of the run's origin and territory that neither it nor a later one has seen."""
    return _of_its_territory(run).filter(Q(import_run=None) | Q(import_run__lt=run.pk))


def doubtful(*, run: ImportRun, accepted: int = 0) -> int:
    """How many offers are absent, if they are too many to believe it and more than `accepted`; else 0."""
    absent = absent_offers(run).count()
    known = _of_its_territory(run).filter(created_at__lt=run.started_at).count()
    doubt = is_doubtful(absent=absent, known=known, share=settings.ABSENCE_SHARE)
    return absent if doubt and absent > accepted else 0


def withdraw(*, run: ImportRun) -> int:
    """Withdraw what is absent; how many."""
    absent, withdrawn, last = absent_offers(run), 0, 0
    while batch := list(absent.filter(pk__gt=last).order_by("id")[:BATCH]):
        last = batch[-1].pk
        try:
            withdrawn += len(lifecycle.withdraw(offers=batch, by=None, reason=duplicates.SOURCE_GONE))
        except lifecycle.MoveError:  # somebody moves one of them at this moment: the next import sees to the batch
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


def _of_its_territory(run: ImportRun) -> "QuerySet[Offer]":
    """Online or in review. Of a territory are those with a place in it, and those without a département that an import
    of the same territory had brought."""
    departments = run.options["departments"]
    online = Offer.objects.filter(
        source=run.source, company__isnull=True, state__in=(OfferState.PUBLISHED, OfferState.IN_REVIEW)
    )
    if not departments:
        return online
    here = Q(places__department__in=departments, places__copied_from__isnull=True)
    return online.filter(here | Q(import_run__options__departments=departments)).distinct()
