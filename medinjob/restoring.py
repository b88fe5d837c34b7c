"""A backup put back into an empty place. Who made the archive is not known: only what its manifest names is taken, only
to the places where a backup's files belong, and nothing before all of it was read and compared."""

import hashlib
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError as DriverError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from medinjob.backup import FOLDERS, FORMAT, SECRET, BackupError
from medinjob.databases import DatabaseError, load, require_loadable

MANIFEST = "manifest.json"
DATABASE = "database"
MAX_MANIFEST = 256 * 1024 * 1024
CHUNK = 1 << 20
MARK = "restoring"
"""In the data folder while files are put in place: what a restore that was killed left there is its own."""


def restore(source: Path) -> dict[str, Any]:
    """Put the archive's content into an empty place. `BackupError` over a live one, for an archive that is not whole or
    not ours, and when it fails half-way: the place is then as empty as before."""
    _clear_what_a_killed_one_left()
    _refuse_live_place()
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as scratch:
            with _readable(source), tarfile.open(source, "r:*") as archive:
                manifest, members = _unpack(archive, Path(scratch))
            require_loadable(members[DATABASE])
            with _all_or_nothing() as placed:
                for name, path in members.items():
                    if name != DATABASE:
                        placed.append(_place(path, name))
                load(members[DATABASE])
    except (DatabaseError, OSError) as error:
        raise BackupError(f"Rien n'a été restauré : {error}") from error
    return manifest


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    """An archive cut or altered fails in many ways."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, UnicodeError) as error:
        raise BackupError(f"{source} n'est pas une sauvegarde de Medinjob, ou n'est pas entière ({error}).") from error
    except OSError as error:
        raise BackupError(f"{source} ne peut pas être lue jusqu'au bout : {error}") from error


def _unpack(archive: tarfile.TarFile, scratch: Path) -> tuple[dict[str, Any], dict[str, Path]]:
    """The manifest, and where each member it names was written. Every member is checked before it is written."""
    manifest: dict[str, Any] = {}
    members: dict[str, Path] = {}
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise BackupError(f"Sauvegarde refusée : {member.name!r} n'est pas un fichier ordinaire.")
        if not manifest:
            manifest = _read_manifest(member, content)
        elif member.name not in manifest["sha256"] or member.name in members:
            raise BackupError(f"Sauvegarde refusée : {member.name!r} n'est pas dans son manifeste, ou y est deux fois.")
        else:
            members[member.name] = path = scratch / str(len(members))
            if _write(content, path) != manifest["sha256"][member.name]:
                raise BackupError(f"Sauvegarde altérée : {member.name}.")
    if missing := sorted({DATABASE, *manifest.get("sha256", {})} - members.keys()):
        raise BackupError(f"Sauvegarde incomplète : il manque {', '.join(missing[:5])}.")
    return manifest, members


def _read_manifest(member: tarfile.TarInfo, content: IO[bytes]) -> dict[str, Any]:
    if member.name != MANIFEST or member.size > MAX_MANIFEST:
        raise BackupError("Cette archive n'est pas une sauvegarde de Medinjob : elle ne commence pas par un manifeste.")
    try:
        manifest: dict[str, Any] = json.loads(content.read())
        form, engine, digests = manifest["format"], manifest["engine"], manifest["sha256"]
        migrations = set(manifest["migrations"])
        well_formed = isinstance(form, int) and all(map(str.__instancecheck__, digests.values()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError("Le manifeste de cette sauvegarde ne peut pas être lu.") from error
    if not well_formed or form != FORMAT:
        raise BackupError(f"Cette sauvegarde est au format {form}, ce code lit le format {FORMAT} : prenez son code.")
    if engine != connection.vendor:
        raise BackupError(f"Cette sauvegarde vient de {engine}, cette base est {connection.vendor}.")
    if unknown := sorted(migrations - _known_migrations()):
        raise BackupError(
            "Cette sauvegarde vient d'une version plus récente de Medinjob : installez-la d'abord. "
            f"Inconnu ici : {', '.join(map(str, unknown[:3]))}."
        )
    for name in digests:
        if name != DATABASE:
            _destination(name)
    return manifest


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in loader.disk_migrations.keys() | replaced}


def _destination(name: str) -> Path:
    """Where a member belongs: the secret, or below one of the folders of uploads."""
    path = PurePosixPath(name)
    top, *below = path.parts
    plain = path.as_posix() == name and ".." not in below and "\0" not in name
    if not plain or top != "files" or not (below == [SECRET] or (len(below) > 1 and below[0] in FOLDERS)):
        raise BackupError(f"Sauvegarde refusée : {name!r} n'est pas un fichier de Medinjob.")
    return settings.DATA_DIR.joinpath(*below)


def _write(content: IO[bytes], path: Path) -> str:
    """The SHA-256 of what was written."""
    digest = hashlib.sha256()
    with path.open("xb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _place(path: Path, name: str) -> Path:
    """Uploads are public, all else is its owner's alone."""
    target = _destination(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o644 if name.startswith("files/uploads/") else 0o600)
    path.replace(target)
    return target


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    placed: list[Path] = []
    mark = settings.DATA_DIR / MARK
    mark.touch()
    try:
        yield placed
    except BaseException:
        _remove(placed)
        raise
    finally:
        mark.unlink(missing_ok=True)


def _remove(placed: list[Path]) -> None:
    for path in placed:
        if path.name != SECRET:
            path.unlink(missing_ok=True)
    for folder in FOLDERS:
        for path in sorted((settings.DATA_DIR / folder).rglob("*"), reverse=True):
            with suppress(OSError):  # not empty
                path.rmdir()


def _clear_what_a_killed_one_left() -> None:
    if not (settings.DATA_DIR / MARK).exists() or _has_accounts():
        return
    for folder in FOLDERS:
        shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)
    for path in settings.DATA_DIR.glob("restore-*"):
        shutil.rmtree(path, ignore_errors=True)


def _refuse_live_place() -> None:
    if _has_accounts():
        raise BackupError("La base de destination n'est pas vide : restaurez dans une base neuve.")
    if any(path.is_file() for folder in FOLDERS for path in (settings.DATA_DIR / folder).rglob("*")):
        raise BackupError(f"{settings.DATA_DIR} contient déjà des fichiers : restaurez dans un dossier neuf.")


def _has_accounts() -> bool:
    try:
        return "accounts_user" in connection.introspection.table_names()
    except DriverError as error:
        raise BackupError(
            f"La base de destination ne peut pas être lue ({error}) : restaurez dans une base neuve."
        ) from error
