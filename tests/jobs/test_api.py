"""The companies of the read API."""

import pytest

from demo.factories import CommuneFactory, CompanyFactory, MarkFactory, OfferFactory, SectorFactory

pytestmark = pytest.mark.django_db
COMPANIES = "/api/v1/companies/"


def names(response):
    return [row["name"] for row in response.json()["results"]]


def test_company_has_its_page_place_sectors_mark_and_number_of_offers(client):
    company = CompanyFactory(name="Atelier Calanque", sectors=[SectorFactory(slug="sante", label="Santé")])
    MarkFactory(company=company)
    OfferFactory.create_batch(2, published=True, company=company)
    OfferFactory(paused=True, company=company)
    (row,) = client.get(COMPANIES).json()["results"]
    assert row["url"] == "http://testserver/entreprises/atelier-calanque/"
    assert (row["commune"], row["department"]) == ("Aix-en-Provence", "13")
    assert row["sectors"] == [{"slug": "sante", "label": "Santé"}]
    assert row["mark"] == "member"
    assert row["open_offers"] == 2


def test_companies_without_public_page_are_not_listed(client):
    CompanyFactory(new=True)
    CompanyFactory(refused=True)
    assert client.get(COMPANIES).json()["count"] == 0


def test_company_without_place_is_listed(client):
    CompanyFactory(commune=None, siret=None)
    assert client.get(COMPANIES).json()["results"][0]["commune"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "etoile"}, ["Étoile Cyber"]),
        ({"q": "ÉTOILE"}, ["Étoile Cyber"]),
        ({"q": "%"}, []),
        ({"place": "Nice"}, ["Lérins"]),
        ({"place": "Bouches-du-Rhône"}, ["Étoile Cyber"]),
        ({"place": "PACA"}, ["Lérins", "Étoile Cyber"]),
        ({"sector": "sante"}, ["Lérins"]),
        ({"mark": "partner"}, ["Étoile Cyber"]),
        ({"hiring": "true"}, ["Lérins"]),
    ],
)
def test_companies_are_filtered(client, query, found):
    lerins = CompanyFactory(name="Lérins", commune=CommuneFactory(nice=True), sectors=[SectorFactory(slug="sante")])
    MarkFactory(company=CompanyFactory(name="Étoile Cyber", slug="etoile-cyber"), partner=True)
    OfferFactory(published=True, company=lerins)
    assert sorted(names(client.get(COMPANIES, query))) == sorted(found)


@pytest.mark.parametrize("query", [{"place": "Atlantide"}, {"sector": "rien"}, {"mark": "or"}, {"q": "x" * 101}])
def test_wrong_filter_is_refused_with_its_reason(client, query):
    response = client.get(COMPANIES, query)
    assert response.status_code == 400
    assert list(response.json()) == list(query)


def test_page_that_does_not_exist_is_said(client):
    CompanyFactory()
    assert client.get(COMPANIES, {"page": 2}).status_code == 404


@pytest.mark.parametrize("companies", [1, 3])
def test_list_asks_the_database_as_much_for_three_companies_as_for_one(client, companies, django_assert_num_queries):
    for company in CompanyFactory.create_batch(companies, sectors=SectorFactory.create_batch(2)):
        OfferFactory(published=True, company=company)
    with django_assert_num_queries(3):
        assert len(names(client.get(COMPANIES))) == companies


def test_errors_sectors_and_links_are_in_the_language_asked_for(client):
    CompanyFactory(sectors=[SectorFactory(slug="sante", label="Santé", label_en="Health")])
    english = {"Accept-Language": "en"}
    (row,) = client.get(COMPANIES, headers=english).json()["results"]
    assert row["sectors"] == [{"slug": "sante", "label": "Health"}]
    assert row["url"].startswith("http://testserver/en/")
    refused = [client.get(COMPANIES, {"mark": "or"}, headers=headers).json() for headers in ({}, english)]
    assert refused[0]["mark"][0].startswith("Sélectionnez un choix valide")
    assert refused[1]["mark"][0].startswith("Select a valid choice")
