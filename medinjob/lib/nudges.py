"""Work that waits as rows is begun at once, where the queue allows it."""

from celery import Task
from django.db import transaction

# A nudge is pointless once the schedule has done the same several times.
EXPIRES = 600


def nudge(task: Task) -> None:
    """After the commit. A queue that is full or away is logged, not raised into a page: the schedule does it later."""

    def send_nudge() -> None:
        task.apply_async(expires=EXPIRES)

    transaction.on_commit(send_nudge, robust=True)
