import gzip
import io
import json

import pytest

from jobs.imports.reading import read_rows
from jobs.imports.splitting import LONGEST_ROW

A, B = '{"id": "1"}', '{"id": "2", "mot": "été"}'


def read(content):
    return list(read_rows(io.BytesIO(content if isinstance(content, bytes) else content.encode())))


def ids(content):
    return [row.data["id"] for row in read(content)]


@pytest.mark.parametrize(
    "content",
    [
        f"{A}\n{B}",
        f"{A}\r\n\r\n{B}\r\n",
        f"[{A}, {B}]",
        f"\n  [\n{A}\n,\n{B}\n]",
        f'{{"resultats": [{A}, {B}], "filtresPossibles": [{{"filtre": "typeContrat"}}]}}',
        f'{{\n  "filtresPossibles": [],\n  "resultats": [\n{A},\n{B}]\n}}',
        f'{{"resultats": [{A}]}}\n{{"resultats": [{B}]}}',
        f"[{A}]\n[{B}]",
        json.dumps(json.loads(A), indent=2) + "\n" + json.dumps(json.loads(B), indent=2),
        f"{A},\n{B},\n",
        "\ufeff" + f"{A}\n{B}",
    ],
    ids=["lines", "crlf", "list", "spaced list", "page", "page with filters first", "pages", "lists",
         "one after another", "lines with commas", "mark"],
)  # fmt: skip
def test_read_rows_knows_every_form(content):
    assert ids(content) == ["1", "2"]
    assert ids(gzip.compress(content.encode(), mtime=0)) == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
@pytest.mark.parametrize("content", [f"{A}\n{B}", f"[{A}, {B}]"])
def test_read_rows_reads_other_encodings(encoding, content):
    assert read(content.encode(encoding))[1].data["mot"] == "été"


@pytest.mark.parametrize("content", ["", " \n\t\n", "[]", '{"resultats": []}', gzip.compress(b"", mtime=0)])
def test_read_rows_finds_nothing_in_an_empty_file(content):
    assert read(content) == []


def test_read_rows_says_which_line_is_broken_and_goes_on():
    rows = read(f"{A}\nnot json\n{B}")
    assert [(row.number, bool(row.problem), row.cut) for row in rows] == [
        (1, False, False),
        (2, True, False),
        (3, False, False),
    ]


def test_read_rows_survives_a_broken_first_line():
    assert [row.problem == "" for row in read(f"boum\n{A}")] == [False, True]


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"n": ' + "9" * 5_000 + "}", '{"a": "' + "x" * (LONGEST_ROW + 10) + '"}']
)
def test_read_rows_survives_hostile_lines(line):
    rows = read(f"{A}\n{line}\n{B}")
    assert [bool(row.problem) for row in rows] == [False, True, False]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("form", ['{{"id": {}}}', '[{{"id": {}}}]'])
def test_read_rows_takes_what_is_no_number_for_nothing(form, value):
    assert ids(form.format(value)) == [None]


def test_read_rows_leaves_nan_in_a_text_alone():
    assert ids('[{"id": "a: NaN, b"}]') == ["a: NaN, b"]


@pytest.mark.parametrize("content", [f'[{A}, {{"id": "2', f'{{"resultats": [{A}, {{"id'])
def test_read_rows_gives_what_precedes_a_cut(content):
    rows = read(content)
    assert rows[0].data == {"id": "1"}
    assert [row.cut for row in rows] == [False, True]


def test_read_rows_gives_what_precedes_a_cut_in_a_compressed_file():
    whole = gzip.compress("\n".join(json.dumps({"id": str(n), "x": hash(str(n))}) for n in range(5_000)).encode())
    rows = read(whole[: len(whole) // 2])
    assert rows[0].data["id"] == "0"
    assert rows[-1].cut
    assert all(row.data for row in rows[:-1])


@pytest.mark.parametrize("content", [b"\x1f\x8bnot gzip at all", gzip.compress(b"", mtime=0)[:5]])
def test_read_rows_says_that_a_file_is_no_gzip(content):
    assert [row.cut for row in read(content)] == [True]


def test_read_rows_passes_on_what_is_no_offer():
    assert [row.data for row in read('null\n"texte"\n12\n{"message": "erreur"}')] == [
        None, "texte", 12, {"message": "erreur"},
    ]  # fmt: skip


def test_read_rows_leaves_the_file_open():
    file = io.BytesIO(A.encode())
    assert len(list(read_rows(file))) == 1
    assert file.tell() == len(A)
