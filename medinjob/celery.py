"""The worker: the same everywhere, on a folder (one machine), Redis or RabbitMQ by settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")

app = Celery("medinjob")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
