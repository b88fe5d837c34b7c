"""The worker: the same everywhere, on a folder (one machine), Redis or RabbitMQ by settings."""

import os

from celery import Celery
from celery.signals import task_prerun, worker_ready

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
