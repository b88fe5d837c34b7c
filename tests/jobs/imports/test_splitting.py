"""The text of rows out of any pieces: made-up files of every form, read in pieces of every size, whole and cut."""

import gzip
import io
import json
import random
import re
import tracemalloc

import pytest

from jobs.imports import reading, splitting
from jobs.imports.reading import read_rows
from jobs.imports.splitting import DEEPEST, LONGEST_ROW, LONGEST_VALUE, Splitter

MB = 1024 * 1024
FORMS = {
    "lines": lambda rows, indent: "\n".join(map(json.dumps, rows)),
    "lines apart": lambda rows, indent: "\n\n".join(map(json.dumps, rows)) + "\n",
    "list": lambda rows, indent: json.dumps(rows, indent=indent),
    "page": lambda rows, indent: json.dumps({"f": [{"resultats": [3]}], "resultats": rows, "z": [1]}, indent=indent),
    "pages": lambda rows, indent: "\n".join(json.dumps({"resultats": [row], "z": [1]}, indent=indent) for row in rows),
    "pages in one line": lambda rows, indent: "".join(json.dumps({"resultats": [row]}) for row in rows),
    "list of pages": lambda rows, indent: json.dumps([{"q": [1], "resultats": [row]} for row in rows], indent=indent),
    "list of lists": lambda rows, indent: json.dumps([[row] for row in rows], indent=indent),
    "one after another": lambda rows, indent: "\n".join(json.dumps(row, indent=2) for row in rows),
    "records": lambda rows, indent: "".join("\x1e" + json.dumps(row) + "\n" for row in rows),
}


def value(chance, depth=0):
    kind = chance.random()
    if depth > 3 or kind < 0.5:
        return chance.choice([1, None, "a", 'x"[{', "\\", 'é\\\\"]', -2.5, True, "resultats", "}{][", "\u2028"])
    if kind < 0.75:
        return {chance.choice(["a", "id", 'k"']) + str(n): value(chance, depth + 1) for n in range(chance.randrange(4))}
    return [value(chance, depth + 1) for _ in range(chance.randrange(4))]


def made_up(chance):
    return [{"id": str(n), "v": value(chance), "w": {"resultats": [1, 2]}} for n in range(chance.randrange(1, 6))]


def read(content):
    return list(read_rows(io.BytesIO(content if isinstance(content, bytes) else content.encode())))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(25))
def test_rows_are_the_same_in_pieces_of_any_size(form, seed, monkeypatch):
    chance = random.Random(seed)
    monkeypatch.setattr(reading, "PIECE", chance.choice([1, 2, 3, 7, 50, 65536]))
    rows = made_up(chance)
    assert [row.data for row in read(FORMS[form](rows, chance.choice([None, 1])))] == rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(25))
def test_cut_anywhere_gives_what_precedes_and_says_so(form, seed, monkeypatch):
    """Silent only where the cut is between two whole lines or pages: there nobody can tell."""
    chance = random.Random(seed)
    monkeypatch.setattr(reading, "PIECE", chance.choice([1, 3, 50, 65536]))
    rows = made_up(chance)
    text = FORMS[form](rows, chance.choice([None, 1]))
    part = text[: chance.randrange(1, len(text))]
    found = read(part)
    whole = [row.data for row in found if not row.problem]
    assert whole == rows[: len(whole)]
    between = form not in {"list", "page", "list of pages", "list of lists"} and part.strip(" \n\x1e")[-1:] in {"", "}"}
    assert any(row.cut for row in found) or between


def test_list_that_breaks_off_in_mid_file_is_missed():
    page = json.dumps({"resultats": [{"id": "1"}, {"id": "2"}]})
    rows = read(f'{page}\n{page[:30]}\n{{"resultats": [{{"id": "3"}}]}}')
    assert [row.data["id"] for row in rows if row.data] == ["1", "2", "1", "3"]
    assert any(row.cut for row in rows)


def test_row_that_cannot_be_read_keeps_its_start():
    rows = read('{"id": "7", "intitule": "Dév\n{"id": "8"}\n{"id": "9",}')
    assert [(row.start[:10], row.cut) for row in rows] == [('{"id": "7"', False), ("", False), ('{"id": "9"', False)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("[" * (DEEPEST + 3) + "]" * (DEEPEST + 3), "nested deeper"),
        ('{"a":' * 40 + "1" + "}" * 40, "nested deeper"),
        (json.dumps({"a": "x" * (LONGEST_VALUE + 1)}), "value longer"),
        (json.dumps({"a": ["x" * 100_000] * 11}), f"longer than {LONGEST_ROW}"),
        (json.dumps({str(n): n for n in range(20_010)}), "more than 20000 values"),
        ('{"n": ' + "9" * 31 + "}", "number of 31 digits"),
        ('{"n": ' + "9" * 300_000 + "}", "value longer|digits"),
        ('"' + "x" * 300_000 + '"', "value longer"),
        ("x" * 300_000, "value longer|Expecting"),
    ],
    ids=["lists", "objects", "value", "row", "keys", "number", "long number", "string", "junk"],
)
@pytest.mark.parametrize("form", ['[{{"id": "1"}}, {}, {{"id": "2"}}]', '{{"id": "1"}}\n{}\n{{"id": "2"}}\n'])
def test_hostile_row_is_refused_and_the_others_are_read(form, row, problem):
    rows = read(form.format(row))
    assert [found.data for found in rows if not found.problem] == [{"id": "1"}, {"id": "2"}]
    assert any(re.search(problem, found.problem) for found in rows)


@pytest.mark.parametrize(
    ("head", "unit"),
    [('[{"id":"', "x"), ("[", "["), ("", '{"a":'), ("[", '{"a":['), ('[{"a":1', ',"k":1'), ("[", "9"), ('["', '\\"'),
     ('[{"a":["', "\\\\"), (" ", " "), ("[", '"'), ('{"resultats":', "["), ('{"resultats":[],"z":', '[{"')],
)  # fmt: skip
def test_memory_does_not_grow_with_what_is_hostile(head, unit, monkeypatch):
    """A megabyte in pieces, the bounds brought down: what is held at once is a row at most."""
    monkeypatch.setattr(splitting, "LONGEST_ROW", 100_000)
    monkeypatch.setattr(splitting, "LONGEST_VALUE", 50_000)
    piece = unit * (8_192 // len(unit))
    splitter = Splitter()
    tracemalloc.start()
    try:
        found = sum(1 for each in [head, *[piece] * 128] for _ in splitter.feed(each)) + len(list(splitter.end()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found < 1_000
    assert peak < 500_000


def test_bomb_ends_at_what_is_permitted(settings):
    settings.IMPORT_MAX_UNPACKED_MB = 1
    rows = read(gzip.compress(b'{"id": "1"}\n' + b" " * 3 * MB + b'\n{"id": "2"}'))
    assert [(row.data, row.cut) for row in rows] == [({"id": "1"}, False), (None, True)]
    assert "> 1 Mo" in rows[-1].problem


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_encoding_is_known_by_its_first_bytes(encoding):
    assert read('[{"id": "é"}]'.encode(encoding))[0].data == {"id": "é"}
