"""The database as a whole: is it sound, its copy, its return. SQLite by its library, PostgreSQL by its tools."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

UPLOADED = ("uploads", "private")
NEXT_STEP = (
    "Arrêtez le site, mettez ce dossier de côté, puis remettez la dernière sauvegarde dans un dossier neuf : "
    "manage.py restore FICHIER"
)


class DatabaseError(Exception):
    """What is wrong with the database, in words for the operator."""


def require_sound() -> None:
    """Raises `DatabaseError` for a SQLite file that is damaged, or emptied while what belongs to it is still there. To
    migrate it would make it worse. PostgreSQL looks after its own files."""
    if connection.vendor != "sqlite":
        return
    path = Path(connection.settings_dict["NAME"])
    if not path.exists() or path.stat().st_size == 0:
        if _has_lived():
            raise DatabaseError(
                f"La base {path} est vide alors que {settings.DATA_DIR} contient les fichiers d'un site. {NEXT_STEP} "
                f"(pour repartir de zéro, videz {settings.DATA_DIR})."
            )
        return
    if problem := problem_of(path):
        raise DatabaseError(f"La base {path} est endommagée ({problem}). {NEXT_STEP}.")


def _has_lived() -> bool:
    """Does the data folder hold what only a site with a database makes?"""
    files = (path for folder in UPLOADED for path in (settings.DATA_DIR / folder).rglob("*"))
    return (settings.SEARCH_INDEX_DIR / "current").is_symlink() or any(path.is_file() for path in files)


def problem_of(path: Path) -> str:
    """What SQLite finds wrong in a file, "" if nothing. Reads all of it."""
    try:
        with closing(sqlite3.connect(path, timeout=20)) as database:
            return "; ".join(row[0] for row in database.execute("PRAGMA integrity_check(3)") if row[0] != "ok")
    except sqlite3.OperationalError as error:
        return "" if "locked" in str(error) else str(error)
    except sqlite3.DatabaseError as error:
        return str(error)


def dump(target: Path) -> None:
    """A consistent copy, also of a database in use."""
    if connection.vendor == "sqlite":
        require_sound()
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        _require_sound_copy(target)
        return
    _postgres("pg_dump", "--format=custom", f"--file={target}", "--no-owner", "--no-privileges")


def require_loadable(copy: Path) -> None:
    """Raises `DatabaseError` for what `load` could not take whole."""
    if connection.vendor == "sqlite":
        _require_sound_copy(copy)
    else:
        _postgres("pg_restore", "--list", str(copy))


def load(copy: Path) -> None:
    """All of it or nothing."""
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        beside = target.with_name(target.name + ".restoring")
        beside.unlink(missing_ok=True)
        _copy_sqlite(copy, beside)
        for name in (f"{target.name}-wal", f"{target.name}-shm"):
            target.with_name(name).unlink(missing_ok=True)
        beside.replace(target)
        return
    place = f"--dbname={connection.settings_dict['NAME']}"
    _postgres(
        "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", place, str(copy)
    )


def _require_sound_copy(copy: Path) -> None:
    if problem := problem_of(copy):
        raise DatabaseError(f"La base de la sauvegarde est endommagée : {problem}.")


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
            origin.backup(copy)
    except sqlite3.Error as error:
        raise DatabaseError(f"La base ne peut pas être copiée : {error}") from error


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
        raise DatabaseError(f"{tool} manque : apt install postgresql-client") from error
    except subprocess.CalledProcessError as error:
        raise DatabaseError(f"{tool} : {error.stderr.strip()}") from error


_kept_open: dict[int, sqlite3.Connection] = {}


def keep_open(**_: object) -> None:
    """One idle connection for each process that serves. The last one to close takes SQLite's `-wal` and `-shm` files
    with it, and to make them again takes room: on a full disk nobody could read any more. By process number: a
    connection of before a fork is of no use after it."""
    if connection.vendor != "sqlite" or os.getpid() in _kept_open:
        return
    try:
        database = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:  # tried again at the next request
        return
    _kept_open[os.getpid()] = database
