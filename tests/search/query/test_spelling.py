import pytest

from search.query.spelling import COMMONER, Vocabulary

KNOWN = Vocabulary.of(
    {
        "python": 50,
        "pytorch": 3,
        "développeur": 40,
        "developpeur": 2,
        "sécurité": 20,
        "java": 30,
        "réseau": 9,
        "cyber": 9,
    }
)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("pyhton", "python"),
        ("pythn", "python"),
        ("ppython", "python"),
        ("dévelopeur", "développeur"),
        ("develloppeur python", "développeur python"),
        ("Le Pyhton, vite", "Le python, vite"),
        ("pyhton et jvaa", "python et java"),
        ("securtié", "sécurité"),
    ],
)
def test_slip_becomes_the_nearest_word(text, corrected):
    assert KNOWN.corrected(text) == corrected


@pytest.mark.parametrize(
    "text",
    [
        "python",
        "Développeuses",
        "developpeurs",
        "reseaux",
        "zorglub",
        "jva",
        "c++",
        "k8s",
        "react",
        "cybersécurité",
        "",
        "h/f",
    ],
)
def test_what_is_known_or_near_nothing_stays(text):
    assert KNOWN.corrected(text) is None


def test_word_is_shown_as_most_offers_write_it():
    assert KNOWN.written["developpeur"] == "développeur"
    assert KNOWN.counts["developpeur"] == 42


def test_most_used_word_wins_at_equal_distance():
    vocabulary = Vocabulary.of({"marin": 2, "matin": 9})
    assert vocabulary.nearest("mabin") == "matin"


def test_rare_word_is_a_slip_only_of_a_far_commoner_one():
    assert Vocabulary.of({"pyhton": 1, "python": COMMONER}).corrected("pyhton") == "python"
    assert Vocabulary.of({"pyhton": 1, "python": COMMONER - 1}).corrected("pyhton") is None


def test_empty_vocabulary_corrects_nothing():
    assert Vocabulary().corrected("pyhton") is None


@pytest.mark.parametrize(
    ("word", "halves"),
    [
        ("cybersecurite", [("cyber", "securite")]),
        ("javapython", [("java", "python")]),
        ("python", []),
        ("java", []),
        ("java2python", []),
    ],
)
def test_word_is_two_when_offers_have_both(word, halves):
    assert KNOWN.halves(word) == halves
