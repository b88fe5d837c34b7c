"""Highlighting: marks the words of the search in a title, and chooses and marks the best passage of a text. Done only
for the offers of the page that is shown, because it is the costly part."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString

from search.analysis.analyzer import Token, chunk_tokens

# Characters of a passage.
PASSAGE_LENGTH = 220
_CONTEXT_BEFORE = 60
# Characters that may stand between the words of a phrase: stop words, a dash.
_MAX_GAP = 12
_ACCENTED = {"a": "aàâäáãæ", "c": "cç", "e": "eéèêë", "i": "iîïí", "n": "nñ", "o": "oôöóœ", "u": "uùûüú", "y": "yÿ"}


class Highlighter:
    """Marks the terms of a question: a single term anywhere, a sequence only where its terms stand together."""

    def __init__(self, sequences: Iterable[tuple[str, ...]]) -> None:
        sequences = frozenset(sequences)
        self.single_terms = frozenset(terms[0] for terms in sequences if len(terms) == 1)
        self.phrases = sorted((terms for terms in sequences if len(terms) > 1), key=len, reverse=True)
        self.terms = self.single_terms.union(*self.phrases)

    @cached_property
    def _candidates(self) -> re.Pattern[str]:
        return _candidate_pattern(self.terms)

    def title(self, text: str) -> SafeString:
        """The whole text, escaped, with its words marked."""
        return SafeString(_with_marks(text, self._matches(text), 0, len(text)))

    def passage(self, text: str) -> SafeString:
        """Some `PASSAGE_LENGTH` characters with the most different matches, or the beginning; "" for an empty text."""
        matches = self._matches(text)
        start, end = _window(text, matches)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return SafeString(f"{before}{_with_marks(text, matches, start, end)}{after}")

    def _matches(self, text: str) -> list[Token]:
        if not self.terms:
            return []
        tokens: list[Token] = []
        for match in self._candidates.finditer(text):
            start = match.start()
            while start and not text[start - 1].isspace():
                start -= 1
            tokens += [
                Token(token.term, token.start + start, token.end + start)
                for token in chunk_tokens(text[start : match.end()])
                if token.term in self.terms
            ]
        return list(self._side_by_side(tokens)) if self.phrases else tokens

    def _side_by_side(self, tokens: list[Token]) -> Iterator[Token]:
        """The tokens of single terms, and those that form a whole phrase."""
        rank = 0
        while rank < len(tokens):
            lengths = (len(phrase) for phrase in self.phrases if _is_phrase(tokens[rank : rank + len(phrase)], phrase))
            length = next(lengths, 0)
            if length:
                yield from tokens[rank : rank + length]
            elif tokens[rank].term in self.single_terms:
                yield tokens[rank]
            rank += length or 1


def _is_phrase(tokens: list[Token], phrase: tuple[str, ...]) -> bool:
    near = all(following.start - previous.end <= _MAX_GAP for previous, following in pairwise(tokens))
    return near and tuple(token.term for token in tokens) == phrase


def _candidate_pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds every word that may give one of these terms, and a few others: stemming changes endings
    only, so that a word begins with the first four letters of its term, with or without accents."""
    starts = [term.removesuffix("~")[:4] for term in terms]
    firsts = "".join(sorted({_either(start[0]) for start in starts}))
    rests = "|".join(sorted({"".join(map(_second, pairwise(start))) for start in starts}, reverse=True))
    # `re` searches many times faster for a pattern that begins with one set of letters.
    return re.compile(rf"[{firsts}](?<![^\W_]{{2}})(?:{rests})\S*")


def _either(char: str) -> str:
    """A letter with every accent, small and capital, as the inside of a set."""
    chars = _ACCENTED.get(char, char)
    return re.escape("".join(sorted({*chars, *chars.upper()})))


def _second(pair: tuple[str, str]) -> str:
    """The second of two letters, which may be in one with the first ("œ", "æ")."""
    letter = f"[{_either(pair[1])}]"
    return f"(?:{letter}|(?<=[œŒæÆ]))" if pair in {("o", "e"), ("a", "e")} else letter


def _window(text: str, matches: list[Token]) -> tuple[int, int]:
    """Start and end of the passage with the most different terms, then the most matches; cut between words."""
    if len(text) <= PASSAGE_LENGTH:
        return 0, len(text)
    ends = [token.end for token in matches]
    best, most = 0, (0, 0)
    for rank, first in enumerate(matches):
        matches_inside = matches[rank : bisect_right(ends, first.start + PASSAGE_LENGTH - _CONTEXT_BEFORE)]
        score = (len({token.term for token in matches_inside}), len(matches_inside))
        if score > most:
            best, most = max(first.start - _CONTEXT_BEFORE, 0), score
    start = min(best, len(text) - PASSAGE_LENGTH) if most[0] else 0
    start = _next_word(text, start) if start else 0
    end = text.rfind(" ", start, start + PASSAGE_LENGTH + 1) if start + PASSAGE_LENGTH < len(text) else len(text)
    return start, end if end > start else min(start + PASSAGE_LENGTH, len(text))


def _next_word(text: str, start: int) -> int:
    space = text.find(" ", start, start + _CONTEXT_BEFORE)
    return space + 1 if space >= 0 else start


def _with_marks(text: str, matches: list[Token], start: int, end: int) -> str:
    """`text[start:end]`, escaped; a word that is cut is not marked."""
    parts: list[str] = []
    for token in matches:
        if start <= token.start and token.end <= end:
            parts.append(f"{escape(text[start : token.start])}<mark>{escape(text[token.start : token.end])}</mark>")
            start = token.end
    parts.append(escape(text[start:end]))
    return "".join(parts)
