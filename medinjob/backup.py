"""One file that holds a whole Medinjob: database, uploads, what signs its links. Made while the site runs.

The archive is a tar.gz: `manifest.json` (format, date, database engine, migrations, SHA-256 of each member), `database`
(an SQLite file or a custom dump of pg_dump), `files/…` as under the data folder. The index is not in it: it is rebuilt.
"""

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from medinjob.databases import DatabaseError, dump

FORMAT = 1
FOLDERS = ("uploads", "private")
SECRET = "secret_key"  # noqa: S105 - a file name


class BackupError(Exception):
    """Why a backup can be neither made nor restored, in words for the operator."""


def backup(target: Path) -> dict[str, Any]:
    """Write the archive, readable by its owner only, and return its manifest. `BackupError` for a database that is
    damaged: its copy would be worth nothing, and replace a good one."""
    if target.exists():
        raise BackupError(f"{target} existe déjà : choisissez un autre nom.")
    partial = target.with_name(target.name + ".partial")
    with _in_words(), _removed_unless_done(partial), tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        dump(Path(scratch, "database"))
        members = {"database": Path(scratch, "database"), **{f"files/{name}": path for name, path in _files()}}
        manifest = _manifest(members)
        Path(scratch, "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        partial.touch(mode=0o600)
        # `restore` takes plain files only: of a link, what it leads to.
        with tarfile.open(partial, "w:gz", dereference=True) as archive:
            archive.add(Path(scratch, "manifest.json"), "manifest.json")
            for name, path in members.items():
                archive.add(path, name)
        partial.replace(target)
    return manifest


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise BackupError(str(error)) from error
    except FileNotFoundError as error:
        raise BackupError(f"{error.filename} n'est pas ou plus là : recommencez.") from error
    except OSError as error:
        raise BackupError(f"La sauvegarde n'a pas pu être écrite : {error}") from error


@contextmanager
def _removed_unless_done(partial: Path) -> Iterator[None]:
    try:
        yield
    finally:
        partial.unlink(missing_ok=True)


def _files() -> Iterator[tuple[str, Path]]:
    root = settings.DATA_DIR
    if (root / SECRET).is_file():
        yield SECRET, root / SECRET
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path


def _manifest(members: dict[str, Path]) -> dict[str, Any]:
    applied = MigrationRecorder.Migration.objects.values_list("app", "name")
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": connection.vendor,
        "site": settings.SITE_URL,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "sha256": {name: digest(path) for name, path in members.items()},
    }


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
