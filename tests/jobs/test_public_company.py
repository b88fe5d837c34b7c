"""The directory of companies and a company's public page."""

import pytest

from demo.factories import (
    CommissionFactory,
    CommuneFactory,
    CompanyFactory,
    MarkFactory,
    OfferFactory,
    SectorFactory,
    SessionFactory,
    TrainingFactory,
)
from tests.reading import offer_titles, text

pytestmark = pytest.mark.django_db


def test_directory_lists_verified_companies_and_what_they_offer(client):
    company = CompanyFactory(name="Atelier Calanque")
    MarkFactory(company=company, partner=True)
    OfferFactory.create_batch(2, published=True, company=company)
    CompanyFactory(name="Lérins Mesures", commune=None)
    CompanyFactory(new=True, name="Pas encore vérifiée")
    said = text(client.get("/entreprises/"))
    assert "2 entreprises" in said
    assert "Atelier Calanque Aix-en-Provence (13) 2 offres Partenaire Medinsoft" in said
    assert "Lérins Mesures Pas d’offre en ce moment" in said
    assert "Pas encore vérifiée" not in said


def test_directory_keeps_what_was_asked_and_says_what_is_wrong(client):
    CompanyFactory(name="Atelier Calanque")
    response = client.get("/entreprises/?q=calanque&place=Atlantide&sector=rien&mark=or&page=x")
    assert response.status_code == 200
    assert "Lieu inconnu" in text(response)
    assert 'value="calanque"' in response.content.decode()
    assert "Atelier Calanque" in text(response)


def test_directory_says_when_nothing_fits(client):
    CompanyFactory()
    assert "Aucune entreprise ne correspond" in text(client.get("/entreprises/?q=zzz"))


def test_directory_has_pages_that_keep_the_filters(client):
    CompanyFactory.create_batch(25)
    assert 'href="?q=fictive&amp;page=2"' in client.get("/entreprises/?q=fictive").content.decode()
    assert "Entreprise fictive" in text(client.get("/entreprises/?page=99"))


@pytest.mark.parametrize("companies", [1, 3])
def test_directory_asks_the_database_as_much_for_three_as_for_one(client, companies, django_assert_num_queries):
    for company in CompanyFactory.create_batch(companies, sectors=[SectorFactory()]):
        OfferFactory(published=True, company=company)
        MarkFactory(company=company)
    with django_assert_num_queries(4):
        client.get("/entreprises/")


def test_company_shows_itself_and_its_open_offers(client):
    company = CompanyFactory(
        name="Atelier Calanque",
        description="Nous **créons** des logiciels.",
        sectors=[SectorFactory(label="Santé")],
        commissions=[CommissionFactory(label="E-santé")],
    )
    OfferFactory(published=True, company=company, title="Développeuse Django", place=CommuneFactory(gap=True))
    OfferFactory(paused=True, company=company, title="En pause")
    OfferFactory(published=True, title="D'une autre entreprise")
    response = client.get("/entreprises/atelier-calanque/")
    assert offer_titles(response) == ["Développeuse Django"]
    said = text(response)
    assert "Nous créons des logiciels." in said
    assert "1 offre en ligne" in said
    assert "Gap CDI Télétravail partiel 38 000 à 45 000 € par an" in said
    assert "Secteurs Santé" in said
    assert "Commissions E-santé" in said


def test_company_without_anything_still_has_a_page(client):
    CompanyFactory(name="Nue", siret=None, commune=None, size="", description="", website="")
    assert "Pas d’offre en ce moment" in text(client.get("/entreprises/nue/"))


@pytest.mark.parametrize("trait", ["new", "refused"])
def test_company_that_is_not_verified_has_no_page(client, trait):
    company = CompanyFactory(**{trait: True})
    assert client.get(f"/entreprises/{company.slug}/").status_code == 404


def test_company_with_many_offers_leads_to_the_search_among_them(client):
    company = CompanyFactory(slug="grande")
    OfferFactory.create_batch(21, published=True, company=company)
    response = client.get("/entreprises/grande/")
    assert len(offer_titles(response)) == 20
    assert 'href="/offres/?company=grande"' in response.content.decode()


def test_training_of_a_company_says_its_next_session(client):
    training = TrainingFactory(published=True, company=CompanyFactory(slug="ecole"))
    SessionFactory(offer=training, past=True)
    SessionFactory(offer=training, starts_on="2099-01-12", ends_on="2099-02-12")
    assert "700 h En présentiel début le 12 janvier 2099" in text(client.get("/entreprises/ecole/"))


@pytest.mark.parametrize("offers", [1, 3])
def test_company_asks_the_database_as_much_for_three_offers_as_for_one(client, offers, django_assert_num_queries):
    company = CompanyFactory(slug="calanque", sectors=[SectorFactory()])
    places = [CommuneFactory(aix=True), CommuneFactory(gap=True)]
    OfferFactory.create_batch(offers, published=True, company=company, places=places)
    with django_assert_num_queries(6):
        client.get("/entreprises/calanque/")


def test_words_of_a_company_are_never_markup(client):
    evil = "<script>alert(1)</script><img src=x>"
    CompanyFactory(name=evil, slug="mal", description=evil, website="https://ok.example")
    for address in ("/entreprises/mal/", "/entreprises/", "/entreprises/?q=%3Cscript%3E"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
