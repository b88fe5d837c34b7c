"""A place of its own for a measure: settings, an empty data folder, a migrated database, the referentials."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command


@contextmanager
def empty_place() -> Iterator[Path]:
    """Must come before anything that needs Django; the folder goes at the end."""
    with tempfile.TemporaryDirectory(prefix="medinjob-bench-") as folder:
        os.environ["MEDINJOB_DATA_DIR"] = folder
        os.environ.pop("MEDINJOB_DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_referentials", verbosity=0)
        yield Path(folder)
