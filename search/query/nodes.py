"""A parsed query, the same for every engine: a `Question` is a small tree over the terms of the index."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """The offer has this term, in any field."""

    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The offer has these terms side by side, in this order."""

    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Occupations:
    """The offer is for one of these occupations (ROME codes), whatever its words."""

    codes: tuple[str, ...]
    boost: float = 0.3


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One is enough; the best one counts."""

    parts: tuple["Node", ...]


Node = Word | Adjacent | Occupations | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Question:
    """`concepts`: one node for each thing asked. `required`: sets of concepts (by rank); an offer that satisfies
    all of one set is found. `sequence`: the terms as typed, to reward a title that has them side by side. `excluded`:
    an offer that satisfies one of these is not found."""

    concepts: tuple[Node, ...]
    required: tuple[tuple[int, ...], ...]
    sequence: tuple[str, ...] = ()
    excluded: tuple[Node, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.concepts and not self.excluded

    def highlights(self) -> frozenset[tuple[str, ...]]:
        """What to highlight: single terms, and terms side by side."""
        return frozenset(terms for concept in self.concepts for terms in highlights_of(concept))


NOTHING_ASKED = Question((), ())


def word_by_word(question: Question) -> Question:
    """The same question with its several-word concepts taken apart: (a and b) or c is (a or c) and (b or c)."""
    concepts = tuple(dict.fromkeys(part for concept in question.concepts for part in _apart(concept)))
    return Question(concepts, (tuple(range(len(concepts))),), question.sequence, question.excluded)


def _apart(node: Node) -> Iterator[Node]:
    match node:
        case AllOf(parts):
            yield from parts
        case AnyOf((AllOf(parts), *others)):
            yield from (AnyOf((part, *others)) for part in parts)
        case _:
            yield node


def highlights_of(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Word(term):
            yield (term,)
        case Adjacent(terms):
            yield terms
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from highlights_of(part)
