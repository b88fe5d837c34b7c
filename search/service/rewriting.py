"""What to search for when the words as typed find little: another spelling, or the words that matter most.

Decided from the words alone, over the whole index: a filter then only ever narrows, and a facet's count is what a click
brings.
"""

from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from math import log
from typing import NamedTuple

from search.engines.base import Engine
from search.query.nodes import NOTHING_ASKED, Question, word_by_word
from search.query.occupation_names import occupation_names
from search.query.parser import interpret
from search.query.spelling import Vocabulary
from search.service.planner import everywhere

# With fewer offers than this for all the words, those that come near are shown after them.
FEW = 10
# The share of a search's information that an offer must carry to come near; the second if the first finds nothing.
ENOUGH = (0.6, 0.3)
MAX_CONCEPTS = 8


class Understood(NamedTuple):
    """`corrected` is the text searched instead; `exact` the question before it was widened, if it was."""

    question: Question
    corrected: str | None = None
    exact: Question | None = None


def literally(engine: Engine, text: str) -> Question:
    """The words as typed."""
    if not text:
        return NOTHING_ASKED
    return interpret(text, occupation_names(), vocabulary_of(engine))


def generously(engine: Engine, text: str) -> Understood:
    """The words as they may have been meant, where they find fewer than `FEW` offers as typed."""
    return _generously(engine, text, engine.generation())


@lru_cache(maxsize=1024)
def _generously(engine: Engine, text: str, _generation: str) -> Understood:
    exact = literally(engine, text)
    corrected = None
    counted = _counted(engine, exact)
    if counted.whole == 0 and (better := _corrected(engine, text)):
        corrected, exact = better
        counted = _counted(engine, exact)
    if counted.whole >= FEW or len(exact.concepts) < 2:
        return Understood(exact, corrected)
    wide = _widened(engine, counted)
    return Understood(wide, corrected, exact) if wide else Understood(exact, corrected)


class _Counted(NamedTuple):
    """How many offers have the `whole` of a question, each of its `words` (by rank), and anything at all."""

    question: Question
    whole: int
    words: list[int]
    everything: int


def _counted(engine: Engine, exact: Question) -> _Counted:
    """In one request: a search that finds little is not to wait for five."""
    question = word_by_word(exact)
    ranks = range(min(len(question.concepts), MAX_CONCEPTS))
    asked = [exact, *(_only(question, (rank,)) for rank in ranks), NOTHING_ASKED]
    whole, *words, everything = engine.count([everywhere(each) for each in asked])
    return _Counted(question, 0 if exact.is_empty else whole, words, everything)


def _corrected(engine: Engine, text: str) -> tuple[str, Question] | None:
    """Another spelling, if it finds something or at least leaves no unknown word."""
    better = vocabulary_of(engine).corrected(text)
    if better is None:
        return None
    question = literally(engine, better)
    known = engine.count([everywhere(_only(question, (rank,))) for rank in range(len(question.concepts))])
    return (better, question) if any(known) else None


def _widened(engine: Engine, counted: _Counted) -> Question | None:
    """The same concepts, of which those that carry most of the information are enough."""
    information = {rank: log(1 + counted.everything / count) for rank, count in enumerate(counted.words) if count}
    for share in ENOUGH:
        if sets := _enough(information, share):
            wide = replace(counted.question, required=sets)
            if counted.whole or engine.count([everywhere(wide)])[0]:
                return wide
    return None


def _enough(information: dict[int, float], share: float) -> tuple[tuple[int, ...], ...]:
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
