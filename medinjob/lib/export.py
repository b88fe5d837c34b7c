"""Tables to take away, which no spreadsheet may run: a cell never becomes a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import chain
from typing import Any, TypeVar

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

from medinjob.lib.text import shortened, xml_text

# OWASP, "CSV injection": a cell that begins so is read as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # tells Excel that it is UTF-8
CSV_TYPE = "text/csv; charset=utf-8"
ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
# "10-49", "3/5", "11.5": a French spreadsheet reads them as a day or a month, whatever they were.
_LIKE_A_DAY = re.compile(r"\d{1,2}[-/.]\d{1,4}(?:[-/.]\d{1,4})?")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(
    kind: str, *, name: str, title: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """The table as the file `name`.`kind`; `kind` is csv or xlsx, `Http404` for any other. `title` names the sheet."""
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(header, rows), content_type=CSV_TYPE)
    elif kind == "xlsx":
        response = HttpResponse(xlsx_file(title, header, rows), content_type=XLSX_TYPE)
    else:
        raise Http404
    return as_file(response, f"{name}.{kind}")


def as_file(response: ResponseT, name: str, *, inline: bool = False) -> ResponseT:
    """The response as a file of this name, to keep or (`inline`) to look at."""
    header = content_disposition_header(not inline, " ".join(xml_text(name).split()))
    if header:
        response["Content-Disposition"] = header
    return response


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV as French spreadsheets open it: UTF-8 with its mark, semicolons, decimals after a comma. A text
    that would be a formula or a day begins with an apostrophe."""
    yield BOM
    for row in chain([header], rows):
        line = StringIO()
        csv.writer(line, delimiter=";").writerow([_neutral(cell) for cell in row])
        yield line.getvalue()


def xlsx_file(title: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; texts stay texts, dates are dates of the local time."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True, "remove_timezone": True}
    with Workbook(target, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.set_column(0, max(len(header) - 1, 0), 22)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(cell) for cell in header], book.add_format({"bold": True}))
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, day)
    return target.getvalue()


def _sheet_name(title: str) -> str:
    """What Excel accepts as the name of a sheet: at most 31 signs, without []:*?/\\, no apostrophe at either end, not
    empty and not "History"."""
    name = _NOT_IN_SHEET_NAMES.sub("-", " ".join(xml_text(title).split()))
    # Excel counts UTF-16 units: a sign beyond the first plane is two.
    while len(name.encode("utf-16-le")) // 2 > LONGEST_SHEET_NAME:
        name = name[:-1]
    name = name.strip("' ")
    return "Feuille 1" if name.lower() in {"", "history"} else name


def _write(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, timezone.localtime(cell), day)
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, shortened(_plain(cell), LONGEST_CELL))


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    return "" if cell is None else xml_text(str(cell))


def _neutral(cell: Any) -> str:
    text = _plain(cell)
    if isinstance(cell, float | Decimal):
        return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else text.replace(".", ",")
    if isinstance(cell, str) and (text.startswith(FORMULA_STARTS) or _LIKE_A_DAY.fullmatch(text)):
        return f"'{text}"
    return text
