"""A report as files. All are made from its body, so that a snapshot's are those of the day it was frozen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medinjob.lib.canonical import canonical_json
from medinjob.lib.export import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx_file
from reports.selectors.body import Body
from reports.selectors.pdf import report_pdf

HEADER: tuple[str | Promise, ...] = (
    _("Indicateur"), _("Intitulé"), _("Par"), _("Clé"), _("Groupe"), _("Valeur"), _("Unité"), _("Arrêté au"),
    _("Vérifiable"), _("Source"),
)  # fmt: skip
TYPES = {"json": "application/json", "csv": CSV_TYPE, "xlsx": XLSX_TYPE, "pdf": "application/pdf"}


def report_file(body: Body, kind: str) -> bytes:
    """`kind` is one of `TYPES`."""
    if kind == "json":
        return canonical_json(body).encode()
    if kind == "csv":
        return "".join(csv_lines(HEADER, report_table(body))).encode()
    if kind == "xlsx":
        return xlsx_file(body["edition"]["name"], HEADER, report_table(body))
    return report_pdf(body)


def report_table(body: Body) -> Iterator[list[Any]]:
    """A line a figure, and below it one for each group it is broken down into."""
    for slug in body["order"]:
        figure = body["figures"][slug]
        proof = [body["as_of"], "non" if figure["declared"] else "oui", figure["source"]]
        yield [slug, figure["label"], "", "", "", _number(figure["value"]), figure["unit"], *proof]
        for breakdown in figure["breakdowns"]:
            for group in breakdown["groups"]:
                where = [breakdown["label"], group["key"], group["label"], _number(group["value"])]
                yield [slug, figure["label"], *where, figure["unit"], *proof]


def _number(value: int | str | None) -> int | Decimal | None:
    """A spreadsheet adds up numbers, not texts."""
    return Decimal(value) if isinstance(value, str) else value
