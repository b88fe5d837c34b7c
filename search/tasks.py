from celery import shared_task
from celery.utils.log import get_task_logger

from search import indexing, outbox
from search.engines.base import IndexBusyError, IndexMissingError

log = get_task_logger(__name__)


@shared_task(name="search.drain")
def drain() -> int:
    """The worker's sweep. Builds the index when there is none, as after an upgrade that changed its form."""
    try:
        return outbox.drain()
    except IndexBusyError:
        return 0
    except IndexMissingError as error:
        log.warning("%s Building it.", error)
        return indexing.rebuild()


@shared_task(name="search.repair")
def repair() -> None:
    try:
        drift = indexing.repair()
    except IndexMissingError as error:
        log.warning("%s Building it.", error)
        indexing.rebuild()
        return
    if drift.all:
        log.warning(
            "Index drift: %d missing, %d stale, %d ghosts", len(drift.missing), len(drift.stale), len(drift.ghosts)
        )
    drain.delay()
