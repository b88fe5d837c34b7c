"""A source of imports that is a file: the worker reads it in its first minute, and refuses two of its rows."""

import shutil
from pathlib import Path

from demo.factories import ImportSourceFactory
from jobs.imports.addresses import folder

_CONTENT = Path(__file__).parents[1] / "content" / "imports.jsonl"
_NAME = "demonstration.jsonl"


def create_feed() -> None:
    folder().mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_CONTENT, folder() / _NAME)
    ImportSourceFactory(
        name="Fichier de démonstration", address=_NAME, departments=["04", "05", "06", "13", "83", "84"]
    )
