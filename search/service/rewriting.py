"""Query rewriting: what to search for when the words as typed find little. Either another spelling, or the words that
carry most information.

This depends on the words alone, counted over the whole index, never on filters. So a filter only narrows a search, and
a facet's count is what a click brings.
"""

from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from math import log
from typing import NamedTuple

from search.engines.base import Engine
from search.query.facts import is_fact
from search.query.nodes import NOTHING_ASKED, Question, word_by_word
from search.query.occupation_names import occupation_names
from search.query.parser import parse_query
from search.query.spelling import COMMONER, Vocabulary
from search.service.planner import everywhere

# When fewer offers than this have all the words, offers with some of the words follow.
FEW_RESULTS = 10
# The share of the query's information that such an offer must have; the second when the first finds nothing.
ENOUGH_INFORMATION = (0.6, 0.3)
MAX_CONCEPTS = 8


class RewrittenQuery(NamedTuple):
    """`corrected` is the text searched instead; `exact` the question before it was widened, if it was."""

    question: Question
    corrected: str | None = None
    exact: Question | None = None


def parse_as_typed(engine: Engine, text: str) -> Question:
    """The question of the words as typed."""
    if not text:
        return NOTHING_ASKED
    return parse_query(text, occupation_names(), vocabulary_of(engine))


def rewrite(engine: Engine, text: str) -> RewrittenQuery:
    """The question that may have been meant; the words as typed when they find `FEW_RESULTS` offers or more."""
    return _rewrite(engine, text, engine.generation())


@lru_cache(maxsize=1024)
def _rewrite(engine: Engine, text: str, _generation: str) -> RewrittenQuery:
    exact = parse_as_typed(engine, text)
    corrected = None
    counts = _count_concepts(engine, exact)
    if counts.whole < FEW_RESULTS and (correction := _corrected(engine, text)):
        meant = _count_concepts(engine, correction[1])
        if meant.whole >= COMMONER * counts.whole:
            (corrected, exact), counts = correction, meant
    if counts.whole >= FEW_RESULTS or len(exact.concepts) < 2:
        return RewrittenQuery(exact, corrected)
    wide = _widened(engine, counts)
    return RewrittenQuery(wide, corrected, exact) if wide else RewrittenQuery(exact, corrected)


class _ConceptCounts(NamedTuple):
    """How many offers have the `whole` of a question, each of its `words` (by rank), and anything at all."""

    question: Question
    whole: int
    words: list[int]
    everything: int


def _count_concepts(engine: Engine, exact: Question) -> _ConceptCounts:
    """Counts in one request, so that a search that finds little does not wait for five."""
    question = word_by_word(exact)
    ranks = range(min(len(question.concepts), MAX_CONCEPTS))
    questions = [exact, *(_only(question, (rank,)) for rank in ranks), NOTHING_ASKED]
    whole, *words, everything = engine.count([everywhere(each) for each in questions])
    return _ConceptCounts(question, 0 if exact.is_empty else whole, words, everything)


def _corrected(engine: Engine, text: str) -> tuple[str, Question] | None:
    """The corrected text and its question; None when no word has a correction, or the corrected words find nothing."""
    correction = vocabulary_of(engine).corrected(text)
    if correction is None:
        return None
    question = parse_as_typed(engine, correction)
    counts = engine.count([everywhere(_only(question, (rank,))) for rank in range(len(question.concepts))])
    return (correction, question) if any(counts) else None


def _widened(engine: Engine, counts: _ConceptCounts) -> Question | None:
    """The question widened: its facts and the concepts that carry most of the information are enough. None when that
    finds nothing."""
    information = {rank: log(1 + counts.everything / count) for rank, count in enumerate(counts.words) if count}
    facts = tuple(rank for rank in information if is_fact(counts.question.concepts[rank]))
    words = {rank: value for rank, value in information.items() if rank not in facts}
    for share in ENOUGH_INFORMATION:
        if sets := _smallest_sets(words, share):
            wide = replace(counts.question, required=tuple((*facts, *ranks) for ranks in sets))
            if counts.whole or engine.count([everywhere(wide)])[0]:
                return wide
    return None


def _smallest_sets(information: dict[int, float], share: float) -> tuple[tuple[int, ...], ...]:
    """The smallest sets of concepts that carry this share of what all known ones carry."""
    bound = share * sum(information.values())
    sets: list[tuple[int, ...]] = []
    for size in range(1, len(information) + 1):
        for ranks in combinations(information, size):
            if sum(information[rank] for rank in ranks) >= bound and not any(set(s) <= set(ranks) for s in sets):
                sets.append(ranks)
    return tuple(sets)


def _only(question: Question, ranks: tuple[int, ...]) -> Question:
    return replace(question, required=(ranks,))


def vocabulary_of(engine: Engine) -> Vocabulary:
    """The words of the offers that can be found now."""
    return _vocabulary(engine, engine.generation())


@lru_cache(maxsize=2)
def _vocabulary(engine: Engine, _generation: str) -> Vocabulary:
    return Vocabulary.of(engine.vocabulary())
