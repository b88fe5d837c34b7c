"""The worker: the same everywhere, on a folder (one machine), Redis or RabbitMQ by settings."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")

app = Celery("medinjob")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def _alive(**_: object) -> None:
    """At once: a monitor need not wait a minute to see that it is back."""
    app.send_task("medinjob.beat", ignore_result=True)
