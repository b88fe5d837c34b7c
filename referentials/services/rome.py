"""Imports the files of France Travail's ROME 4.0 as they are downloaded."""

from pathlib import Path
from typing import Any

from referentials.models import Occupation
from referentials.rome import family_of
from referentials.services.kinds import REFERENTIALS, Row, parse_appellation, parse_occupation
from referentials.services.loading import LoadReport, write
from referentials.services.tabular import Table, TableError, read_table

# The same column under the names it has had in the official files.
_LABELS = ("libelle", "libelle_rome")
_LONG_LABELS = ("libelle_long", "libelle_appellation_long")


def import_rome(*, path: Path, complete: bool = False, accept_closures: int = 0) -> LoadReport:
    """Updates occupations or appellations, whichever the header shows, from an official CSV.

    An occupation that is already known keeps its place inside or outside the digital sector; a new one gets it from
    `referentials.rome`. Appellations of other occupations are ignored. With `complete`, what the file lacks is closed,
    as `load` does. Raises TableError when the file is neither, or lacks too much.
    """
    table = read_table(path)
    name, parse = _recognised(table)
    report = LoadReport(name, version=table.name)
    return write(
        referential=REFERENTIALS[name],
        table=table,
        report=report,
        source="ROME 4.0, France Travail",
        close_missing=complete,
        accept_closures=accept_closures,
        parse=parse,
    )


def _recognised(table: Table) -> tuple[str, Any]:
    columns = set(table.header)
    if {"code_rome", "code_ogr"} <= columns and (label := _first(_LONG_LABELS, columns)):
        return "appellations", _appellation_parser(label)
    if "code_rome" in columns and (label := _first(_LABELS, columns)):
        return "occupations", _occupation_parser(label)
    raise TableError(
        f"{table.name} is neither ROME's occupations (code_rome, libelle) "
        "nor its appellations (code_ogr, libelle_long, code_rome)"
    )


def _first(names: tuple[str, ...], columns: set[str]) -> str:
    return next((name for name in names if name in columns), "")


def _occupation_parser(label: str) -> Any:
    known = {code: (digital, family) for code, digital, family in Occupation.objects.values_list(*_CLASSIFIED)}

    def parse(row: Row) -> dict[str, Any]:
        code = row["code_rome"].upper()
        family = family_of(code)
        digital, family = known.get(code, (bool(family), family))
        cells = {"code": code, "label": row[label], "digital": "1" if digital else "", "family": family}
        return parse_occupation(cells)

    return parse


def _appellation_parser(label: str) -> Any:
    others = set(Occupation.objects.filter(digital=False).values_list("code", flat=True))

    def parse(row: Row) -> dict[str, Any]:
        occupation = row["code_rome"].upper()
        if occupation in others:
            return {}
        return parse_appellation({"code": row["code_ogr"], "occupation": occupation, "label": row[label]})

    return parse


_CLASSIFIED = ("code", "digital", "family")
