import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from medinjob.lib.export import as_file, csv_lines, xlsx_file

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


@pytest.mark.parametrize(
    ("number", "text"),
    [(Decimal("11.5"), "11,5"), (47.1, "47,1"), (Decimal("12000.00"), "12000,00"), (Decimal("-0.5"), "-0,5"), (3, "3")],
)
def test_csv_has_the_decimals_of_a_french_spreadsheet(number, text):
    assert read([number]) == [["Nom"], [text]]


@pytest.mark.parametrize("text", ["10-49", "3/5", "11.5", "1-2-2026", "12/2026"])
def test_csv_text_is_no_day_to_a_spreadsheet(text):
    assert read([text]) == [["Nom"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["2026-10-12", "13100", "11,5 %", "06 01 02 03 04", "A-1"])
def test_csv_leaves_other_texts_as_they_are(text):
    assert read([text]) == [["Nom"], [text]]


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


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Salon : été/hiver 2027", "Salon - été-hiver 2027"),
        ("Qui recrute ?", "Qui recrute -"),
        ("'Salon'", "Salon"),
        ("", "Feuille 1"),
        ("History", "Feuille 1"),
        ("[a]*\\", "-a---"),
        ("x" * 40, "x" * 31),
        ("🎉" * 20, "🎉" * 15),
        ("x" * 30 + "'y", "x" * 30),
        ("a\x0bb\nc", "ab c"),
    ],
)
def test_sheet_has_the_nearest_name_that_excel_takes(title, name):
    with ZipFile(BytesIO(xlsx_file(title, ["Nom"], []))) as book:
        assert f'<sheet name="{name}"' in book.read("xl/workbook.xml").decode()


ANY_CELL = st.text(st.characters(), max_size=60)


@given(ANY_CELL, ANY_CELL)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_text_makes_a_sheet_and_lines_that_can_be_read(title, cell):
    with ZipFile(BytesIO(xlsx_file(title, ["Nom"], [[cell], ["suivante"]]))) as book:
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            ElementTree.fromstring(book.read(name))
    "".join(csv_lines(["Nom"], [[cell]])).encode()


def test_cell_longer_than_excel_takes_ends_in_an_ellipsis():
    with ZipFile(BytesIO(xlsx_file("x", ["Nom"], [["é" * 40_000]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "é" * 32_766 + "…<" in sheet


@given(ANY_CELL)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_name_is_one_header_line(name):
    header = as_file(HttpResponse(), name)["Content-Disposition"]
    assert header.startswith("attachment")
    assert header.isprintable()
