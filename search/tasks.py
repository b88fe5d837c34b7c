from celery import shared_task
from celery.utils.log import get_task_logger

from search.engines.base import IndexBusyError
from search.indexing import outbox, rebuild

log = get_task_logger(__name__)


@shared_task(name="search.drain")
def drain() -> int:
    """The worker's sweep. Builds the index when there is none, as after an upgrade that changed its form, or when a
    reader found it damaged."""
    try:
        rebuild.ensure_index()
        return rebuild.retry_on_new_index(outbox.drain)
    except IndexBusyError:
        return 0


@shared_task(name="search.repair")
def repair() -> None:
    rebuild.ensure_index(thoroughly=True)
    drift = rebuild.retry_on_new_index(rebuild.repair)
    if drift.all:
        log.warning(
            "Index drift: %d missing, %d stale, %d ghosts", len(drift.missing), len(drift.stale), len(drift.ghosts)
        )
    drain.delay()
