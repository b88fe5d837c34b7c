"""The schedule of the worker, as a file that may be damaged and a process that may die."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, connections

from accounts.services import beat

log = logging.getLogger(__name__)
EVERY = 60


class Scheduler(PersistentScheduler):
    """Celery's own, with a sign of life, and a file that is made anew whatever is wrong with it: what it holds is when
    each task last ran, and every task may run once more."""

    _told = -float(EVERY)

    def setup_schedule(self) -> None:
        try:
            super().setup_schedule()
        except Exception as error:
            log.warning("The file of the schedule cannot be read and is made anew: %s", error)
            self._store = self._made_anew(error)
            super().setup_schedule()

    def _made_anew(self, error: Exception) -> Any:
        self._remove_db()
        return self._open_schedule()

    def _destroy_open_corrupted_schedule(self, exc: Exception) -> Any:
        return self._made_anew(exc)

    def sync(self) -> None:
        """A full disk must not end the schedule: the tasks run on, only the file is behind."""
        try:
            super().sync()
        except Exception as error:
            log.warning("The file of the schedule cannot be written: %s", error)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        self._tell()
        return float(min(super().tick(*args, **kwargs), EVERY))

    def _tell(self) -> None:
        if time.monotonic() - self._told < EVERY:
            return
        self._told = time.monotonic()
        try:
            beat(name="schedule")
        except DatabaseError as error:
            log.warning("The schedule cannot tell that it is alive: %s", error)
        finally:
            connections.close_all()
