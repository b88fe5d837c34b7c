"""The worker: the same everywhere, on a folder (one machine), Redis or RabbitMQ by settings."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import task_prerun, worker_ready
from celery.utils.log import get_task_logger
from kombu.transport import TRANSPORT_ALIASES

# What kombu's own loses of a message that is being written, ours does not: `docs/adr/0006`.
TRANSPORT_ALIASES["filesystem"] = "medinjob.lib.folder_queue:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")

app = Celery("medinjob")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def _alive(**_: object) -> None:
    """At once: a monitor need not wait a minute to see that it is back."""
    app.send_task("medinjob.beat", ignore_result=True)


@task_prerun.connect
def _keep_database_open(**_: object) -> None:
    """Only a worker's tasks: `tick` runs in a process that ends."""
    from medinjob.databases import keep_open

    keep_open()


class EndsWithItsSchedule(bootsteps.StartStopStep):
    """A worker with `--beat` ends when that child does: systemd and `make run` start both again. By itself it would go
    on, and nothing would be due any more."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Beat")

    def __init__(self, worker: Any, **options: Any) -> None:
        self.watch: Any = None

    def start(self, worker: Any) -> None:
        if worker.beat:
            self.watch = worker.timer.call_repeatedly(5, self.look, (worker.beat,))

    def stop(self, worker: Any) -> None:
        if self.watch:
            self.watch.cancel()

    def look(self, beat: Any) -> None:
        from celery.worker import state  # the web process, which imports this module, has no need of it

        if not beat.is_alive() and not state.should_stop:
            get_task_logger(__name__).error("The schedule has ended, so this worker ends too.")
            state.should_stop = 1


app.steps["worker"].add(EndsWithItsSchedule)
