"""Which apps are of this project."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


def is_ours(config: AppConfig) -> bool:
    """At the top of the checkout. A library may stand below it too, in `.venv`."""
    return Path(config.path).parent == Path(settings.BASE_DIR)
