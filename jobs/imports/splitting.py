"""Cuts JSON text that comes in pieces into the texts of its rows. Only brackets and strings are looked at, so that what
is too deep or too long is refused before any parser sees it; memory does not grow with the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LIST_KEY = "resultats"
DEEPEST = 32
LONGEST_ROW = 1_000_000
LONGEST_VALUE = 200_000
# What is kept of a row that cannot be read: its identifier is usually there.
START = 2_000
_RECENT = 80
UNFINISHED = "unfinished"
_TOO_LONG = f"value longer than {LONGEST_VALUE} characters"

_STRING = r'"(?:[^"\\]++|\\.)*+"'
_CLOSED = re.compile(_STRING, re.DOTALL)
_UP_TO_A_BRACKET = re.compile(rf'(?:[^"\[\]{{}}]++|{_STRING})*+', re.DOTALL)
_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_GAP = re.compile(r"[\s,\x1e]*+")
_SCALAR = re.compile(rf'(?:[^"\[\]{{}},\n]++|{_STRING})*+', re.DOTALL)
_PAGE = re.compile(rf'(?<!\\)"{LIST_KEY}"\s*:\s*\Z')


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a row; or only its `start`, and the `problem` why it is not to be parsed. `missing` says that rows
    may be lost here, nobody knows which."""

    text: str = ""
    start: str = ""
    problem: str = ""
    missing: bool = False

    @property
    def is_unfinished(self) -> bool:
        return self.problem.startswith(UNFINISHED)


