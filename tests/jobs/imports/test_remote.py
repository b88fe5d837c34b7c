import pytest

from jobs.enums import Remote
from jobs.imports.remote import detect_remote


@pytest.mark.parametrize(
    "text",
    ["Poste en full remote", "100 % télétravail", "Télétravail à 100%", "télétravail complet possible", "fully remote",
     "5 jours de télétravail par semaine", "travail entièrement à distance", "TELETRAVAIL TOTAL"],
)  # fmt: skip
def test_detect_remote_full(text):
    assert detect_remote("Développeur", text) == Remote.FULL


@pytest.mark.parametrize(
    "text",
    ["Deux jours de télétravail par semaine", "télétravail : 2 jours", "jusqu'à 2,5 jours de télétravail par semaine",
     "Télétravail hybride (13100 Aix)", "Possibilité de télétravail", "3 jours de remote", "TT 2 jours / semaine",
     "Vous télétravaillez le lundi", "Pas de full remote", "pas de télétravail complet", "télétravail partiel",
     "Télétravail autorisé, pas de télétravail pendant l'intégration", "home office 2 days"],
)  # fmt: skip
def test_detect_remote_partial(text):
    assert detect_remote("Développeur", text) == Remote.PARTIAL


@pytest.mark.parametrize(
    "text",
    ["Pas de télétravail.", "Sans télétravail", "Télétravail : non", "poste non télétravaillable",
     "Poste 100 % présentiel", "aucun télétravail", "non éligible au télétravail"],
)  # fmt: skip
def test_detect_remote_none(text):
    assert detect_remote("Développeur", text) == Remote.NONE


@pytest.mark.parametrize(
    "text",
    ["", "Installation de Remote Desktop", "formation en présentiel et en distanciel",
     "prise en main à distance des postes",
     "Microsoft Office", "vous testez le TT", "à distance raisonnable du centre", "sur site client à Toulon"],
)  # fmt: skip
def test_detect_remote_says_nothing_without_explicit_words(text):
    assert detect_remote("Technicien", text) == ""


def test_detect_remote_reads_all_the_texts():
    assert detect_remote("Développeur", "", "Oui (télétravail partiel)") == Remote.PARTIAL
