"""Ranking: the scores that decide the order of the offers found. A tree that every engine translates; all weights are
here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from search.query.nodes import Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word

# All terms of an offer, one after the other: what decides who is found.
EVERYTHING = "everything"
BOOSTS = {"title": 6.0, "skills": 1.5, "facts": 4.0, "employer": 1.5, "text": 1.0}
# The weight of a term's other fields beside its best one.
TIE_BREAKER = 0.15
TITLE_PHRASE = 6.0
# An offer found by its occupation alone is worth less than one with the words; one with both is worth more than one
# with the words only.
OCCUPATION_TOO = 3.0
MAX_SHARE = 2.5
EXACT_FIRST = 10_000.0


@dataclass(frozen=True, slots=True)
class Term:
    """`weight` times the BM25 score of the term in this field, without the field's own inverse document frequency."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """`weight` times the BM25 score of the terms side by side."""

    field: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Constant:
    """`weight` for an offer that satisfies all the nodes."""

    nodes: tuple[Node, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class DisMax:
    """Disjunction maximum: the score of the best part, plus `tie` times those of the others."""

    parts: tuple["Score", ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the parts. When `required`, an offer must satisfy every part."""

    parts: tuple["Score", ...]
    required: bool


Score = Term | Phrase | Constant | DisMax | Sum


class TermCounts(Protocol):
    """Counts of documents and terms in one state of an index, for inverse document frequencies."""

    @property
    def documents(self) -> int: ...

    def documents_with(self, field: str, term: str) -> int:
        """How many documents have the term in this field."""


def idf(documents_with: int, documents: int) -> float:
    """BM25's inverse document frequency, as Lucene and tantivy compute it."""
    return log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))


def scores_of(question: Question, counts: TermCounts) -> list[Score]:
    """The score of an offer is the sum of these."""
    builder = _ScoreBuilder(counts)
    scores = [builder.score(concept) for concept in question.concepts]
    sequence = question.sequence
    if len(sequence) > 1:
        scores.append(Phrase("title", sequence, TITLE_PHRASE))
    return scores


def counted_terms(question: Question) -> Iterator[str]:
    """The terms that must be counted."""
    for concept in question.concepts:
        yield from _terms(concept)


def _terms(node: Node) -> Iterator[str]:
    match node:
        case Word(term):
            yield term
        case Adjacent(terms):
            yield from terms
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _terms(part)


class _ScoreBuilder:
    def __init__(self, counts: TermCounts) -> None:
        self.counts = counts

    def score(self, node: Node, share: float = 1.0) -> Score:
        """`share` is the part of its score that a synonym keeps."""
        match node:
            case Word(term, boost):
                return self.word(term, boost * share)
            case Adjacent(terms, boost):
                weights = {"title": BOOSTS["title"], EVERYTHING: BOOSTS["text"]}
                return DisMax(tuple(Phrase(name, terms, w * boost * share) for name, w in weights.items()), TIE_BREAKER)
            case Occupations(_, boost):
                return Constant((node,), boost)
            case AllOf(parts):
                return Sum(tuple(self.score(part, share) for part in parts), required=True)
            case AnyOf(parts):
                return self.best_of(parts)

    def best_of(self, parts: Sequence[Node]) -> Score:
        """Every alternative gets the rarity of what was typed: a rare synonym must not outweigh it, and the common word
        must not be worth less than its acronym."""
        own = self.rarity(parts[0])
        shares = [min(MAX_SHARE, own / (self.rarity(part) or own or 1.0)) for part in parts]
        best = DisMax(tuple(self.score(part, share) for part, share in zip(parts, shares, strict=True)))
        occupations = [part for part in parts if isinstance(part, Occupations)]
        words = tuple(part for part in parts if not isinstance(part, Occupations))
        if not occupations or not words:
            return best
        return Sum((best, Constant((AnyOf(words), occupations[0]), OCCUPATION_TOO)), required=False)

    def rarity(self, node: Node) -> float:
        """The inverse document frequency, counted in titles and facts, where employers choose their words."""
        match node:
            case Word(term):
                return idf(
                    max(self.counts.documents_with(name, term) for name in ("title", "facts")), self.counts.documents
                )
            case Adjacent(terms):
                return sum(self.rarity(Word(term)) for term in terms)
            case AllOf(parts):
                return sum(map(self.rarity, parts))
            case AnyOf(parts):
                return self.rarity(parts[0])
            case Occupations():
                return 0.0

    def word(self, term: str, boost: float) -> Score:
        """The term in each field, with its rarity in titles and facts: a term rare among employers' names is worth no
        more."""
        common = boost * self.rarity(Word(term))
        fields = (name for name in BOOSTS if self.counts.documents_with(name, term))
        return DisMax(tuple(Term(name, term, BOOSTS[name] * common) for name in fields), TIE_BREAKER)
