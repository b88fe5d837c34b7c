"""The result page: whole, in part, with and without something to say."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, SectorFactory, TrainingFactory
from search.engines.circuit_breaker import breaker
from tests.reading import offer_titles, text

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_page_shows_visible_offers_only(client, index):
    OfferFactory(published=True, title="Développeuse Django")
    for trait in ("paused", "expired", "filled", "withdrawn", "in_review", "rejected", "overdue"):
        OfferFactory(**{trait: True}, title=f"Offre {trait}")
    index()
    assert offer_titles(client.get("/offres/")) == ["Développeuse Django"]


def test_page_lists_found_words_marked_with_company_place_and_pay(client, index):
    OfferFactory(
        published=True,
        title="Développeuse Django",
        company=CompanyFactory(name="Atelier"),
        place=CommuneFactory(aix=True),
    )
    index()
    response = client.get("/offres/", {"q": "django"})
    assert offer_titles(response) == ["Développeuse <mark>Django</mark>"]
    assert "Atelier · Aix-en-Provence CDI Télétravail partiel 38 000 à 45 000 € par an" in text(response)


def test_heading_counts_offers_and_trainings(client, index):
    OfferFactory.create_batch(2, published=True)
    TrainingFactory(published=True)
    index()
    assert "3 offres dont 1 formation" in text(client.get("/offres/"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/offres/?kind=job", "1 offre d’emploi "),
        ("/formations/", "2 formations "),
        ("/offres/?kind=training", "2 formations "),
        ("/en/formations/?q=rien+de+tel", "0 "),
    ],
)
def test_heading_has_the_right_plural(client, index, address, said):
    OfferFactory(published=True)
    TrainingFactory.create_batch(2, published=True)
    index()
    assert said in text(client.get(address))


def test_trainings_page_lists_trainings_whatever_kind_is_asked(client, index):
    OfferFactory(published=True)
    TrainingFactory(published=True, title="Apprendre à coder")
    index()
    assert offer_titles(client.get("/formations/?kind=job")) == ["Apprendre à coder"]


def test_training_says_so_in_words(client, index):
    TrainingFactory(published=True)
    index()
    assert '<span class="tag training">' in client.get("/offres/").content.decode()


def test_chosen_filters_are_marks_that_lead_to_the_search_without_them(client, index):
    OfferFactory(published=True)
    index()
    html = client.get("/offres/?q=python&contract=cdi&contract=cdd&pay_min=30000").content.decode()
    assert 'href="/offres/?q=python&amp;contract=cdd&amp;pay_min=30000"' in html
    assert 'href="/offres/?q=python&amp;contract=cdd&amp;contract=cdi"' in html
    assert 'href="/offres/?q=python"' in html


def test_form_keeps_all_that_is_chosen(client, index):
    OfferFactory(published=True, sectors=[SectorFactory(slug="sante", label="Santé")])
    index()
    html = client.get("/offres/?sector=sante&sector=inconnu&contract=cdi&since=7&collection=forum").content.decode()
    assert 'name="contract" value="cdi" checked' in html
    assert 'name="sector" value="sante" checked' in html
    assert '<option value="7" selected>' in html
    assert re.search(r'name="sector" value="inconnu"( checked| form)', html)
    assert re.search(r'name="collection" value="forum"( checked| form)', html)


def test_wrong_values_are_said_and_ignored(client, index):
    OfferFactory(published=True)
    index()
    response = client.get("/offres/?contract=esclavage&since=hier&nimporte=quoi")
    assert response.status_code == 200
    assert "Contrat « esclavage », Publication « hier »" in text(response)
    assert len(offer_titles(response)) == 1


def test_unknown_place_is_said(client, index):
    OfferFactory(published=True)
    index()
    assert "Lieu « Atlantide »" in text(client.get("/offres/?place=Atlantide"))


def test_distance_orders_once_there_is_a_place(client, index):
    OfferFactory(published=True, place=CommuneFactory(aix=True))
    index()
    assert 'value="distance"' not in client.get("/offres/").content.decode()
    html = client.get("/offres/?place=13001&sort=distance").content.decode()
    assert '<option value="distance" selected>' in html
    assert 'id="radius"' in html


def test_order_by_pay_says_where_the_others_are(client, index):
    OfferFactory(published=True)
    index()
    page = client.get("/offres/?sort=pay")
    assert '<option value="pay" selected>' in page.content.decode()
    assert "les offres qui n’en disent rien sont à la fin" in text(page)


def test_place_given_by_its_code_is_shown_by_its_name(client, index):
    OfferFactory(published=True, place=CommuneFactory(gap=True))
    index()
    assert 'name="place" type="text" value="Gap (05)"' in client.get("/offres/?place=05061").content.decode()


def test_misspelt_words_are_corrected_and_it_is_said(client, index):
    OfferFactory.create_batch(3, published=True, title="Développeur Kubernetes")
    index()
    response = client.get("/offres/?q=kubernets")
    assert "Résultats pour « kubernetes »" in text(response)
    assert "Aucune offre ou presque ne contient « kubernets »" in text(response)


def test_corrected_words_can_be_searched_as_they_were_typed(client, index):
    OfferFactory.create_batch(3, published=True, title="Développeur Kubernetes")
    index()
    corrected = client.get("/offres/?q=kubernets&contract=cdi")
    address = "/offres/?q=kubernets&contract=cdi&spelling=typed"
    assert f'href="{escape(address)}"' in corrected.content.decode()
    exact = client.get(address)
    assert offer_titles(exact) == []
    assert "Résultats pour" not in text(exact)
    assert len(offer_titles(corrected)) == 3


def test_empty_answer_to_words_as_typed_leads_to_what_its_links_promise(client, index):
    OfferFactory.create_batch(2, published=True, title="Développeur Kubernetes")
    index()
    exact = client.get("/offres/?q=kubernets&contract=cdi&spelling=typed")
    assert "Sans « CDI » 2 offres" in text(exact)
    assert len(offer_titles(client.get("/offres/?q=kubernets"))) == 2


def test_empty_answer_says_what_leaving_a_constraint_would_bring(client, index):
    OfferFactory.create_batch(2, published=True, title="Développeur Kubernetes")
    index()
    response = client.get("/offres/?q=kubernetes&contract=stage")
    assert "Sans « Stage » 2 offres" in text(response)
    assert 'href="/offres/?q=kubernetes"' in response.content.decode()


def test_pages_link_to_each_other_and_the_end_is_the_end(client, index):
    OfferFactory.create_batch(21, published=True, job=None)
    index()
    first = client.get("/offres/").content.decode()
    assert 'href="/offres/?page=2" rel="next"' in first
    assert len(offer_titles(client.get("/offres/?page=2"))) == 1
    assert client.get("/offres/?page=7&sort=date").headers["Location"] == "/offres/?sort=date&page=2"


def test_answer_without_index_is_said(client, index):
    OfferFactory(published=True, title="Développeuse Django")
    breaker.trip()
    response = client.get("/offres/?q=django")
    assert "momentanément indisponible" in text(response)
    assert len(offer_titles(response)) == 1


def test_text_from_outside_is_never_markup(client, index):
    evil = "<img src=x onerror=alert(1)>\"'</title><script>"
    OfferFactory(published=True, title=f"Python {evil}", company=CompanyFactory(name=f"Société {evil}"[:160]))
    index()
    for query in ({}, {"q": f"python {evil}"}, {"q": evil, "place": evil, "sector": evil, "contract": evil}):
        html = client.get("/offres/", query).content.decode()
        assert "<img src=x" not in html
        assert "<script>" not in html


@pytest.mark.parametrize("offers", [1, 3])
def test_page_asks_the_database_as_little_for_three_offers_as_for_one(client, index, offers, django_assert_num_queries):
    OfferFactory.create_batch(offers, published=True, place=CommuneFactory(aix=True))
    index()
    address = "/offres/?place=Aix-en-Provence&q=python"
    client.get(address)  # places and labels are remembered by the process
    with django_assert_num_queries(0):
        assert len(offer_titles(client.get(address))) == offers


def test_page_of_a_process_that_remembers_nothing_asks_little(client, index, django_assert_max_num_queries):
    OfferFactory(published=True, place=CommuneFactory(aix=True))
    index()
    with django_assert_max_num_queries(4):
        client.get("/offres/?q=python")


def test_anonymous_page_sets_no_cookie(client, index):
    index()
    assert not client.get("/offres/").cookies


def test_only_the_plain_lists_are_for_search_engines(client, index):
    index()
    plain = client.get("/offres/").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/offres/">' in plain
    assert 'hreflang="en" href="http://localhost:8000/en/offres/"' in plain
    assert 'hreflang="x-default" href="http://localhost:8000/offres/"' in plain
    assert "noindex" not in plain
    assert "noindex" in client.get("/offres/?q=python").content.decode()
    assert (
        'canonical" href="http://localhost:8000/formations/"' in client.get("/offres/?kind=training").content.decode()
    )


def test_answer_in_part_has_results_filters_and_address(client, index):
    OfferFactory(published=True)
    index()
    response = client.get("/offres/?contract=cdi&q=&place=", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert {"chips", "facets", "count", "announce", "sorting"} <= set(re.findall(r'id="(\w+)" hx-swap-oob', html))
    assert response["HX-Push-Url"] == "/offres/?contract=cdi"
    assert response["Vary"].startswith("HX-Request")


def test_letters_typed_replace_the_address_and_filters_add_to_history(client, index):
    index()
    here = {**HTMX, "HX-Current-URL": "http://testserver/offres/?q=pyth&contract=cdi"}
    assert (
        client.get("/offres/?q=python&contract=cdi", headers=here)["HX-Replace-Url"] == "/offres/?q=python&contract=cdi"
    )
    assert client.get("/offres/?q=pyth&contract=cdd", headers=here)["HX-Push-Url"] == "/offres/?q=pyth&contract=cdd"


def test_half_a_word_that_finds_nothing_leaves_the_page_as_it_is(client, index):
    OfferFactory(published=True, title="Développeur Python")
    index()
    typing = {**HTMX, "X-Typing": "true"}
    assert client.get("/offres/?q=zzzz", headers=typing).status_code == 204
    assert client.get("/offres/?q=python", headers=typing).status_code == 200
    assert client.get("/offres/?q=zzzz", headers=HTMX).status_code == 200


def test_page_restored_by_the_browser_is_whole(client, index):
    index()
    restored = client.get("/offres/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_card_leads_to_the_address_of_the_offer(client, index):
    offer = OfferFactory(published=True, title="C++ & C# : 100 % télétravail")
    index()
    assert f'href="{offer.get_absolute_url()}"' in client.get("/offres/").content.decode()
    assert f'href="/en{offer.get_absolute_url()}"' in client.get("/en/offres/").content.decode()


def test_new_offer_is_marked(client, index):
    OfferFactory(published=True, published_at=timezone.now() - timedelta(hours=2))
    OfferFactory(published=True, published_at=timezone.now() - timedelta(days=9))
    index()
    assert client.get("/offres/").content.decode().count("tag new") == 1


NAMES = [
    "q",
    "place",
    "kind",
    "contract",
    "sector",
    "radius",
    "pay_min",
    "since",
    "page",
    "sort",
    "session",
    "level",
    "x",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=30), max_size=3)), partial=st.booleans())
def test_no_query_breaks_the_page(client, index_once, query, partial):
    response = client.get("/offres/", query, headers=HTMX if partial else {})
    assert response.status_code in {200, 302}
    assert client.get(reverse("search-feed"), query).status_code == 200


@pytest.fixture
def index_once(index):
    OfferFactory(published=True, place=CommuneFactory(aix=True))
    index()


@pytest.mark.parametrize(("towns", "said"), [(1, ""), (2, "+ 1 lieu"), (4, "+ 3 lieux")])
def test_card_says_how_many_more_places_there_are(client, index, towns, said):
    names = ("aix", "gap", "nice", "marseille")[:towns]
    OfferFactory(published=True, places=[CommuneFactory(**{name: True}) for name in names])
    index()
    words = text(client.get("/offres/"))
    assert said in words if said else "lieu" not in words.partition("offre")[2].split("Suivre")[0]
