"""The judge's rules, since a goal is only as good as its measure."""

import pytest

from bench.judgements import DATA_SCIENTIST, DEV, JUDGED, MARSEILLE, PYTHON, C, Facts, Judged, Strength, folded
from bench.relevance import ndcg


def offer(title: str, text: str = "", codes: str = "", contract: str = "cdi", places: str = "") -> Facts:
    return Facts(folded(title), folded(text), frozenset(codes.split()), contract, "", folded(places))


DEVELOPER_PYTHON = Judged("test", "développeur python", (DEV,), (PYTHON,))


@pytest.mark.parametrize(
    ("found", "grade"),
    [
        (offer("Développeuse Python"), 3),
        (offer("Développeur web", "Django et Python."), 2),
        (offer("Ingénieur Python", codes="M1805"), 2),
        (offer("Ingénieur", "Python.", codes="M1805"), 1),
        (offer("Architecte Python", "Avec un développeur et une développeuse."), 1),
        (offer("Développeur Java"), 0),
        (offer("Analyste", "Le développeur écrit en Python."), 0),
    ],
)
def test_grade_follows_the_written_rules(found, grade):
    assert DEVELOPER_PYTHON.grade(found) == grade


def test_place_is_told_by_a_fact():
    judged = Judged("test", "développeur marseille", (DEV,), (MARSEILLE,))
    assert judged.grade(offer("Développeur", places="13 - Marseille")) == 3
    assert judged.grade(offer("Développeur", places="69 - Lyon")) == 0


@pytest.mark.parametrize(
    ("text", "strength"), [("Langage C", Strength.SAID), ("C++ et C#", Strength.ABSENT), ("C'est", Strength.ABSENT)]
)
def test_language_c_is_told_from_its_neighbours(text, strength):
    assert C.strength(offer("Ingénieur", text)) == strength


def test_said_twice_is_more_than_said():
    assert DATA_SCIENTIST.strength(offer("Chef", "Data scientist, data-scientist.")) == Strength.SAID_TWICE


def test_searches_are_many_different_and_of_every_kind():
    assert len({judged.text for judged in JUDGED}) == len(JUDGED) >= 60
    kinds = [judged.kind for judged in JUDGED]
    assert all(kinds.count(kind) >= 5 for kind in kinds)


def test_ndcg_is_one_for_the_ideal_and_less_for_any_other_order():
    ideal = [3, 2, 1, 0]
    assert ndcg(ideal, ideal) == 1
    assert 0 < ndcg([0, 1, 2, 3], ideal) < ndcg([2, 3, 1, 0], ideal) < 1
    assert ndcg([], ideal) == 0


def test_only_the_first_ten_count():
    assert ndcg([0] * 10 + [3], [3]) == 0
