from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from jobs.models import (
    JobDetails,
    Offer,
    OfferAudience,
    OfferEvent,
    OfferPlace,
    OfferReport,
    TrainingDetails,
    TrainingSession,
)
from jobs.signals import offers_changed

_BATCH = 1000
_COLUMNS = {"occupations": "occupation_id", "skills": "skill_id", "sectors": "sector_id"}


@dataclass(slots=True)
class OfferRows:
    """One unsaved offer and all that belongs to it; relations are primary keys."""

    offer: Offer
    details: JobDetails | TrainingDetails
    places: Sequence[OfferPlace] = ()
    sessions: Sequence[TrainingSession] = ()
    events: Sequence[OfferEvent] = ()
    audience: Sequence[OfferAudience] = ()
    reports: Sequence[OfferReport] = ()
    occupations: Sequence[str] = ()
    skills: Sequence[str] = ()
    sectors: Sequence[str] = field(default=())


def write(drafts: Sequence[OfferRows]) -> None:
    """Writes everything in a dozen statements, and tells the upper floors, as single posting does."""
    Offer.objects.bulk_create([draft.offer for draft in drafts], batch_size=_BATCH)
    for model in (JobDetails, TrainingDetails):
        _create(model, (draft.details for draft in drafts if isinstance(draft.details, model)))
    _create(OfferPlace, (row for draft in drafts for row in draft.places))
    _create(TrainingSession, (row for draft in drafts for row in draft.sessions))
    _create(OfferEvent, _in_order(event for draft in drafts for event in draft.events))
    _create(OfferAudience, (row for draft in drafts for row in draft.audience))
    _create(OfferReport, (row for draft in drafts for row in draft.reports))
    for relation, column in _COLUMNS.items():
        _relate(relation, column, drafts)
    offers_changed.send(sender=Offer, ids=[draft.offer.pk for draft in drafts])


def _in_order(events: Iterable[OfferEvent]) -> list[OfferEvent]:
    return sorted(events, key=lambda event: event.at)


def _create(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=_BATCH)


def _relate(relation: str, column: str, drafts: Sequence[OfferRows]) -> None:
    through = getattr(Offer, relation).through
    rows = (
        through(offer_id=draft.offer.pk, **{column: key})
        for draft in drafts
        for key in dict.fromkeys(getattr(draft, relation))
    )
    _create(through, rows)
