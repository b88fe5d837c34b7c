import re

import pytest

from candidates import enums as candidates
from demo.factories import CommuneFactory, OfferFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/mentions-legales/", "/donnees-personnelles/", "/accessibilite/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_answers_in_both_languages(client, address, language):
    answer = client.get(language + address)
    assert answer.status_code == 200
    assert f'<html lang="{language[1:] or "fr"}">' in answer.content.decode()


def test_pages_only_answer_to_reading(client):
    assert client.post("/").status_code == 405
    assert client.post("/mentions-legales/").status_code == 405


def test_privacy_states_the_delays_that_the_code_keeps(client):
    text = client.get("/donnees-personnelles/").content.decode()
    assert "Candidature : 24 mois" in text
    assert "prévenons à 23 mois" in text
    assert f"jamais confirmée : {candidates.DRAFT_LIFETIME.days} jours" in text
    assert "leur texte 30 jours, leur trace 12 mois" in text


def test_legal_pages_say_the_facts_of_the_settings(client, settings):
    settings.SITE = {**settings.SITE, "publisher": "Association <Exemple>", "host": "Hébergeur, Marseille"}
    text = client.get("/mentions-legales/").content.decode()
    assert "Association &lt;Exemple&gt;" in text
    assert "Hébergeur, Marseille" in text


def test_legal_page_leaves_out_an_empty_fact(client, settings):
    settings.SITE = {**settings.SITE, "host": ""}
    assert "Hébergement" not in client.get("/mentions-legales/").content.decode()


@pytest.mark.parametrize(
    ("status", "said"), [("full", "totalement conforme"), ("partial", "partiellement"), ("none", "non conforme")]
)
def test_accessibility_says_its_state(client, settings, status, said):
    settings.SITE = {**settings.SITE, "accessibility_status": status}
    assert f"Accessibilité : {said}" in client.get("/accessibilite/").content.decode()


def test_home_without_offers_still_has_its_search(client, db, index):
    index()
    text = client.get("/").content.decode()
    assert 'role="search"' in text
    assert "Dernières offres" not in text


def test_home_counts_and_shows_what_its_region_has(client, db, index):
    """The sectors too, and each leads to as many offers as it says."""
    sector = SectorFactory()
    here = OfferFactory(published=True, title="Ici", place=CommuneFactory(aix=True), sectors=[sector])
    OfferFactory(published=True, title="Là-bas", place=CommuneFactory(paris=True), sectors=[sector])
    index()
    html = client.get("/").content.decode()
    assert here.title in html
    assert "Là-bas" not in html
    assert "<strong>1</strong> offre" in html
    link = re.search(r'href="([^"]*sector=[^"]*)"', html)[1].replace("&amp;", "&")
    assert "1 offre" in client.get(link).content.decode()


def test_gallery_is_not_served_where_settings_do_not_ask(client, settings):
    settings.GALLERY = False
    assert client.get("/galerie/").status_code == 404
