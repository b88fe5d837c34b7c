"""What decides the order of the offers found, for any engine: a tree of scores, each weighed here and only here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from search.query.nodes import Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word

# All terms of an offer, one after the other: what decides who is found.
EVERYTHING = "everything"
BOOSTS = {"title": 6.0, "skills": 1.5, "facts": 4.0, "employer": 1.5, "text": 1.0}
# How much a term's other fields add to its best one.
TIE = 0.15
TITLE_PHRASE = 6.0
# An offer found by its occupation alone is worth less than one that says the words; one that has both is worth more
# than words said in passing.
OCCUPATION_TOO = 3.0
MAX_SHARE = 2.5
EXACT = 10_000.0


@dataclass(frozen=True, slots=True)
class Term:
    """`weight` times what BM25 makes of how often the field says the term, whatever the field's own rarity of it."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """`weight` times BM25 of the terms side by side."""

    field: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """`weight` for whoever satisfies all the nodes, each of which any of its alternatives satisfies."""

    nodes: tuple[Node, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Best:
    """The best part, and `tie` of the others."""

    parts: tuple["Merit", ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Sum:
    """Of all parts; nothing when one `required` has nothing."""

    parts: tuple["Merit", ...]
    required: bool


Merit = Term | Phrase | Fixed | Best | Sum


class Counts(Protocol):
    """Of one state of an index."""

    @property
    def documents(self) -> int: ...

    def having(self, field: str, term: str) -> int:
        """How many documents have the term in this field."""


def idf(having: int, of: int) -> float:
    """BM25's inverse document frequency, as Lucene and tantivy compute it."""
    return log(1 + (of - having + 0.5) / (having + 0.5))


def merits(question: Question, counts: Counts) -> list[Merit]:
    """The score of an offer is the sum of these."""
    weigh = _Weigher(counts)
    found = [weigh.merit(concept) for concept in question.concepts]
    sequence = question.sequence
    if len(sequence) > 1:
        found.append(Phrase("title", sequence, TITLE_PHRASE))
    return found


def terms_of(question: Question) -> Iterator[str]:
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


class _Weigher:
    def __init__(self, counts: Counts) -> None:
        self.counts = counts

    def merit(self, node: Node, share: float = 1.0) -> Merit:
        """`share` is what a synonym may keep of its own score."""
        match node:
            case Word(term, boost):
                return self.word(term, boost * share)
            case Adjacent(terms, boost):
                weights = {"title": BOOSTS["title"], EVERYTHING: BOOSTS["text"]}
                return Best(tuple(Phrase(name, terms, w * boost * share) for name, w in weights.items()), TIE)
            case Occupations(_, boost):
                return Fixed((node,), boost)
            case AllOf(parts):
                return Sum(tuple(self.merit(part, share) for part in parts), required=True)
            case AnyOf(parts):
                return self.best_of(parts)

    def best_of(self, parts: Sequence[Node]) -> Merit:
        """Whatever says it counts as being as rare as what was typed: a rare synonym must not outweigh it, nor the word
        that everybody uses be worth less than its acronym."""
        own = self.rarity(parts[0])
        shares = [min(MAX_SHARE, own / (self.rarity(part) or own or 1.0)) for part in parts]
        best = Best(tuple(self.merit(part, share) for part, share in zip(parts, shares, strict=True)))
        occupations = [part for part in parts if isinstance(part, Occupations)]
        said = tuple(part for part in parts if not isinstance(part, Occupations))
        if not occupations or not said:
            return best
        return Sum((best, Fixed((AnyOf(said), occupations[0]), OCCUPATION_TOO)), required=False)

    def rarity(self, node: Node) -> float:
        """How much it says: its inverse document frequency where words are chosen, in titles and facts."""
        match node:
            case Word(term):
                return idf(max(self.counts.having(name, term) for name in ("title", "facts")), self.counts.documents)
            case Adjacent(terms):
                return sum(self.rarity(Word(term)) for term in terms)
            case AllOf(parts):
                return sum(map(self.rarity, parts))
            case AnyOf(parts):
                return self.rarity(parts[0])
            case Occupations():
                return 0.0

    def word(self, term: str, boost: float) -> Merit:
        """The term in each field, as rare as it is in titles or facts: rare among employers' names is no merit."""
        common = boost * self.rarity(Word(term))
        having = (name for name in BOOSTS if self.counts.having(name, term))
        return Best(tuple(Term(name, term, BOOSTS[name] * common) for name in having), TIE)
