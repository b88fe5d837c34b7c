"""A place of its own for a measure: settings, an empty data folder, a migrated database, the referentials."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command


@contextmanager
def empty_place(database_url: str = "") -> Iterator[Path]:
    """Must come before anything that needs Django; the folder goes at the end. SQLite there unless told otherwise."""
    with tempfile.TemporaryDirectory(prefix="medinjob-bench-") as folder:
        os.environ["MEDINJOB_DATA_DIR"] = folder
        os.environ.pop("MEDINJOB_DATABASE_URL", None)
        if database_url:
            os.environ["MEDINJOB_DATABASE_URL"] = database_url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medinjob.settings.local")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_referentials", verbosity=0)
        yield Path(folder)
