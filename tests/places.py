"""Places on disk that the operator's commands work on, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def manage(place: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "MEDINJOB_DATA_DIR": str(place),
        "MEDINJOB_DATABASE_URL": f"sqlite:///{place}/medinjob.sqlite3",
        "DJANGO_SETTINGS_MODULE": "medinjob.settings.local",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def ask(place: Path, expression: str) -> str:
    code = f"from accounts.models import User; print({expression})"
    return manage(place, "shell", "--no-imports", "-c", code).stdout.strip()


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory) -> Path:
    """A place with one account, one private file, and its backup beside it."""
    place = tmp_path_factory.mktemp("lived-in") / "var"
    assert manage(place, "migrate", "-v0").returncode == 0
    ask(place, "User.objects.create_user('nadia@medinjob.example', 'secret')")
    (place / "private/cv").mkdir(parents=True)
    (place / "private/cv/one").write_bytes(b"%PDF")
    assert manage(place, "backup", str(place.parent / "backup.tgz")).returncode == 0
    return place
