import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from medinjob.lib.export import csv_lines, xlsx_file

FORMULAS = ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


def read(*rows):
    text = "".join(csv_lines(["Nom"], rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cell_never_begins_a_formula(text):
    assert read([text]) == [["Nom"], [f"'{text}"]]


def test_csv_keeps_numbers_dates_and_quotes():
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert read([-3, moment, None, 'a;"b"']) == [["Nom"], ["-3", "2026-07-01 12:00", "", 'a;"b"']]


def test_csv_is_made_as_it_is_read():
    def rows():
        yield ["a"]
        raise RuntimeError

    lines = csv_lines(["Nom"], rows())
    assert [next(lines) for _ in range(3)][-1] == "a\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_holds_texts_not_formulas(text):
    with ZipFile(BytesIO(xlsx_file("Candidatures", ["Nom"], [[text]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 2


def test_xlsx_holds_dates_and_numbers_as_such():
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    with ZipFile(BytesIO(xlsx_file("x" * 40, ["Date", "n"], [[moment, 4]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>46204.5</v>" in sheet
    assert "<v>4</v>" in sheet
