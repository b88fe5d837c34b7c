"""Loads a referential from a file: what is new is created, what changed is updated, what disappeared is closed."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from medinjob.lib.absence import is_doubtful
from referentials.models import ReferentialVersion
from referentials.services.kinds import DATA, Parser, Referential, RowRefusedError
from referentials.services.tabular import Table, TableError, read_table

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Refusal:
    line: int
    reason: str


@dataclass(slots=True)
class LoadReport:
    """What a load did. `skipped`: the file had been loaded before, nothing was looked at."""

    referential: str
    version: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0
    ignored: int = 0
    refused: list[Refusal] = field(default_factory=list)
    skipped: bool = False


class TooManyClosedError(TableError):
    """The file lacks so many rows that it is believed to be a part only: nothing was written."""


def load(
    *, referential: Referential, path: Path | None = None, force: bool = False, accept_closures: int = 0
) -> LoadReport:
    """Replaces a referential by a file's content (the one in the repository without `path`).

    Rows that the file no longer has are marked inactive, since offers may point to them; more of them than is believed
    (`medinjob.lib.absence`) and than `accept_closures` refuse the file whole. The repository's own file is loaded once:
    a later load from elsewhere is not undone at the next start. Raises TableError.
    """
    table = read_table(path or referential.path)
    table.require(set(referential.columns))
    version, source = _origin(referential, table) if path is None else (table.name, str(path.name))
    if not force and _already_loaded(referential, table, once=path is None):
        return LoadReport(referential.name, version, skipped=True)
    report = LoadReport(referential.name, version)
    return write(
        referential=referential,
        table=table,
        report=report,
        source=source,
        close_missing=True,
        accept_closures=accept_closures,
    )


@transaction.atomic
def write(
    *,
    referential: Referential,
    table: Table,
    report: LoadReport,
    source: str,
    close_missing: bool,
    accept_closures: int = 0,
    parse: Parser | None = None,
) -> LoadReport:
    """Writes the rows of a table and the version row that says so; `parse` replaces the referential's own."""
    wanted = _parsed(referential, table, parse or referential.parse, report)
    _without_orphans(referential, wanted, report)
    rows = {key: {**values, "active": True} for key, (_, values) in wanted.items()}
    if close_missing:
        report.closed = _close(referential, rows, accept_closures)
    _upsert(referential, rows, report)
    ReferentialVersion.objects.create(
        referential=referential.name,
        version=report.version,
        source=source,
        checksum=table.checksum,
        rows=len(rows),
    )
    return report


def _origin(referential: Referential, table: Table) -> tuple[str, str]:
    sources = tomllib.loads((DATA / "sources.toml").read_text())
    return sources[referential.name]["version"], sources[referential.name]["source"]


def _already_loaded(referential: Referential, table: Table, *, once: bool) -> bool:
    checksums = ReferentialVersion.objects.filter(referential=referential.name).values_list("checksum", flat=True)
    return table.checksum in (checksums if once else checksums[:1])


def _parsed(referential: Referential, table: Table, parse: Parser, report: LoadReport) -> dict[Any, tuple[int, Any]]:
    """key → (line, field values) of the rows that can be loaded; the others go to the report."""
    wanted: dict[Any, tuple[int, Any]] = {}
    for line, row in table.rows():
        try:
            values = parse(row)
        except RowRefusedError as refusal:
            report.refused.append(Refusal(line, str(refusal)))
            continue
        if not values:
            report.ignored += 1
        elif values[referential.key] in wanted:
            first = wanted[values[referential.key]][0]
            report.refused.append(Refusal(line, f"{values[referential.key]} is already on line {first}"))
        else:
            wanted[values[referential.key]] = (line, values)
    return wanted


def _without_orphans(referential: Referential, wanted: dict[Any, tuple[int, Any]], report: LoadReport) -> None:
    """Refuses the rows whose parent is neither in the database nor, for a parent of the same table, in the file."""
    if referential.parent_model is None:
        return
    known = set(referential.parent_model._default_manager.values_list("pk", flat=True))
    if referential.parent_model is referential.model:
        known |= set(wanted)
    for key, (line, values) in list(wanted.items()):
        parent = values[referential.parent]
        if parent is not None and parent not in known:
            report.refused.append(Refusal(line, f"{referential.parent.removesuffix('_id')} {parent} is not known"))
            del wanted[key]


def _upsert(referential: Referential, rows: dict[Any, dict[str, Any]], report: LoadReport) -> None:
    if not rows:
        return
    fields = list(next(iter(rows.values())))
    existing = _existing(referential.model, fields, referential.key)
    created = [values for key, values in rows.items() if key not in existing]
    updated = [values for key, values in rows.items() if key in existing and existing[key] != values]
    report.created, report.updated = len(created), len(updated)
    report.unchanged = len(rows) - len(created) - len(updated)
    # Parents first: a row that has none cannot wait for another.
    changed = sorted(created + updated, key=lambda values: bool(values.get(referential.parent)))
    referential.model._default_manager.bulk_create(
        [referential.model(**values) for values in changed],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=[referential.key],
        update_fields=[name.removesuffix("_id") for name in fields if name != referential.key],
    )


def _existing(model: type[Model], fields: list[str], key: str) -> dict[Any, dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = model._default_manager.values(*fields)
    return {row[key]: row for row in rows}


def _close(referential: Referential, rows: dict[Any, dict[str, Any]], accepted: int) -> int:
    manager = referential.model._default_manager
    known = set(manager.filter(active=True).values_list("pk", flat=True))
    gone = sorted(known.difference(rows))
    if len(gone) > accepted and is_doubtful(absent=len(gone), known=len(known), share=settings.ABSENCE_SHARE):
        raise TooManyClosedError(
            f"{referential.name}: the file would close {len(gone)} of {len(known)} rows, more than "
            f"{settings.ABSENCE_SHARE} %: nothing was written. If that is meant: --accept-closures {len(gone)}"
        )
    for start in range(0, len(gone), _BATCH):
        manager.filter(pk__in=gone[start : start + _BATCH]).update(active=False)
    return len(gone)
