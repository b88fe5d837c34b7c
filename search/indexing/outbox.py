"""The outbox of the index: a row is written with each change, read by the worker, deleted once the index has the
change.

A rollback takes its rows with it; a lost nudge is swept by the schedule; a change made while the index is being written
leaves a row of its own, which the next drain reads."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobs.models import Offer
from medinjob.lib.rows import insert_values
from search.documents.builder import build_document
from search.documents.eligibility import searchable_offers
from search.documents.sources import load_offers
from search.engines import get_engine
from search.engines.base import Engine, NewIndex
from search.models import IndexRefusal, PendingIndexing

BATCH = 500


@transaction.atomic
def enqueue(*, offer_ids: Iterable[int]) -> None:
    """To be called in the transaction that changes the offers. Their index version grows, so that an index entry can be
    told from an older one."""
    distinct = list(dict.fromkeys(offer_ids))
    now = timezone.now()
    for start in range(0, len(distinct), BATCH):
        ids = distinct[start : start + BATCH]
        Offer.objects.filter(pk__in=ids).update(index_version=F("index_version") + 1)
        insert_values(PendingIndexing, [(offer_id, now) for offer_id in ids])


def drain(*, limit: int = 20_000) -> int:
    """Brings the index up to date with the oldest pending rows, and says how many it read. Raises `EngineError`, with
    every row still there; `IndexBusyError` when another process is writing."""
    if not PendingIndexing.objects.exists():
        return 0
    read = 0
    while read < limit and (batch := _drain_batch()):
        read += batch
    return read


def _drain_batch() -> int:
    """Drains one batch. The lock is released between batches, so that another writer can take it."""
    engine = get_engine()
    with engine.writing():
        rows = list(PendingIndexing.objects.order_by("id")[:BATCH])
        bring_up_to_date(index=engine, offer_ids={row.offer_id for row in rows})
        PendingIndexing.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)


def bring_up_to_date(*, index: Engine | NewIndex, offer_ids: Collection[int]) -> None:
    """Writes these offers as they are now: those that may be found are replaced, all others deleted by their id. What
    the engine refuses is kept with its reason."""
    if not offer_ids:
        return
    # Read before the offers: a deletion must not carry a version later than what was read.
    versions = dict(Offer.objects.filter(pk__in=offer_ids).values_list("pk", "index_version"))
    documents = [build_document(offer) for offer in load_offers(searchable_offers().filter(pk__in=offer_ids))]
    gone = set(offer_ids) - {item.id for item in documents}
    refused = index.write(documents, {offer_id: versions.get(offer_id) for offer_id in gone})
    keep_refusals(refused, of=offer_ids)


@transaction.atomic
def keep_refusals(refused: Mapping[int, str], *, of: Collection[int]) -> None:
    """Stores the refusals of the offers that were written (`of`), and removes those of offers that are accepted now."""
    IndexRefusal.objects.filter(offer_id__in=of).exclude(offer_id__in=refused).delete()
    now = timezone.now()
    IndexRefusal.objects.bulk_create(
        (IndexRefusal(offer_id=offer_id, reason=reason, refused_at=now) for offer_id, reason in refused.items()),
        update_conflicts=True,
        unique_fields=["offer_id"],
        update_fields=["reason", "refused_at"],
    )
