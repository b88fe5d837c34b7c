"""Builds, compares and repairs the index. A new index is built beside the one in use. Losing an index loses nothing,
since it is built from the database."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from search.documents.eligibility import searchable_offers
from search.engines import get_engine
from search.engines.base import Engine, EngineError, IndexBusyError, IndexMissingError, NewIndex
from search.indexing.outbox import bring_up_to_date, drain, enqueue, keep_refusals
from search.indexing.parallel import all_documents
from search.memory import clear_caches
from search.models import IndexRefusal

log = logging.getLogger(__name__)
T = TypeVar("T")
# How often a rebuild catches up with changes made meanwhile, before it stops other writers.
MAX_CATCH_UPS = 5
# Seconds that it waits for a drain to release the lock.
LOCK_WAIT = 60.0

Progress = Callable[[int, int], None]


class Drift(NamedTuple):
    """Offer ids by what is wrong with their index entry."""

    missing: frozenset[int]
    stale: frozenset[int]
    ghosts: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        return self.missing | self.stale | self.ghosts


def rebuild(*, progress: Progress | None = None) -> int:
    """Builds a new index while the old one serves and goes on being written, catches up, and switches. The number of
    documents. `progress` is told how many are done, of how many."""
    engine = get_engine()
    with engine.new_index() as index:
        versions = _database_versions()
        refused = index.add(_documents(index, progress))
        IndexRefusal.objects.all().delete()
        keep_refusals(refused, of=refused)
        _catch_up_and_publish(engine, index, versions)
    clear_caches()
    return engine.status().documents


def rollback() -> str:
    """Brings the previous index up to date and puts it in place of the present one, which becomes the previous one. Its
    name."""
    engine = get_engine()
    with engine.previous_index() as index:
        _catch_up_and_publish(engine, index, index.versions())
    clear_caches()
    return engine.status().name


def _catch_up_and_publish(engine: Engine, index: NewIndex, versions: dict[int, int]) -> None:
    """Catches up with what changed since the index had at least these versions, until nothing does, and switches."""
    for _ in range(MAX_CATCH_UPS):
        before, versions = versions, _database_versions()
        if not (outdated := _outdated(before, versions)):
            break
        bring_up_to_date(index=index, offer_ids=outdated)
    # From here nobody writes to the old index; a last comparison finds what changed.
    with engine.writing(wait=LOCK_WAIT):
        bring_up_to_date(index=index, offer_ids=_outdated(index.versions(), _database_versions()))
        index.publish()


def _outdated(indexed: dict[int, int], current: dict[int, int]) -> frozenset[int]:
    """The offers whose entry differs from the database, without those that the engine refused."""
    return _drift(indexed, current).all.difference(IndexRefusal.objects.values_list("pk", flat=True))


def catch_up(*, progress: Progress | None = None) -> None:
    """Makes the index what it should be at the least cost: built if it is not there or damaged, else drained and
    compared."""
    ensure_index(progress=progress, thoroughly=True)
    retry_on_new_index(drain)
    retry_on_new_index(repair)
    retry_on_new_index(drain)


def ensure_index(*, progress: Progress | None = None, thoroughly: bool = False) -> None:
    """Builds the index when there is none or its files are damaged. The files are checked when `thoroughly`, or when a
    reader has failed."""
    engine = get_engine()
    if not (thoroughly or engine.is_suspect()):
        return
    try:
        _discard_if_damaged(engine)
        engine.status()
    except IndexMissingError as error:
        log.warning("%s Building it.", error)
        rebuild(progress=progress)


def retry_on_new_index(work: Callable[[], T]) -> T:
    """Does the work. When it fails because the index is missing or damaged, builds a new one and tries once more."""
    try:
        return work()
    except IndexBusyError:
        raise
    except EngineError as error:
        if not isinstance(error, IndexMissingError) and not _discard_if_damaged(get_engine()):
            raise
        log.warning("%s Building it.", error)
    rebuild()
    return work()


def _discard_if_damaged(engine: Engine) -> bool:
    if not (problem := engine.damage()):
        return False
    log.error("%s Until it is built anew the database answers.", problem)
    with engine.writing(wait=LOCK_WAIT):
        engine.discard()
    return True


def compare() -> Drift:
    """What differs between the database and the index now, changes not yet drained included."""
    return _drift(get_engine().versions(), _database_versions())


def repair() -> Drift:
    """Enqueues what differs. Nothing announces that an offer has expired, so an expired offer leaves the index here at
    the latest."""
    drift = compare()
    enqueue(offer_ids=sorted(drift.all))
    return drift


def _documents(index: NewIndex, progress: Progress | None) -> Iterator[list[Any]]:
    total = searchable_offers().count() if progress else 0
    done = 0
    for batch in all_documents(index.prepare):
        yield batch
        done += len(batch)
        if progress:
            progress(done, max(total, done))


def _database_versions() -> dict[int, int]:
    """The version of every offer that can be found, by its id."""
    return dict(searchable_offers().order_by().values_list("pk", "index_version"))


def _drift(indexed: dict[int, int], current: dict[int, int]) -> Drift:
    return Drift(
        missing=frozenset(current.keys() - indexed.keys()),
        stale=frozenset(pk for pk, version in current.items() if indexed.get(pk, version) != version),
        ghosts=frozenset(indexed.keys() - current.keys()),
    )
