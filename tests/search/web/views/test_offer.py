"""The page of an offer, for whom and in which state, and what is said of it to search engines."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    MarkFactory,
    OccupationFactory,
    OfferFactory,
    SessionFactory,
    SkillFactory,
    StaffFactory,
    TrainingFactory,
    UserFactory,
)
from jobs.models import Offer, OfferAudience
from medinjob.lib.public_pages import forget_pages
from tests.reading import offer_titles, structured_data, text

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def test_page_says_the_facts_then_the_text(client):
    offer = OfferFactory(
        published=True,
        title="Développeuse Django",
        company=CompanyFactory(name="Atelier Calanque"),
        place=CommuneFactory(aix=True),
        skills=[SkillFactory(label="PostgreSQL")],
        job__starts_on=date(2027, 1, 4),
        job__open_positions=2,
    )
    said = text(client.get(offer.get_absolute_url()))
    assert "Atelier Calanque · Aix-en-Provence" in said
    assert "Contrat CDI Rémunération 38 000 à 45 000 € par an Lieu Aix-en-Provence" in said
    assert "Début 4 janvier 2027 Postes 2" in said
    assert said.index("Rémunération") < said.index("Concevoir et maintenir")
    assert "PostgreSQL" in said


def test_training_says_its_sessions_and_funding(client):
    training = TrainingFactory(published=True)
    SessionFactory(offer=training, starts_on=date(2099, 1, 12), places_left=0)
    SessionFactory(offer=training, past=True, commune=CommuneFactory(gap=True))
    said = text(client.get(training.get_absolute_url()))
    assert "du 12 janvier 2099 au" in said
    assert "complet" in said
    assert "Gap" not in said
    assert "Financement CPF, Région" in said


def test_wrong_words_in_the_address_lead_to_the_right_ones(client):
    offer = OfferFactory(published=True)
    response = client.get(f"/offres/{offer.pk}-autre-chose/")
    assert (response.status_code, response["Location"]) == (301, offer.get_absolute_url())


def test_double_leads_to_the_offer_shown(client):
    shown = OfferFactory(published=True)
    double = OfferFactory(published=True, duplicate_of=shown)
    response = client.get(double.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, shown.get_absolute_url())


@pytest.mark.parametrize(
    ("trait", "status"),
    [("expired", 410), ("filled", 410), ("overdue", 410), ("withdrawn", 410), ("paused", 404), ("in_review", 404),
     ("rejected", 404), (None, 404)],
)  # fmt: skip
def test_offer_that_is_not_open_answers_by_its_state(client, trait, status):
    offer = OfferFactory(**({trait: True} if trait else {}), text="Un texte qui n'est plus public")
    response = client.get(offer.get_absolute_url())
    assert response.status_code == status
    assert "plus public" not in text(response)


def test_withdrawn_draft_was_never_public(client):
    offer = OfferFactory(withdrawn=True)
    Offer.objects.update(published_at=None)
    assert client.get(offer.get_absolute_url()).status_code == 404


def test_refused_company_has_no_public_offer(client):
    offer = OfferFactory(published=True, company=CompanyFactory(refused=True))
    assert client.get(offer.get_absolute_url()).status_code == 404


def test_ended_offer_shows_similar_ones(client, index):
    ended = OfferFactory(expired=True, title="Développeur Django senior")
    OfferFactory(published=True, title="Développeuse Django")
    index()
    response = client.get(ended.get_absolute_url())
    assert "Cette offre a expiré" in text(response)
    assert offer_titles(response) == ["Développeuse Django"]


@pytest.mark.parametrize("trait", ["in_review", "paused", "rejected", "expired"])
def test_members_and_staff_see_all_states_with_a_banner(client, trait):
    company = CompanyFactory(recruiter=UserFactory())
    offer = OfferFactory(**{trait: True}, company=company)
    for user in (company.members.get(), StaffFactory()):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        response = client.get(offer.get_absolute_url())
        assert response.status_code == 200
        assert "cette page n’est pas publique" in text(response)
        assert "noindex" in response.content.decode()


def test_members_of_another_company_see_what_the_public_sees(client):
    client.force_login(
        CompanyFactory(recruiter=UserFactory()).members.get(),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(OfferFactory(in_review=True).get_absolute_url()).status_code == 404


def test_visit_is_counted_once_for_a_person_and_not_for_a_robot(client):
    offer = OfferFactory(published=True)
    client.get(offer.get_absolute_url(), headers=BROWSER)
    client.get(offer.get_absolute_url(), headers={"User-Agent": "Googlebot/2.1"})
    client.head(offer.get_absolute_url(), headers=BROWSER)
    assert OfferAudience.objects.get(offer=offer).views == 1


def test_apply_button_leads_out_where_the_offer_says(client):
    offer = OfferFactory(published=True, external=True)
    html = client.get(offer.get_absolute_url()).content.decode()
    assert f'href="/offres/{offer.pk}/postuler/"' in html
    assert "Postuler sur le site de l’employeur" in html


def test_imported_offer_names_its_source_and_its_dates(client):
    offer = OfferFactory(
        published=True,
        imported=True,
        source_id="199ABCD",
        source_published_at=timezone.make_aware(timezone.datetime(2026, 10, 3)),
    )
    said = text(client.get(offer.get_absolute_url()))
    assert "Employeur importé" in said
    assert "Offre de France Travail n° 199ABCD. Parue le 3 octobre 2026." in said
    assert "Postuler sur France Travail" in said


def test_results_that_one_comes_from_are_one_link_away(client):
    offer = OfferFactory(published=True)
    for came_from, back in [
        ("http://testserver/offres/?q=python&page=2", "/offres/?q=python&amp;page=2"),
        ("http://testserver/formations/?funding=cpf", "/formations/?funding=cpf"),
    ]:
        html = client.get(offer.get_absolute_url(), headers={"Referer": came_from}).content.decode()
        assert f'<a href="{back}">Retour aux résultats</a>' in html
    for came_from in (
        "https://ailleurs.example/offres/?q=python",
        "http://testserver/rien/",
        "http://[",
        "javascript:1",
    ):
        html = client.get(offer.get_absolute_url(), headers={"Referer": came_from}).content.decode()
        assert "Retour aux résultats" not in html


def test_job_shows_similar_offers_and_the_trainings_of_its_occupation(client, index):
    data = OccupationFactory(data=True)
    offer = OfferFactory(published=True, title="Data scientist", occupations=[data])
    OfferFactory(published=True, title="Data scientist junior", occupations=[data])
    TrainingFactory(published=True, title="Devenir data scientist", occupations=[data])
    TrainingFactory(published=True, title="Devenir développeur", occupations=[OccupationFactory(web=True)])
    index()
    response = client.get(offer.get_absolute_url())
    assert "Se former à ce métier" in text(response)
    assert offer_titles(response) == ["Devenir data scientist", "Data scientist junior"]


def test_page_asks_the_database_as_much_for_many_rows_as_for_few(client, index, django_assert_num_queries):
    few = OfferFactory(published=True, place=CommuneFactory(aix=True), skills=[SkillFactory()])
    many = OfferFactory(
        published=True,
        places=[CommuneFactory(aix=True), CommuneFactory(gap=True), CommuneFactory(nice=True)],
        skills=SkillFactory.create_batch(3),
    )
    index()
    client.get(few.get_absolute_url())
    forget_pages()
    with django_assert_num_queries(8):
        client.get(few.get_absolute_url())
    with django_assert_num_queries(8):
        client.get(many.get_absolute_url())


def test_structured_data_of_a_job_has_what_search_engines_ask(client):
    offer = OfferFactory(
        published=True,
        title="Développeuse </script><script>alert(1)</script>",
        company=CompanyFactory(name="Atelier", website="https://atelier.example"),
        place=CommuneFactory(aix=True),
        job__contract="cdd",
    )
    data = structured_data(client.get(offer.get_absolute_url()))
    assert data["@type"] == "JobPosting"
    assert data["title"] == offer.title
    assert data["datePosted"] == timezone.localdate(offer.published_at).isoformat()
    assert data["validThrough"] == offer.expires_at.isoformat()
    assert data["employmentType"] == ["FULL_TIME", "TEMPORARY"]
    assert data["hiringOrganization"]["name"] == "Atelier"
    assert data["jobLocation"][0]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Aix-en-Provence",
        "postalCode": "13080",
        "addressRegion": "Provence-Alpes-Côte d'Azur",
        "addressCountry": "FR",
    }
    assert data["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 38000.0,
        "maxValue": 45000.0,
        "unitText": "YEAR",
    }
    assert "<p>" in data["description"]


def test_structured_data_of_a_remote_job_without_employer(client):
    offer = OfferFactory(
        published=True, imported=True, employer_name="", job__remote="full", job__pay_min=None, job__pay_max=None
    )
    data = structured_data(client.get(offer.get_absolute_url()))
    assert data["jobLocationType"] == "TELECOMMUTE"
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "France"}
    assert data["hiringOrganization"] == "confidential"
    assert "baseSalary" not in data


def test_structured_data_of_a_training_is_a_course(client):
    training = TrainingFactory(published=True, training__price=0)
    SessionFactory(offer=training, starts_on=date(2099, 1, 12), modality="mixed")
    data = structured_data(client.get(training.get_absolute_url()))
    assert data["@type"] == "Course"
    assert data["offers"]["category"] == "Free"
    assert data["hasCourseInstance"][0]["courseMode"] == "Blended"
    assert data["hasCourseInstance"][0]["startDate"] == "2099-01-12"


def test_page_has_one_address_in_each_language(client):
    path = OfferFactory(published=True).get_absolute_url()
    html = client.get(f"/en{path}").content.decode()
    assert f'rel="canonical" href="http://localhost:8000/en{path}"' in html
    assert f'hreflang="fr" href="http://localhost:8000{path}"' in html
    assert f'hreflang="x-default" href="http://localhost:8000{path}"' in html


def test_text_of_an_offer_is_never_a_script(client):
    evil = '<script>alert(1)</script>[x](javascript:alert(1))<img src=x onerror="alert(1)">'
    offer = OfferFactory(
        published=True,
        title=evil,
        text=evil,
        other_skills=[evil],
        company=CompanyFactory(name=evil, description=evil),
        job__pay_text=evil,
    )
    html = client.get(offer.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html


def test_marks_in_force_are_shown_and_past_ones_are_not(client):
    company = CompanyFactory()
    MarkFactory(company=company, partner=True, until=timezone.localdate() - timedelta(days=1))
    MarkFactory(company=company)
    said = text(client.get(OfferFactory(published=True, company=company).get_absolute_url()))
    assert "Membre Medinsoft" in said
    assert "Partenaire Medinsoft" not in said


def test_a_job_on_site_without_a_place_is_no_job_posting(client, index):
    offer = OfferFactory(published=True, places=[], job__remote="none")
    assert "ld+json" not in client.get(offer.get_absolute_url()).text


def test_a_job_at_monaco_is_in_monaco(client, index):
    offer = OfferFactory(published=True, place=CommuneFactory(monaco=True))
    address = structured_data(client.get(offer.get_absolute_url()))["jobLocation"][0]["address"]
    assert (address["addressLocality"], address["addressCountry"]) == ("Monaco", "MC")
    assert "addressRegion" not in address
