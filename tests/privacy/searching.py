"""What is left of a person: every table, row by row, and every file below the folder of the data."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from tests.privacy.world import NEEDLES


def in_tables() -> set[str]:
    """The columns that hold the person, as "accounts_user.email"."""
    return {f"{table}.{column}" for table, column, value in _cells() if holds(value)}


def in_files() -> set[str]:
    """Uploads, private files, index, queue, cache; the database has been read by its tables."""
    files = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    others = [path for path in files if "sqlite3" not in path.name]
    return {str(path) for path in others if holds(path.read_bytes()) or holds(str(path))}


def holds(value: Any) -> bool:
    if isinstance(value, memoryview | bytes):
        value = bytes(value).decode("utf-8", "replace")
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return any(needle in text.lower() for needle in NEEDLES)


def _cells() -> Iterator[tuple[str, str, Any]]:
    for session in Session.objects.all():
        yield "django_session", "session_data", session.get_decoded()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((table, column, value) for column, value in zip(columns, row, strict=True))
