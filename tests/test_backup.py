"""Backup and restore, by the commands an operator runs, between two places on disk."""

import io
import json
import os
import subprocess
import sys
import tarfile
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


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    """A place with one account, one private file and its backup beside it."""
    place = tmp_path_factory.mktemp("lived-in") / "var"
    assert manage(place, "migrate", "-v0").returncode == 0
    ask(place, "User.objects.create_user('nadia@medinjob.example', 'secret')")
    (place / "private/cv").mkdir(parents=True)
    (place / "private/cv/one").write_bytes(b"%PDF")
    assert manage(place, "backup", str(place.parent / "backup.tgz")).returncode == 0
    return place


def test_restore_into_an_empty_place_brings_all_back(lived_in, tmp_path):
    done = manage(tmp_path / "var", "restore", str(lived_in.parent / "backup.tgz"))

    assert done.returncode == 0, done.stderr
    assert ask(tmp_path / "var", "list(User.objects.values_list('email', flat=True))") == "['nadia@medinjob.example']"
    assert (tmp_path / "var/private/cv/one").read_bytes() == b"%PDF"
    assert (tmp_path / "var/secret_key").read_text() == (lived_in / "secret_key").read_text()


def test_restore_over_a_live_place_is_refused(lived_in):
    done = manage(lived_in, "restore", str(lived_in.parent / "backup.tgz"))

    assert done.returncode == 1
    assert "n'est pas vide" in done.stderr
    assert ask(lived_in, "User.objects.count()") == "1"


def test_altered_backup_is_refused(lived_in, tmp_path):
    with tarfile.open(lived_in.parent / "backup.tgz") as archive:
        members = {member.name: archive.extractfile(member).read() for member in archive}
    members["files/private/cv/one"] = b"%PDF altered"
    with tarfile.open(tmp_path / "altered.tgz", "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))

    done = manage(tmp_path / "var", "restore", str(tmp_path / "altered.tgz"))

    assert "altérée : files/private/cv/one" in done.stderr
    assert not (tmp_path / "var/private").exists()


def test_backup_is_private_and_names_what_it_holds(lived_in):
    path = lived_in.parent / "backup.tgz"

    assert path.stat().st_mode & 0o077 == 0
    with tarfile.open(path) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    assert set(manifest["sha256"]) == {"database", "files/secret_key", "files/private/cv/one"}


def test_backup_never_overwrites(lived_in):
    again = manage(lived_in, "backup", str(lived_in.parent / "backup.tgz"))

    assert again.returncode == 1
    assert "existe déjà" in again.stderr
