"""One batch of an import: some hundred offers in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jobs.enums import JOB_LIFETIME, Flag, OfferState
from jobs.grave_words import grave_words
from jobs.imports import duplicates
from jobs.imports.building import Builder, changed_fields, content_hash
from jobs.imports.digital import is_digital
from jobs.imports.parsed import ParsedOffer
from jobs.imports.places import Spot
from jobs.models import ImportRun, Offer, OfferEvent
from jobs.services import lifecycle
from jobs.services.bulk import OfferEntry, create_offers, update_offers
from jobs.services.duplicates import SOURCE_GONE
from jobs.signals import offers_changed

# An offer that has not changed is not written again for less than this.
_RENEWED_AT_MOST_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that passed: what it says, and where that is."""

    parsed: ParsedOffer
    spot: Spot


@dataclass(slots=True)
class _Sorted:
    """The candidates by what becomes of them."""

    new: list[Candidate] = field(default_factory=list)
    changed: list[tuple[Offer, Candidate]] = field(default_factory=list)
    same: list[Offer] = field(default_factory=list)
    back: dict[str, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    closed: list[Offer] = field(default_factory=list)
    arrived: dict[int, Sequence[int]] = field(default_factory=dict)


@transaction.atomic
def import_batch(*, run: ImportRun, builder: Builder, candidates: Sequence[Candidate]) -> Counter[str]:
    """Create, update, renew and bring back; hide the re-posts. Counts of created, updated, unchanged, returned and
    closed; each candidate is in one of the first three. No two candidates have the same source id."""
    now = timezone.now()
    ids = [candidate.parsed.source_id for candidate in candidates]
    offers = Offer.objects.select_for_update(no_key=True).filter(source=builder.source, source_id__in=ids)
    sorted_ = _sort({offer.source_id: offer for offer in offers}, candidates)
    _bring_back(sorted_)
    entries = _update(sorted_, builder, run, now) + _create(sorted_, builder, run, now)
    _touch(sorted_, run, now)
    arrived = {entry.offer.pk: entry.fingerprints for entry in entries}
    duplicates.review(arrived=arrived, edited=[offer.pk for offer, _ in sorted_.changed])
    return Counter(
        created=len(sorted_.new),
        updated=len(sorted_.changed),
        unchanged=len(sorted_.same) + len(sorted_.closed),
        returned=sum(map(len, sorted_.back.values())),
        closed=len(sorted_.closed),
    )


def _sort(known: dict[str, Offer], candidates: Sequence[Candidate]) -> _Sorted:
    """What people have closed, or a company has claimed, is left as it is."""
    found = _Sorted()
    for candidate in candidates:
        offer = known.get(candidate.parsed.source_id)
        if offer is None:
            found.new.append(candidate)
            continue
        returns = _returns(offer)
        if not returns and (offer.company_id or offer.state not in {OfferState.PUBLISHED, OfferState.IN_REVIEW}):
            found.closed.append(offer)
            continue
        if returns:
            found.back[returns].append(offer)
        # An offer that returns is written like a changed one: it may have become a re-post of another meanwhile.
        if returns or offer.source_hash != content_hash(candidate.parsed):
            found.changed.append((offer, candidate))
        else:
            found.same.append(offer)
    return found


def _returns(offer: Offer) -> str:
    """How an offer that time or an import has closed comes back, "" for any other."""
    if offer.company_id:
        return ""
    if offer.state == OfferState.EXPIRED:
        return "renew"
    return "restore" if offer.state == OfferState.WITHDRAWN and offer.reason == SOURCE_GONE else ""


def _bring_back(found: _Sorted) -> None:
    if found.back["renew"]:
        lifecycle.renew(offers=found.back["renew"], by=None)
    if found.back["restore"]:
        lifecycle.bring_back(offers=found.back["restore"])


def _create(found: _Sorted, builder: Builder, run: ImportRun, now: datetime) -> list[OfferEntry]:
    entries = []
    for candidate in found.new:
        offer = builder.fresh(candidate.parsed, now)
        offer.import_run = run
        entries.append(builder.entry(offer, candidate.parsed, candidate.spot, now))
    create_offers(entries=entries)
    return entries


def _update(found: _Sorted, builder: Builder, run: ImportRun, now: datetime) -> list[OfferEntry]:
    entries = []
    for offer, candidate in found.changed:
        _review_what_changed(offer, candidate.parsed, builder)
        event = OfferEvent(
            action="edit",
            before=offer.state,
            after=offer.state,
            reason=", ".join(changed_fields(offer, candidate.parsed)),
        )
        entry = builder.entry(offer, candidate.parsed, candidate.spot, now)
        entry.event = event
        offer.import_run = run
        offer.version += 1
        if offer.state == OfferState.PUBLISHED:
            offer.expires_at = now + JOB_LIFETIME
        entries.append(entry)
    update_offers(entries=entries)
    return entries


def _review_what_changed(offer: Offer, parsed: ParsedOffer, builder: Builder) -> None:
    """A new title may make it another job, and any edit may bring grave words; what a moderator approved as it is
    written stays approved."""
    if offer.state == OfferState.PUBLISHED and (
        _left_the_sector(offer, parsed, builder) or _turned_grave(offer, parsed)
    ):
        lifecycle.review_again(offer=offer, by=None)
        offer.flags = builder.flags(parsed)


def _left_the_sector(offer: Offer, parsed: ParsedOffer, builder: Builder) -> bool:
    return (
        offer.title != parsed.title
        and Flag.NOT_DIGITAL in builder.flags(parsed)
        and is_digital(offer.title, offer.text, parsed.occupation_code, builder.digital)
    )


def _turned_grave(offer: Offer, parsed: ParsedOffer) -> bool:
    after = set(grave_words(f"{parsed.title}\n{parsed.text}"))
    return bool(after) and not after <= set(grave_words(f"{offer.title}\n{offer.text}"))


def _touch(found: _Sorted, run: ImportRun, now: datetime) -> None:
    """The run has seen them; a public one counts its days from now."""
    seen = [offer.pk for offer in (*found.same, *found.closed)]
    Offer.objects.filter(pk__in=seen).update(import_run=run)
    end = now + JOB_LIFETIME
    due = [offer.pk for offer in found.same if offer.expires_at and end - offer.expires_at > _RENEWED_AT_MOST_EVERY]
    if due:
        Offer.objects.filter(pk__in=due).update(expires_at=end)
        offers_changed.send(sender=Offer, ids=due)
