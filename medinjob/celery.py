"""The worker: the same everywhere, on a folder (one machine), Redis or RabbitMQ by settings."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

# What kombu's own loses of a message that is being written, ours does not: `docs/adr/0006`.
TRANSPORT_ALIASES["filesystem"] = "medinjob.lib.folder_queue:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")

app = Celery("medinjob")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
