import pytest

from jobs.imports.similarity import Posting, fingerprints, is_same_job
from tests.jobs.imports.corpus import TEXT

AIX = {"communes": frozenset({"13001"}), "departments": frozenset({"13"})}
TOULON = {"communes": frozenset({"83137"}), "departments": frozenset({"83"})}
OTHER_TEXT = (
    "Notre laboratoire cherche quelqu'un pour administrer ses serveurs de calcul scientifique, conseiller ses équipes "
    "de recherche sur le stockage des mesures, automatiser les sauvegardes nocturnes et surveiller la consommation "
    "électrique des armoires pendant les campagnes d'observation de la saison sèche, avec deux techniciens confirmés."
)


def posting(**fields):
    whole = {"pk": 1, "title": "Développeur web (H/F)", "employer": "ACME", "contract": "cdi", "text": TEXT, **AIX}
    return Posting(**whole | fields)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "DEVELOPPEUR WEB F/H"},
        {"employer": ""},
        {"employer": "Acme France"},
        {"text": TEXT.upper()},
        {"text": "Description du poste : " + TEXT + " Réf. 2026-11"},
        {"text": TEXT[:330]},
        {"communes": frozenset(), "departments": frozenset()},
        {"communes": frozenset(), "text": TEXT + " Postulez."},
        TOULON,
    ],
    ids=[
        "same",
        "title",
        "no employer",
        "employer",
        "case",
        "around",
        "cut",
        "no place",
        "department",
        "same text elsewhere",
    ],
)
def test_reposts_are_the_same_job(other):
    assert is_same_job(posting(), posting(**other))
    assert is_same_job(posting(**other), posting())
    one, two = ({"title": "Développeur web (H/F)", "text": TEXT, **fields} for fields in ({}, other))
    assert set(fingerprints(one["title"], one["text"])) & set(fingerprints(two["title"], two["text"]))


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Développeur mobile (H/F)"},
        {"employer": "Autre société"},
        {"contract": "cdd"},
        {"text": OTHER_TEXT},
        {"text": TEXT[:150] + OTHER_TEXT},
        {"text": TEXT + " Poste à Toulon, près de la gare.", **TOULON},
        {"text": TEXT[:250], "communes": frozenset(), "departments": frozenset({"83"})},
        {"text": "Poste à pourvoir."},
    ],
    ids=[
        "title",
        "employer",
        "contract",
        "text",
        "same beginning",
        "text that names its town",
        "department",
        "too short",
    ],
)
def test_other_offers_are_not(other):
    assert not is_same_job(posting(), posting(**other))
    assert not is_same_job(posting(**other), posting())


def test_short_texts_must_be_equal():
    assert is_same_job(posting(text="Poste à pourvoir."), posting(text="poste à pourvoir"))
    assert not is_same_job(posting(text="Poste à pourvoir."), posting(text="Poste à pourvoir vite."))


def test_fingerprints_are_few_stable_and_fit_the_column():
    keys = fingerprints("Développeur web (H/F)", TEXT)
    assert 1 < len(keys) <= 3
    assert keys == fingerprints("DEVELOPPEUR WEB", TEXT.upper())
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert len(fingerprints("Développeur", "")) >= 1
