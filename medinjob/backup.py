"""One file that holds a whole Medinjob: database, uploads, what signs its links. Made while the site runs.

The archive is a tar.gz: `manifest.json` (format, date, database engine, migrations, SHA-256 of each member), `database`
(an SQLite file or a custom dump of pg_dump), `files/…` as under the data folder. The index is not in it: it is rebuilt.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
FOLDERS = ("uploads", "private")
SECRET = "secret_key"  # noqa: S105 - a file name


class BackupError(Exception):
    """Why a backup can be neither made nor restored, in words for the operator."""


def backup(target: Path) -> dict[str, Any]:
    """Write the archive, readable by its owner only, and return its manifest."""
    if target.exists():
        raise BackupError(f"{target} existe déjà : choisissez un autre nom.")
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        dump = Path(scratch, "database")
        _dump_database(dump)
        members = {"database": dump, **{f"files/{name}": path for name, path in _files()}}
        manifest = _manifest(members)
        Path(scratch, "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        partial.touch(mode=0o600)
        with tarfile.open(partial, "w:gz") as archive:
            archive.add(Path(scratch, "manifest.json"), "manifest.json")
            for name, path in members.items():
                archive.add(path, name)
    partial.replace(target)
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Put the archive's content into an empty place: `BackupError` over a live one, or if a member was altered."""
    _refuse_live_place()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as scratch:
        with tarfile.open(source) as archive:
            _extract(archive, Path(scratch).resolve())
        manifest = _read_manifest(Path(scratch))
        _load_database(Path(scratch, "database"))
        for path in sorted(Path(scratch, "files").rglob("*")):
            if path.is_file():
                _place(path, settings.DATA_DIR / path.relative_to(Path(scratch, "files")))
    return manifest


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Regular files below `folder` only. By hand: extractall's filter came with Python 3.11.4, Debian 12 has 3.11.2."""
    for member in archive:
        content, place = archive.extractfile(member) if member.isreg() else None, (folder / member.name).resolve()
        if content is None or not place.is_relative_to(folder):
            raise BackupError(f"Sauvegarde altérée : {member.name}.")
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            shutil.copyfileobj(content, file)


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
        "sha256": {name: _digest(path) for name, path in members.items()},
    }


def _read_manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT or manifest["engine"] != connection.vendor:
        raise BackupError(f"Cette sauvegarde vient de {manifest['engine']}, cette base est {connection.vendor}.")
    altered = [name for name, digest in manifest["sha256"].items() if _digest(folder / name) != digest]
    if altered:
        raise BackupError(f"Sauvegarde altérée : {', '.join(altered)}.")
    return manifest


def _refuse_live_place() -> None:
    tables = connection.introspection.table_names()
    if "accounts_user" in tables:
        raise BackupError("La base de destination n'est pas vide : restaurez dans une base neuve.")
    if any(path.is_file() for folder in FOLDERS for path in (settings.DATA_DIR / folder).rglob("*")):
        raise BackupError(f"{settings.DATA_DIR} contient déjà des fichiers : restaurez dans un dossier neuf.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        return
    _postgres("pg_dump", "--format=custom", f"--file={target}", "--no-owner", "--no-privileges")


def _load_database(dump: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        _copy_sqlite(dump, Path(connection.settings_dict["NAME"]))
        return
    _postgres(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        f"--dbname={connection.settings_dict['NAME']}",
        str(dump),
    )


def _copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy, also of a database in use (SQLite's online backup)."""
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)


def _postgres(tool: str, *arguments: str) -> None:
    """Run PostgreSQL's own tool on the configured database; the password goes by the environment."""
    place = connection.settings_dict
    variables = {
        "PGHOST": place["HOST"],
        "PGPORT": place["PORT"],
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": place["NAME"],
    }
    environment = {**os.environ, **{name: str(value) for name, value in variables.items() if value}}
    try:
        subprocess.run([tool, *arguments], env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(f"{tool} manque : apt install postgresql-client") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{tool} : {error.stderr.strip()}") from error
