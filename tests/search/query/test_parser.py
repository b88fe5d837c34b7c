"""From words to what is asked of an engine, without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.nodes import Adjacent, AllOf, AnyOf, Occupations, Question, Word, word_by_word
from search.query.parser import MAX_QUERY_TERMS, parse_query
from search.query.spelling import Vocabulary

KNOWN = Vocabulary.of(
    {"data": 9, "scientist": 5, "full": 4, "stack": 4, "fullstack": 6, "développeur": 8, "python": 7, "web": 3}
)
NAMES = {frozenset({"developpeur", "web"}): ("M1855",), frozenset({"pentesteur"}): ("M1866",)}


def asked(text: str) -> tuple:
    return parse_query(text, NAMES, KNOWN).concepts


def test_each_word_is_asked():
    assert asked("cobol fortran") == (Word("cobol"), Word("fortran"))


def test_word_typed_twice_is_asked_once():
    assert asked("cobol Cobol COBOL") == (Word("cobol"),)


def test_glued_words_stand_side_by_side():
    assert asked("saint-cannat") == (Adjacent(("saint", "cannat")),)
    assert asked('"saint cannat"') == (Adjacent(("saint", "cannat")),)


def test_words_beside_a_stroke_are_two():
    assert asked("cobol/fortran") == (Word("cobol"), Word("fortran"))


def test_word_that_may_be_two_is_both():
    (concept,) = asked("datascientist")
    assert set(concept.parts) == {Word("datascientist"), Adjacent(("data", "scientist"))}


def test_two_words_that_may_be_one_are_both():
    (concept,) = asked("full stack")
    assert {Adjacent(("full", "stack")), Word("fullstack")} <= set(concept.parts)


def test_unknown_halves_are_not_tried():
    assert parse_query("datascientist", {}, Vocabulary()).concepts == (Word("datascientist"),)


def test_synonym_is_worth_less_than_the_word():
    (concept,) = asked("k8s")
    assert concept.parts[0] == Word("k8s")
    assert [part for part in concept.parts if part.boost < 1] == [Word("kubernetes", 0.85)]


def test_longest_synonym_wins():
    (concept,) = asked("intelligence artificielle")
    assert isinstance(concept.parts[0], AllOf)
    assert Word("ia", 0.85) in concept.parts


def test_words_that_name_an_occupation_together_also_ask_for_it():
    web, python = asked("développeuse web python")
    assert Occupations(("M1855",)) in web.parts
    assert isinstance(web.parts[0], AllOf)
    assert python == Word("python") or Word("python") in python.parts


def test_synonym_leads_to_an_occupation():
    (concept,) = asked("pentester")
    assert Occupations(("M1866",)) in concept.parts


@pytest.mark.parametrize(
    "text", ["offre d'emploi cobol", "emploi cobol", "recherche emploi de cobol", "poste de cobol"]
)
def test_small_talk_is_left_out(text):
    assert asked(text) == (Word("cobol"),)


@pytest.mark.parametrize("text", ["", "le la", "(H/F)", "!?", "emploi"[:0]])
def test_nothing_said_asks_nothing(text):
    assert parse_query(text, NAMES, KNOWN).is_empty


def test_small_talk_alone_is_asked_all_the_same():
    assert asked("emploi") == (Word("emploi"),)


def test_endless_question_is_cut():
    assert len(asked(" ".join(f"mot{number}" for number in range(100)))) == MAX_QUERY_TERMS


def test_word_by_word_means_the_same():
    group = AnyOf((AllOf((Word("a"), Word("b"))), Word("ab")))
    loose = word_by_word(Question((group, Word("c")), ((0, 1),), ("a", "b", "c")))
    assert loose.concepts == (AnyOf((Word("a"), Word("ab"))), AnyOf((Word("b"), Word("ab"))), Word("c"))
    assert loose.required == ((0, 1, 2),)


@given(st.text(max_size=200))
def test_anything_typed_is_understood_somehow(text):
    question = parse_query(text, NAMES, KNOWN)
    assert question.is_empty or question.required == (tuple(range(len(question.concepts))),)
    assert all(all(terms) for terms in question.highlights())
