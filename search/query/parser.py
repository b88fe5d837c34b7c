"""The query parser: turns the words typed into a `Question`, with synonyms, compounds written in one or two words, and
names of occupations.

None of this is in the index, so that a new synonym works at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from search.analysis.analyzer import fold, normal, term_of, tokens
from search.analysis.synonyms import longest_synonym, synonyms
from search.analysis.talk import TALK_WORDS
from search.query.exclusions import read_wanted
from search.query.nodes import NOTHING_ASKED, Adjacent, AllOf, AnyOf, Node, Occupations, Question, Word
from search.query.occupation_names import Names
from search.query.spelling import Vocabulary

MAX_QUERY_TERMS = 24
# What the parts of a compound are worth when they stand apart ("data engineer, scientist").
APART = 0.5
# What a synonym is worth beside the word itself.
SYNONYM = 0.85
SMALL_TALK = re.compile(
    r"^\s*+(?:je (?:re)?cherche|recherche)?\s*+(?:(?:une?|des|les)\s)?\s*+"
    r"(?:(?:offres?|annonces?)\s(?:d['’]\s?emplois?|de\s(?:travail|jobs?))|(?:emplois?|jobs?|postes?)(?:\s(?:de|d['’]))?)\s++(?=\S)",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:ou|or)\b", re.IGNORECASE)
_QUOTED = re.compile(r'["«“]([^"«»“”]++)["»”]')


@dataclass(frozen=True, slots=True)
class TypedTerm:
    """A term typed, how it was written, and what stood between it and the one before ("" for nothing at all)."""

    term: str
    written: str
    before: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Some pieces in a row that say one thing, and the other sequences of terms that say it too."""

    sequences: tuple[tuple[str, ...], ...]
    node: Node


def parse_query(text: str, names: Names, vocabulary: Vocabulary) -> Question:
    """The question that a text asks. A compound is tried only when offers use its parts (`vocabulary`)."""
    wanted = read_wanted(normal(text))
    excluded = tuple(node for words in wanted.excluded if (node := _unwanted(words, vocabulary)))
    pieces = _without_talk(list(_pieces(SMALL_TALK.sub("", wanted.text, count=1))))[:MAX_QUERY_TERMS]
    if not pieces:
        return Question((), ((),), excluded=excluded) if excluded else NOTHING_ASKED
    concepts = tuple(_with_occupations(_with_choices(pieces, names, vocabulary), names))
    distinct = tuple(dict.fromkeys(concepts))
    return Question(distinct, (tuple(range(len(distinct))),), tuple(piece.term for piece in pieces), excluded)


def _without_talk(pieces: list[TypedTerm]) -> list[TypedTerm]:
    """The pieces of a sentence less those that say nothing of the work wanted ("je veux"); all when none would be
    left. One that has a synonym together with others ("work from home"), and one within quotes, stay."""
    kept: list[TypedTerm] = []
    rank = 0
    while rank < len(pieces):
        length = _synonym_at(pieces, rank) or 1
        kept += [each for each in pieces[rank : rank + length] if length > 1 or not _is_talk(each)]
        rank += length
    return kept or pieces


def _is_talk(piece: TypedTerm) -> bool:
    return piece.written in TALK_WORDS and (piece.term,) not in synonyms() and not _is_glued(piece)


def _unwanted(words: str, vocabulary: Vocabulary) -> Node | None:
    """What an offer must not say: a word or its synonyms, or the words of a phrase side by side."""
    pieces = list(_pieces(words))[:MAX_QUERY_TERMS]
    if len(pieces) > 1:
        return Adjacent(tuple(piece.term for piece in pieces))
    return next((segment.node for segment in _segments(pieces, vocabulary)), None)


def _with_choices(pieces: list[TypedTerm], names: Names, vocabulary: Vocabulary) -> list[Segment]:
    """The segments of a query; those with "ou" between them are one that either satisfies ("java ou kotlin"). Where all
    that stands on each side names an occupation, the sides are ("chef de projet ou product owner")."""
    runs = [list(_segments(run, vocabulary)) for run in _runs(pieces)]
    if len(runs) > 1 and any(len(run) > 1 for run in runs) and all(_is_occupation(run, names) for run in runs):
        return [_either([_together(run) for run in runs])]
    segments = runs[0]
    for run in runs[1:]:
        segments = [*segments[:-1], _either([segments[-1], run[0]]), *run[1:]]
    return segments


def _runs(pieces: list[TypedTerm]) -> list[list[TypedTerm]]:
    """The terms on each side of "ou"."""
    runs: list[list[TypedTerm]] = [[]]
    for piece in pieces:
        if runs[-1] and _OR.search(piece.before):
            runs.append([])
        runs[-1].append(piece)
    return runs


def _is_occupation(segments: list[Segment], names: Names) -> bool:
    length, codes = _occupation_at(segments, 0, names)
    return bool(codes) and length == len(segments)


def _either(segments: list[Segment]) -> Segment:
    sequences = tuple(sequence for segment in segments for sequence in segment.sequences)
    nodes = [segment.node for segment in segments]
    parts = (part for node in nodes for part in (node.parts if isinstance(node, AnyOf) else (node,)))
    return Segment(sequences, AnyOf(tuple(dict.fromkeys(parts))))


