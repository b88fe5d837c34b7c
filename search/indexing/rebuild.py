"""The life of the index: built beside the one in use, compared with the database, repaired; built anew where its files
are damaged. Nothing is lost with it: all it says is in the database."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from search.documents.eligibility import searchable_offers
from search.engines import get_engine
from search.engines.base import Engine, EngineError, IndexBusyError, IndexMissingError, NewIndex
from search.indexing.outbox import bring_up_to_date, drain, enqueue, keep_refusals
from search.indexing.parallel import all_documents
from search.memory import forget
from search.models import IndexRefusal

log = logging.getLogger(__name__)
T = TypeVar("T")
# How often a rebuild catches up with changes made meanwhile before it waits for none.
ROUNDS = 5
# Seconds that it waits for a drain to end.
PATIENCE = 60.0

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
        versions = _current()
        refused = index.add(_documents(index, progress))
        IndexRefusal.objects.all().delete()
        keep_refusals(refused, of=refused)
        _take_over(engine, index, versions)
    forget()
    return engine.status().documents


def rollback() -> str:
    """Brings the previous index up to date and puts it in place of the present one, which becomes the previous one. Its
    name."""
    engine = get_engine()
    with engine.previous_index() as index:
        _take_over(engine, index, index.versions())
    forget()
    return engine.status().name


def _take_over(engine: Engine, index: NewIndex, versions: dict[int, int]) -> None:
    """Catches up with what changed since the index had at least these versions, until nothing does, and switches."""
    for _ in range(ROUNDS):
        before, versions = versions, _current()
        if not (late := _late(before, versions)):
            break
        bring_up_to_date(index=index, offer_ids=late)
    # From here nobody writes to the old index: what it would have got is found by comparing the new one itself.
    with engine.writing(wait=PATIENCE):
        bring_up_to_date(index=index, offer_ids=_late(index.versions(), _current()))
        index.publish()


def _late(indexed: dict[int, int], current: dict[int, int]) -> frozenset[int]:
    """All that differs but what was refused."""
    return _drift(indexed, current).all.difference(IndexRefusal.objects.values_list("pk", flat=True))


def catch_up(*, progress: Progress | None = None) -> None:
    """Makes the index what it should be at the least cost: built if it is not there or damaged, else drained and
    compared."""
    heal(progress=progress, thoroughly=True)
    on_a_whole_index(drain)
    on_a_whole_index(repair)
    on_a_whole_index(drain)


def heal(*, progress: Progress | None = None, thoroughly: bool = False) -> None:
    """Builds the index where there is none, or where its files are damaged: looked at `thoroughly`, or when a reader
    has failed."""
    engine = get_engine()
    if not (thoroughly or engine.suspected()):
        return
    try:
        _discard_if_damaged(engine)
        engine.status()
    except IndexMissingError as error:
        log.warning("%s Building it.", error)
        rebuild(progress=progress)


def on_a_whole_index(work: Callable[[], T]) -> T:
    """Does the work. When it fails because there is no index, or a damaged one, once more on a new one."""
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
    with engine.writing(wait=PATIENCE):
        engine.discard()
    return True


def compare() -> Drift:
    """What differs between the database and the index now, changes not yet drained included."""
    return _drift(get_engine().versions(), _current())


def repair() -> Drift:
    """Enqueues what differs. Offers expire by the clock alone: they leave the index here at the latest."""
    drift = compare()
    enqueue(offer_ids=sorted(drift.all))
    return drift


def _documents(index: NewIndex, progress: Progress | None) -> Iterator[list[Any]]:
    total = searchable_offers().count() if progress else 0
    done = 0
    for batch in all_documents(index.prepared):
        yield batch
        done += len(batch)
        if progress:
            progress(done, max(total, done))


def _current() -> dict[int, int]:
    """The version of every offer that can be found, by its id."""
    return dict(searchable_offers().order_by().values_list("pk", "index_version"))


def _drift(indexed: dict[int, int], current: dict[int, int]) -> Drift:
    return Drift(
        missing=frozenset(current.keys() - indexed.keys()),
        stale=frozenset(pk for pk, version in current.items() if indexed.get(pk, version) != version),
        ghosts=frozenset(indexed.keys() - current.keys()),
    )
