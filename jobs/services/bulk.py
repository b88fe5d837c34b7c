"""The bulk door: many offers with their parts, events and announcement, in a few statements whatever their number.

What passes here leaves the rows that posting one by one would leave. Imports and the demo come in by it; moves of many
offers go through `jobs.services.lifecycle`, which takes sequences.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from jobs.enums import OfferState
from jobs.models import JobDetails, Offer, OfferEvent, OfferFingerprint, OfferPlace, TrainingDetails, TrainingSession
from jobs.signals import offers_changed
from jobs.transitions import TRANSITIONS
from medinjob.lib.rows import insert, insert_values, insert_with_keys

# The steps by which an offer born in a state would have come there.
_PATHS: dict[str, tuple[str, ...]] = {
    OfferState.DRAFT: (),
    OfferState.IN_REVIEW: ("submit",),
    OfferState.PUBLISHED: ("publish",),
    OfferState.PAUSED: ("publish", "pause"),
    OfferState.FILLED: ("publish", "fill"),
    OfferState.EXPIRED: ("publish", "expire"),
    OfferState.WITHDRAWN: ("publish", "withdraw"),
    OfferState.REJECTED: ("submit", "reject"),
}
# Tables of (offer, key), and the field of an entry that holds the keys.
_LINKS: tuple[tuple[type[models.Model], str], ...] = (
    (OfferFingerprint, "fingerprints"),
    (Offer.occupations.through, "occupations"),
    (Offer.skills.through, "skills"),
    (Offer.sectors.through, "sectors"),
)
_KEPT_BY_AN_UPDATE = {"id", "state", "created_at", "index_version", "duplicate_of", "company", "author", "kind"}
CONTENT_FIELDS = [each.name for each in Offer._meta.concrete_fields if each.name not in _KEPT_BY_AN_UPDATE]


@dataclass(slots=True)
class OfferEntry:
    """An offer and its parts, unsaved; the parts are without their `offer`. Relations are primary keys.

    `event` says why a known offer is written again; a new one gets the events that lead to its state.
    """

    offer: Offer
    details: JobDetails | TrainingDetails
    places: Sequence[OfferPlace] = ()
    sessions: Sequence[TrainingSession] = ()
    occupations: Sequence[str] = ()
    skills: Sequence[str] = ()
    sectors: Sequence[str] = ()
    fingerprints: Sequence[int] = ()
    event: OfferEvent | None = None
    by: Any = field(default=None)


@transaction.atomic
def create_offers(*, entries: Sequence[OfferEntry]) -> list[Offer]:
    """Write new offers in the state that each already has, and announce them."""
    offers = [entry.offer for entry in entries]
    insert_with_keys(Offer, offers)
    _write_parts(entries)
    now = timezone.now()
    insert(OfferEvent, [event for entry in entries for event in _first_events(entry, now)])
    _announce(offers)
    return offers


@transaction.atomic
def update_offers(*, entries: Sequence[OfferEntry]) -> list[Offer]:
    """Write the content of known offers over what they have; state and company stay, `version` is the caller's to
    raise. Parts are replaced, the places copied from doubles included."""
    offers = [entry.offer for entry in entries]
    # An upsert of rows that exist: bulk_update would write one CASE per row and field.
    Offer.objects.bulk_create(offers, update_conflicts=True, unique_fields=["id"], update_fields=CONTENT_FIELDS)
    parts: tuple[type[models.Model], ...] = (OfferPlace, TrainingSession, JobDetails, TrainingDetails)
    for model in (*parts, *(model for model, _ in _LINKS)):
        model._default_manager.filter(offer__in=offers).delete()
    _write_parts(entries)
    insert(OfferEvent, [_owned(entry.event, entry.offer) for entry in entries if entry.event])
    _announce(offers)
    return offers


def _write_parts(entries: Sequence[OfferEntry]) -> None:
    for model in (JobDetails, TrainingDetails):
        insert(model, [_owned(entry.details, entry.offer) for entry in entries if isinstance(entry.details, model)])
    insert(OfferPlace, [_owned(place, entry.offer) for entry in entries for place in entry.places])
    insert(TrainingSession, [_owned(each, entry.offer) for entry in entries for each in entry.sessions])
    for linked, name in _LINKS:
        keys = ((entry.offer.pk, dict.fromkeys(getattr(entry, name))) for entry in entries)
        insert_values(linked, [(offer, key) for offer, found in keys for key in found])


def _owned(part: Any, offer: Offer) -> Any:
    part.offer = offer
    return part


def _first_events(entry: OfferEntry, now: datetime) -> Iterable[OfferEvent]:
    offer = entry.offer
    before: str = OfferState.DRAFT
    for action in _PATHS[offer.state]:
        after = TRANSITIONS[action][1]
        at = (offer.submitted_at if action == "submit" else offer.published_at if action == "publish" else now) or now
        reason = offer.reason if after == offer.state else ""
        yield OfferEvent(offer=offer, action=action, before=before, after=after, by=entry.by, at=at, reason=reason)
        before = after


def _announce(offers: Sequence[Offer]) -> None:
    if offers:
        offers_changed.send(sender=Offer, ids=[offer.pk for offer in offers])