def _together(segments: list[Segment]) -> Segment:
    sequence = tuple(term for segment in segments for term in segment.sequences[0])
    nodes = tuple(segment.node for segment in segments)
    return Segment((sequence,), nodes[0] if len(nodes) == 1 else AllOf(nodes))


def _pieces(text: str) -> Iterator[TypedTerm]:
    quoted = [match.span(1) for match in _QUOTED.finditer(text)]
    end = 0
    for rank, token in enumerate(tokens(text)):
        between = text[end : token.start] if rank else " "
        if any(start < token.start < stop for start, stop in quoted):
            between = '"'
        yield TypedTerm(token.term, fold(text[token.start : token.end]), between)
        end = token.end


def _segments(pieces: list[TypedTerm], vocabulary: Vocabulary) -> Iterator[Segment]:
    rank = 0
    while rank < len(pieces):
        length = _synonym_at(pieces, rank) or _glued_at(pieces, rank) or _compound_at(pieces, rank, vocabulary) or 1
        yield _segment(pieces[rank : rank + length], vocabulary)
        rank += length


def _segment(pieces: list[TypedTerm], vocabulary: Vocabulary) -> Segment:
    own = tuple(piece.term for piece in pieces)
    others = synonyms().get(own, ())
    is_compound = len(pieces) == 2 and _compound_at(pieces, 0, vocabulary) == 2
    parts = [
        _as_typed(pieces, is_compound=is_compound),
        *_otherwise_written(pieces, vocabulary),
        *(_side_by_side(other) for other in others),
        *([AllOf(tuple(Word(piece.term, APART) for piece in pieces))] if is_compound else ()),
    ]
    distinct = tuple(dict.fromkeys(parts))
    return Segment((own, *others), distinct[0] if len(distinct) == 1 else AnyOf(distinct))


def _synonym_at(pieces: list[TypedTerm], rank: int) -> int:
    """How many pieces from here have a synonym together (the longest run of several)."""
    for length in range(min(longest_synonym(), len(pieces) - rank), 1, -1):
        if tuple(piece.term for piece in pieces[rank : rank + length]) in synonyms():
            return length
    return 0


def _glued_at(pieces: list[TypedTerm], rank: int) -> int:
    """How many pieces from here were typed without a space ("front-end", "node.js") or within quotes."""
    end = rank + 1
    while end < len(pieces) and _is_glued(pieces[end]):
        end += 1
    return end - rank if end - rank > 1 else 0


def _is_glued(piece: TypedTerm) -> bool:
    """ "front-end" is one word, "React/Angular" two."""
    return piece.before == '"' or not ("/" in piece.before or any(char.isspace() for char in piece.before))


def _compound_at(pieces: list[TypedTerm], rank: int, vocabulary: Vocabulary) -> int:
    """2 when this piece and the next are also written in one word ("full stack", "cyber sécurité")."""
    together = "".join(piece.written for piece in pieces[rank : rank + 2])
    return 2 if rank + 1 < len(pieces) and together.isalnum() and together in vocabulary.counts else 0


def _as_typed(pieces: list[TypedTerm], *, is_compound: bool) -> Node:
    words = tuple(Word(piece.term) for piece in pieces)
    if len(words) == 1:
        return words[0]
    if is_compound or all(map(_is_glued, pieces[1:])):
        return Adjacent(tuple(piece.term for piece in pieces))
    return AllOf(words)


def _otherwise_written(pieces: list[TypedTerm], vocabulary: Vocabulary) -> Iterator[Node]:
    if len(pieces) > 1:
        together = "".join(piece.written for piece in pieces)
        if together.isalnum() and together in vocabulary.counts:
            yield Word(term_of(together))
    else:
        yield from (Adjacent((term_of(start), term_of(end))) for start, end in vocabulary.halves(pieces[0].written))


def _side_by_side(terms: tuple[str, ...]) -> Node:
    return Word(terms[0], SYNONYM) if len(terms) == 1 else Adjacent(terms, SYNONYM)


def _with_occupations(segments: list[Segment], names: Names) -> Iterator[Node]:
    """Segments that name an occupation together become one concept, which its ROME code satisfies too."""
    rank = 0
    while rank < len(segments):
        length, codes = _occupation_at(segments, rank, names)
        nodes = tuple(segment.node for segment in segments[rank : rank + length])
        node = nodes[0] if length == 1 else AllOf(nodes)
        if codes:
            yield AnyOf((*node.parts, Occupations(codes)) if isinstance(node, AnyOf) else (node, Occupations(codes)))
        else:
            yield from nodes
        rank += length


def _occupation_at(segments: list[Segment], rank: int, names: Names) -> tuple[int, tuple[str, ...]]:
    for end in range(min(len(segments), rank + 5), rank, -1):
        for choice in product(*(segment.sequences[:4] for segment in segments[rank:end])):
            if codes := names.get(frozenset(term for sequence in choice for term in sequence)):
                return end - rank, codes
    return 1, ()
