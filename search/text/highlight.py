"""The words found, marked in a title and in the best passage of a text; made for the offers of one page only."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from search.text.terms import Token, pieces_of

# Characters of a passage.
LENGTH = 220
_LEAD = 60
# What may stand between words side by side: stop words, a dash.
_GAP = 12
_ACCENTED = {"a": "aàâäáã", "c": "cç", "e": "eéèêë", "i": "iîïí", "n": "nñ", "o": "oôöóœ", "u": "uùûüú", "y": "yÿ"}
_SPACE = re.compile(r"\s")


class Highlighter:
    """Marks what a question speaks of: single terms wherever they are, several only side by side."""

    def __init__(self, spoken: Iterable[tuple[str, ...]]) -> None:
        spoken = frozenset(spoken)
        self.alone = frozenset(terms[0] for terms in spoken if len(terms) == 1)
        self.runs = sorted((terms for terms in spoken if len(terms) > 1), key=len, reverse=True)
        self.terms = self.alone.union(*self.runs)
        # Most words cannot be meant: only those that begin like a term are analysed.
        starts = sorted({_start(term) for term in self.terms}, reverse=True)
        self._search: Callable[[str], Iterator[re.Match[str]]] | None = None
        if starts:
            self._search = re.compile("|".join(starts)).finditer

    def title(self, text: str) -> SafeString:
        """The whole text, escaped, with its words marked."""
        return _marked(text, self._found(text))

    def passage(self, text: str) -> SafeString:
        """Some `LENGTH` characters around the most different words found, or the beginning; "" for an empty text."""
        found = self._found(text)
        start, end = _window(text, found)
        inside = [Token(t.term, t.start - start, t.end - start) for t in found if start <= t.start and t.end <= end]
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return mark_safe(f"{before}{_marked(text[start:end], inside)}{after}")  # noqa: S308 - each part is escaped

    def _found(self, text: str) -> list[Token]:
        if self._search is None:
            return []
        tokens: list[Token] = []
        end = 0
        # Of the same length: "İ" alone has a small letter of two characters.
        lower = text.replace("İ", "I").lower()
        for match in self._search(lower):
            start = match.start()
            if start < end or (start and lower[start - 1].isalnum()):
                continue
            start, end = _chunk(text, start)
            tokens += (
                Token(token.term, token.start + start, token.end + start)
                for token in pieces_of(text[start:end])
                if token.term in self.terms
            )
        return list(self._side_by_side(tokens)) if self.runs else tokens

    def _side_by_side(self, tokens: list[Token]) -> Iterator[Token]:
        """Those that are meant alone, and those that stand in a run."""
        rank = 0
        while rank < len(tokens):
            length = next((len(run) for run in self.runs if _is_run(tokens[rank : rank + len(run)], run)), 0)
            if length:
                yield from tokens[rank : rank + length]
            elif tokens[rank].term in self.alone:
                yield tokens[rank]
            rank += length or 1


def _is_run(tokens: list[Token], run: tuple[str, ...]) -> bool:
    near = all(other.start - one.end <= _GAP for one, other in pairwise(tokens))
    return near and tuple(token.term for token in tokens) == run


def _start(term: str) -> str:
    """How a word must begin to have this term, whatever its accents: endings alone differ."""
    return "".join(
        f"[{_ACCENTED[char]}]" if char in _ACCENTED else re.escape(char) for char in term.removesuffix("~")[:4]
    )


def _chunk(text: str, position: int) -> tuple[int, int]:
    """What stands between two spaces around a position."""
    start = position
    while start and not text[start - 1].isspace():
        start -= 1
    after = _SPACE.search(text, position)
    return start, after.start() if after else len(text)


def _window(text: str, found: list[Token]) -> tuple[int, int]:
    """The passage with the most different terms, then the most words; cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, (0, 0)
    for rank, first in enumerate(found):
        inside = [token for token in found[rank:] if token.end - first.start <= LENGTH - _LEAD]
        score = (len({token.term for token in inside}), len(inside))
        if score > most:
            best, most = max(first.start - _LEAD, 0), score
    start = min(best, len(text) - LENGTH) if most[0] else 0
    start = _next_word(text, start) if start else 0
    end = text.rfind(" ", start, start + LENGTH + 1) if start + LENGTH < len(text) else len(text)
    return start, end if end > start else min(start + LENGTH, len(text))


def _next_word(text: str, start: int) -> int:
    space = text.find(" ", start, start + _LEAD)
    return space + 1 if space >= 0 else start


def _marked(text: str, found: list[Token]) -> SafeString:
    parts: list[str] = []
    end = 0
    for token in found:
        parts.append(f"{escape(text[end : token.start])}<mark>{escape(text[token.start : token.end])}</mark>")
        end = token.end
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped
