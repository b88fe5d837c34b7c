"""The card of an offer."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from jobs.templatetags.offer_cards import card, cards
from medinjob.gallery import ExampleOffer
from tests.jobs.test_offer_facts import plain

OFFER = ExampleOffer(7, "Développeuse", "Atelier Calanque", "Aix", slug="developpeuse", contract_label="CDI")


def shown(offer, **context):
    return render_to_string("components/offer_cards.html", {"cards": cards([offer]), "level": "2", **context})


def test_card_leads_to_the_page_of_its_offer_in_the_reader_s_language():
    assert 'href="/offres/7-developpeuse/"' in shown(OFFER)
    with translation.override("en"):
        assert 'href="/en/offres/7-developpeuse/"' in shown(OFFER)


def test_card_can_lead_elsewhere():
    assert card(OFFER, "#la")[0]["url"] == "#la"


@pytest.mark.parametrize(
    ("km", "place"), [(None, "Aix"), (0.4, "Aix, moins de 1 km"), (0.0, "Aix, moins de 1 km"), (17.2, "Aix, 17 km")]
)
def test_card_says_how_far(km, place):
    assert plain(cards([replace(OFFER, distance_km=km)])[0]["place"]) == place


def test_card_has_a_logo_or_initials():
    assert ">AC</span>" in cards([OFFER])[0]["logo"]
    company = SimpleNamespace(logo="/media/logos/a.webp")
    assert 'src="/media/logos/a.webp"' in cards([replace(OFFER, company=company)])[0]["logo"]


def test_card_without_employer_says_so():
    assert "Employeur non communiqué" in shown(replace(OFFER, employer_name=""))


@pytest.mark.parametrize(
    ("days", "said", "new"), [(0, "aujourd’hui", True), (1, "hier", True), (9, "il y a 9 jours", False)]
)
def test_card_says_how_fresh_it_is(days, said, new):
    (made,) = cards([replace(OFFER, published_at=timezone.now() - timedelta(days=days))])
    assert f'<li class="soft">{said}</li>' in made["facts"]
    assert made["new"] == new


def test_card_not_yet_published_says_nothing_of_dates():
    assert cards([replace(OFFER, published_at=None)])[0]["facts"].count("<li") == 1


def test_words_of_an_offer_are_never_markup():
    evil = "<script>alert(1)</script>"
    offer = replace(OFFER, title=evil, employer_name=evil, place_label=evil, contract_label=evil, excerpt_html=evil)
    assert "<script>" not in shown(offer)
