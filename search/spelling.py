"""The words that offers use, and the nearest one to a word that none uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.text.terms import fold, normal, tokens

SHORTEST = 4
"""Shorter words are acronyms: one letter apart is another one."""
_LONG = 8
COMMONER = 50
"""A word that offers have is a slip only if so many times more have the other one."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words with the number of offers that have them, and how each is mostly written."""

    counts: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Mapping[str, int]) -> Self:
        """From words in lower case, with their accents."""
        counts: dict[str, int] = {}
        written: dict[str, str] = {}
        for word, count in words.items():
            folded = fold(word)
            if count > words.get(written.get(folded, ""), 0):
                written[folded] = word
            counts[folded] = counts.get(folded, 0) + count
        return cls(counts, written)

    def nearest(self, word: str) -> str | None:
        """The word meant by a misspelt one: one slip away (two from eight letters on), then the most used."""
        slips = 1 if len(word) < _LONG else 2
        found = process.extract(word, self.counts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50)
        others = [item for item in found if item[0] != word]
        best = min(others, key=lambda item: (item[1], item[0][0] != word[0], -self.counts[item[0]]), default=None)
        return best[0] if best else None

    def corrected(self, text: str) -> str | None:
        """The text with its unknown words replaced by the nearest known ones; None when there is nothing to
        replace. To be asked only when the words find nothing together."""
        text = normal(text)
        parts: list[str] = []
        end = 0
        for token in tokens(text):
            word = fold(text[token.start : token.end])
            if len(word) < SHORTEST or not word.isalpha():
                continue
            better = self.nearest(word)
            if better and self.counts[better] >= COMMONER * self.counts.get(word, 0):
                parts += (text[end : token.start], self.written[better])
                end = token.end
        return "".join((*parts, text[end:])) if parts else None
