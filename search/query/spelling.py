"""Spelling correction: the words that offers use, and the nearest of them to a word that no offer uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis.analyzer import fold, normal, term_of, tokens
from search.analysis.synonyms import synonyms
from search.analysis.talk import TALK_WORDS
from search.analysis.word_lists import KEPT_WORDS

# Shorter words are acronyms: one letter apart is another one.
SHORTEST = 4
# From so many letters on two slips are forgiven.
LONG = 8
# A word that offers have is a slip only if so many times more have the other one.
COMMONER = 50
# No word of ours is longer: what is has no spelling to mend.
LONGEST = 40
# In how many ways at most a word may be two.
HALVES = 2
SHORT_ENDS = frozenset({"js", "ops"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words with the number of offers that have them, how each is mostly written, and their terms."""

    counts: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()

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
        return cls(counts, written, frozenset(map(term_of, counts)))

    def halves(self, word: str) -> list[tuple[str, str]]:
        """How a folded word may be two that offers have: "datascientist" is "data" + "scientist"."""
        if not 5 <= len(word) <= LONGEST or not word.isalpha():
            return []
        cuts = [(word[:rank], word[rank:]) for rank in range(1, len(word) - 1)]
        known = [halves for halves in cuts if _may_be_halves(*halves) and all(half in self.counts for half in halves)]
        return sorted(known, key=lambda halves: -min(self.counts[half] for half in halves))[:HALVES]

    def nearest(self, word: str) -> str | None:
        """The word meant by a misspelt one: one slip away (two from eight letters on), then the most used."""
        slips = 1 if len(word) < LONG else 2
        candidates = process.extract(word, self.counts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50)
        others = [item for item in candidates if item[0] != word]
        best = min(others, key=lambda item: (item[1], item[0][0] != word[0], -self.counts[item[0]]), default=None)
        return best[0] if best else None

    def corrected(self, text: str) -> str | None:
        """The text with its unknown words replaced by the nearest known ones; None when there is nothing to
        replace. To be asked only when the words find nothing together."""
        text = normal(text)
        parts: list[str] = []
        end = 0
        for token in tokens(text):
            if correction := self._correction(fold(text[token.start : token.end])):
                parts += (text[end : token.start], self.written[correction])
                end = token.end
        return "".join((*parts, text[end:])) if parts else None

    def _correction(self, word: str) -> str | None:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or self._is_meant(word):
            return None
        correction = self.nearest(word)
        return correction if correction and self.counts[correction] >= COMMONER * self.counts.get(word, 0) else None

    def _is_meant(self, word: str) -> bool:
        """Known in another form, or a name or a compound that happens to be in no title now."""
        if word in TALK_WORDS:
            return True
        if word in self.counts:
            return False
        term = term_of(word)
        return word in KEPT_WORDS or term in self.terms or (term,) in synonyms() or bool(self.halves(word))


def _may_be_halves(start: str, end: str) -> bool:
    """Two letters are no half, but for "e-commerce", "nodejs" and "devops"."""
    long_enough = len(start) > 2 or start == "e" or end in SHORT_ENDS
    return long_enough and bool(term_of(start)) and bool(term_of(end))
