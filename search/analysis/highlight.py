"""The words found, marked in a title and in the best passage of a text: made as an offer is shown, on one page."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString

from search.analysis.analyzer import Token, pieces_of

# Characters of a passage.
LENGTH = 220
_LEAD = 60
# What may stand between words side by side: stop words, a dash.
_GAP = 12
_ACCENTED = {"a": "aàâäáãæ", "c": "cç", "e": "eéèêë", "i": "iîïí", "n": "nñ", "o": "oôöóœ", "u": "uùûüú", "y": "yÿ"}


class Highlighter:
    """Marks what a question speaks of: single terms wherever they are, several only side by side."""

    def __init__(self, spoken: Iterable[tuple[str, ...]]) -> None:
        spoken = frozenset(spoken)
        self.alone = frozenset(terms[0] for terms in spoken if len(terms) == 1)
        self.runs = sorted((terms for terms in spoken if len(terms) > 1), key=len, reverse=True)
        self.terms = self.alone.union(*self.runs)

    @cached_property
    def _likely(self) -> re.Pattern[str]:
        return _beginning_like(self.terms)

    def title(self, text: str) -> SafeString:
        """The whole text, escaped, with its words marked."""
        return SafeString(_marked(text, self._found(text), 0, len(text)))

    def passage(self, text: str) -> SafeString:
        """Some `LENGTH` characters around the most different words found, or the beginning; "" for an empty text."""
        found = self._found(text)
        start, end = _window(text, found)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return SafeString(f"{before}{_marked(text, found, start, end)}{after}")

    def _found(self, text: str) -> list[Token]:
        if not self.terms:
            return []
        tokens: list[Token] = []
        for match in self._likely.finditer(text):
            start = match.start()
            while start and not text[start - 1].isspace():
                start -= 1
            tokens += [
                Token(token.term, token.start + start, token.end + start)
                for token in pieces_of(text[start : match.end()])
                if token.term in self.terms
            ]
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


def _beginning_like(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds what may hold one of these terms, from the beginning of a word or a sign to the next space. Endings alone
    differ between a word and its term: four letters tell most others apart, whatever their accents."""
    starts = [term.removesuffix("~")[:4] for term in terms]
    firsts = "".join(sorted({_either(start[0]) for start in starts}))
    rests = "|".join(sorted({"".join(map(_second, pairwise(start))) for start in starts}, reverse=True))
    # One set of letters in front, which `re` looks for many times faster than for what is after it.
    return re.compile(rf"[{firsts}](?<![^\W_]{{2}})(?:{rests})\S*")


def _either(char: str) -> str:
    """A letter with every accent, small and capital, as the inside of a set."""
    chars = _ACCENTED.get(char, char)
    return re.escape("".join(sorted({*chars, *chars.upper()})))


def _second(pair: tuple[str, str]) -> str:
    """The second of two letters, which may be in one with the first ("œ", "æ")."""
    letter = f"[{_either(pair[1])}]"
    return f"(?:{letter}|(?<=[œŒæÆ]))" if pair in {("o", "e"), ("a", "e")} else letter


def _window(text: str, found: list[Token]) -> tuple[int, int]:
    """The passage with the most different terms, then the most words; cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    ends = [token.end for token in found]
    best, most = 0, (0, 0)
    for rank, first in enumerate(found):
        inside = found[rank : bisect_right(ends, first.start + LENGTH - _LEAD)]
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


def _marked(text: str, found: list[Token], start: int, end: int) -> str:
    """`text[start:end]`, escaped; a word that is cut is not marked."""
    parts: list[str] = []
    for token in found:
        if start <= token.start and token.end <= end:
            parts.append(f"{escape(text[start : token.start])}<mark>{escape(text[token.start : token.end])}</mark>")
            start = token.end
    parts.append(escape(text[start:end]))
    return "".join(parts)
