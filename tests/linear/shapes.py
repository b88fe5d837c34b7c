"""Long texts that nobody writes: runs of what a pattern looks for, and of what it does not."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Shape = Callable[[int], str]

RUNS = (
    *("a", "A", "é", "0", " ", "\t", "\n", "\u00a0", "[", "]", "(", ")", "<", ">", "&", "*", "_", "-", "–", "#", "`"),
    *(".", ",", ";", ":", "/", "\\", "'", '"', "«", "|", "!", "@", "+", "=", "~", "\r", "€", "Â", "¿", "·", "\u200b"),
    *(
        "a ",
        "a-",
        "a.",
        "a,",
        "0 ",
        "0.",
        "0,",
        "A.",
        "[a](",
        "[a](b)",
        "<a ",
        "<b>",
        "</b>",
        "<!--",
        "<a>b</a>",
        "&amp",
    ),
    *("&#", "&amp;", "**", "**a", "a**", "*a ", "_a", "- a\n", "> ", ">", "1. ", "  - a\n", "\n\n", " \n", "![", "[[]"),
    *(
        "h/f ",
        "(h/f",
        "a@",
        "a@b.",
        "06 ",
        "06.",
        "\\*",
        "``",
        "a `",
        "<http://",
        "a\u0301",
        "\u0301",
        "É ",
        "#\n",
        "k€ ",
    ),
    *(
        "| a ",
        "---\n",
        "***\n",
        "] [",
        "](",
        "a·",
        "'a",
        "d'",
        "a(e)",
        "a/",
        "\u202e",
        "🎉",
        "李",
        "à partir d",
        "10 à 20 ",
    ),
)
BREAKERS = ("", "!", "\0", "x", "\n")


def run(unit: str, size: int, *, before: str = "", after: str = "") -> str:
    return before + (unit * (size // len(unit) + 1))[:size] + after


def of_text() -> Iterator[Shape]:
    """For whatever reads text."""
    for unit in RUNS:
        yield partial(run, unit)
    for unit in (" ", "a", "0", "*", "[", "\n"):
        yield partial(run, unit, before="a", after="!")
    yield lambda size: "[" * (size // 2) + "]" * (size // 2)
    yield lambda size: "*" * (size // 2) + "a" + "*" * (size // 2)
    yield lambda size: " " * (size // 2) + "a" + " " * (size // 2) + "!"
    yield lambda size: ("a" * 50 + " ") * (size // 51)


def of_pattern(pattern: "re.Pattern[str]", most: int = 90) -> list[Shape]:
    """Runs of one character of each of its classes, of its words, of neighbours among them, closed or not."""
    units = list(dict.fromkeys(_units(parser.parse(pattern.pattern, pattern.flags & ~re.TEMPLATE))))[:60]
    shapes: list[Shape] = [partial(run, unit) for unit in units]
    shapes += [partial(run, one + two) for one, two in pairwise(units)]
    shapes += [partial(run, two, before=one, after=end) for one, two in pairwise(units) for end in ("", "\0")]
    shapes += [partial(run, unit, after=end) for unit in units for end in ("!", "\0", "\n")]
    return _spread(shapes, most)


def _spread(shapes: list[Shape], most: int) -> list[Shape]:
    step = max(1.0, len(shapes) / most)
    return [shapes[int(rank * step)] for rank in range(int(len(shapes) / step))]


def _units(parsed: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """One character for each class and the words written out, in their order; then what they make together."""
    word = ""
    for code, value in parsed:
        if code is codes.LITERAL:
            word += chr(value)
            yield chr(value)
            continue
        if len(word) > 1:
            yield word
        made = list(_inside(code, value))
        if word and made:
            yield word + made[0]
        word = ""
        yield from made
    if len(word) > 1:
        yield word


def _inside(code: Any, value: Any) -> Iterator[str]:
    if code is codes.IN:
        yield from _of_class(value)
    elif code in {codes.ANY, codes.NOT_LITERAL}:
        yield from ("a", " ")
    elif code is codes.BRANCH:
        for branch in value[1]:
            yield from _units(branch)
    elif code is codes.SUBPATTERN:
        yield from _units(value[-1])
    elif code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        yield from _units(value[2])
    elif code in {codes.ASSERT, codes.ASSERT_NOT}:
        yield from _units(value[1])
    elif code is codes.ATOMIC_GROUP:
        yield from _units(value)


_OF_CATEGORY = {codes.CATEGORY_DIGIT: "0", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}


def _of_class(members: list[tuple[Any, Any]]) -> Iterator[str]:
    if members[0][0] is codes.NEGATE:
        yield from ("a", " ")
        return
    literal = [chr(value) for code, value in members if code is codes.LITERAL]
    yield from literal[:6]
    for code, value in members:
        if code is codes.RANGE:
            yield chr(value[0])
        elif code is codes.CATEGORY:
            yield _OF_CATEGORY.get(value, "!")