class Splitter:
    """Rows are the values of the text; of a list its items (also of a list of lists), of a page those of its list."""

    def __init__(self) -> None:
        self._tail = ""  # the end of the last piece, which cannot be understood without the next one
        self._outer: list[str] = []  # the lists "[" and pages "{" around the rows
        self._in_string = False  # of a row that is too long: the string itself is not kept
        self._depth = 0
        self._begin()

    def feed(self, piece: str) -> Iterator[Found]:
        text, self._tail = self._tail + piece, ""
        position = self._end_of_string(text) if self._in_string else 0
        while position < len(text):
            if self._depth:
                position = self._inside(text, position)
                if not self._depth and (found := self._row()):
                    yield found
            else:
                position, found = self._between(text, position)
                if found:
                    yield found

    def end(self) -> Iterator[Found]:
        """The text, or its line, is over: what has begun is unfinished. Ready for another one."""
        word, self._tail = ("" if self._depth else self._tail.strip()), ""
        open_list = "[" in self._outer
        if word:
            yield Found(word) if len(word) <= LONGEST_VALUE else Found(start=word[:START], problem=_TOO_LONG)
        if self._depth and not self._rest:
            problem = ", ".join(filter(None, (UNFINISHED, self._problem)))
            yield Found(start=self._start, problem=problem, missing=open_list)
        elif self._depth or open_list:
            yield Found(problem=f"{UNFINISHED} list", missing=True)
        self._outer, self._depth, self._in_string = [], 0, False
        self._begin()

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._start = self._recent = self._problem = ""
        self._rest = False  # of a page, around its list: read over

    def _row(self) -> Found | None:
        rest, begun = self._rest, bool(self._length)
        found = Found(start=self._start, problem=self._problem) if self._problem else Found("".join(self._parts))
        self._begin()
        if rest:
            self._outer.pop()
        return found if begun and not rest else None

    def _keep(self, text: str) -> None:
        self._recent = (self._recent + text)[-_RECENT:] if len(text) < _RECENT else text[-_RECENT:]
        if len(self._start) < START:
            self._start += text[: START - len(self._start)]
        self._length += len(text)
        if self._length > LONGEST_ROW:
            self._give_up(f"longer than {LONGEST_ROW} characters")
        elif not (self._problem or self._rest):
            self._parts.append(text)

    def _give_up(self, problem: str) -> None:
        self._problem = self._problem or problem
        self._parts = []

    def _between(self, text: str, position: int) -> tuple[int, Found | None]:
        """From one row to the next."""
        position = _GAP.match(text, position).end()  # type: ignore[union-attr]
        mark = text[position : position + 1]
        if mark and mark in "]}":
            return position + 1, self._close()
        if mark == "[" and len(self._outer) < 2 and "{" not in self._outer:
            self._outer.append(mark)
            return position + 1, None
        if mark and mark in "[{":
            self._depth = 1
            self._keep(mark)
            return position + 1, None
        return self._word(text, position)

    def _close(self) -> Found | None:
        if not self._outer:
            return Found(problem="unexpected closing bracket")
        self._outer.pop()
        if self._outer and self._outer[-1] == "{":
            self._depth, self._rest = 1, True
        return None

    def _word(self, text: str, position: int) -> tuple[int, Found | None]:
        """What is neither a list nor an object, up to a comma, a bracket or the end of the line."""
        end = _SCALAR.match(text, position).end()  # type: ignore[union-attr]
        open_string = text.startswith('"', end)
        if end < len(text) and not open_string:
            return end, Found(text[position:end].strip())
        if len(text) - position <= LONGEST_VALUE:
            self._tail = text[position:]
            return len(text), None
        self._in_string = open_string
        return len(text), Found(start=text[position : position + START], problem=_TOO_LONG)

    def _inside(self, text: str, start: int) -> int:
        """On in a row; where it ends, or the text. `_depth` is 0 at its end."""
        if (self._problem or self._rest) and self._depth > 1 + text.count("]", start) + text.count("}", start):
            return self._over(text, start)
        position = start
        while True:
            position = _UP_TO_A_BRACKET.match(text, position).end()  # type: ignore[union-attr]
            mark = text[position : position + 1]
            if not mark:
                self._keep(text[start:])
                return position
            if mark == '"':
                self._keep(text[start:position])
                self._wait_for_string(text[position:])
                return len(text)
            position += 1
            if mark in "]}":
                self._depth -= 1
                if not self._depth:
                    self._keep(text[start:position])
                    return position
                continue
            if self._depth == 1 and mark == "[" and self._is_page(text, start, position):
                return position
            self._depth += 1
            if self._depth > DEEPEST:
                self._give_up(f"nested deeper than {DEEPEST} levels")

    def _is_page(self, text: str, start: int, position: int) -> bool:
        """Whether the list that begins is the one of a page: its items are the rows."""
        if "{" in self._outer and not self._rest:
            return False
        before = text[max(start, position - _RECENT) : position - 1]
        if not _PAGE.search(self._recent + before if len(before) < _RECENT - 1 else before):
            return False
        self._outer += ["["] if self._rest else ["{", "["]
        self._depth = 0
        self._begin()
        return True

    def _over(self, text: str, start: int) -> int:
        """The same for a row that nobody will read, where all of the text is in it."""
        brackets = _CLOSED.sub("", text[start:])
        brackets, quote, rest = brackets.partition('"')
        self._depth += brackets.count("[") + brackets.count("{") - brackets.count("]") - brackets.count("}")
        if quote:
            self._wait_for_string(quote + rest)
        return len(text)

    def _wait_for_string(self, string: str) -> None:
        """It goes on in the next piece; kept until then, if it is not too long."""
        self._tail = string
        if len(string) > LONGEST_VALUE:
            self._give_up(_TOO_LONG)
        if self._problem or self._rest:
            self._in_string = True
            self._end_of_string(string[1:])

    def _end_of_string(self, text: str) -> int:
        """Where a string that is not kept ends, or the text."""
        end = _IN_STRING.match(text).end()  # type: ignore[union-attr]
        self._in_string = end == len(text) or text[end] != '"'
        if self._in_string:
            self._tail = text[end:]  # nothing, or a backslash whose letter is to come
            return len(text)
        return end + 1
