"""What search engines are led to."""

import re

import pytest
from django.utils import timezone

from demo.factories import CompanyFactory, EditionFactory, OfferFactory

pytestmark = pytest.mark.django_db


def addresses(response):
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_index_lists_the_sections_with_their_last_change(client):
    offer = OfferFactory(published=True)
    response = client.get("/sitemap.xml")
    sections = ("pages", "offers", "companies", "editions")
    assert addresses(response) == [f"http://testserver/sitemap-{name}.xml" for name in sections]
    assert timezone.localdate(offer.updated_at).isoformat() in response.content.decode()


def test_offers_are_the_visible_ones_in_both_languages(client):
    offer = OfferFactory(published=True)
    for trait in ("paused", "expired", "overdue", "in_review"):
        OfferFactory(**{trait: True})
    response = client.get("/sitemap-offers.xml")
    path = offer.get_absolute_url()
    assert addresses(response) == [f"http://testserver{path}", f"http://testserver/en{path}"]
    assert f'hreflang="x-default" href="http://testserver{path}"' in response.content.decode()


def test_companies_are_those_with_a_page(client):
    CompanyFactory(slug="calanque")
    CompanyFactory(new=True)
    found = addresses(client.get("/sitemap-companies.xml"))
    assert found == ["http://testserver/entreprises/calanque/", "http://testserver/en/entreprises/calanque/"]


def test_editions_are_those_that_the_public_sees(client):
    EditionFactory(announced=True, event__slug="forum-2027")
    EditionFactory()
    found = addresses(client.get("/sitemap-editions.xml"))
    assert found == ["http://testserver/forum/forum-2027/", "http://testserver/en/forum/forum-2027/"]


def test_pages_all_answer(client):
    for address in addresses(client.get("/sitemap-pages.xml")):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("offers", [1, 3])
def test_offers_ask_the_database_as_much_for_three_as_for_one(client, offers, django_assert_num_queries):
    OfferFactory.create_batch(offers, published=True)
    with django_assert_num_queries(2):
        client.get("/sitemap-offers.xml")


@pytest.mark.parametrize("address", ["/sitemap-rien.xml", "/sitemap-offers.xml?p=9", "/sitemap-offers.xml?p=x"])
def test_section_or_page_that_does_not_exist_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_robots_are_told_where_the_map_is_and_what_is_private(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert "Disallow: /en/recruteur/" in lines
