"""The team's list of companies and the page where it decides."""

from datetime import date

import pytest

from accounts.models import OutgoingMail
from companies.models import Company, MedinsoftMark
from demo.factories import CommissionFactory, CompanyFactory, MarkFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    client.force_login(StaffFactory(name="Sacha"))
    return client


@pytest.fixture
def company():
    return CompanyFactory(name="Vallat", new=True, admin=UserFactory(name="Nora"))


def names(answer):
    return [company.name for company in answer.context["page"]]


def test_list_puts_those_to_verify_first_the_longest_waiting_on_top(team):
    CompanyFactory(name="Vérifiée")
    CompanyFactory(name="Attend", new=True)
    CompanyFactory(name="Attend aussi", new=True)
    answer = team.get("/equipe/entreprises/")
    assert names(answer) == ["Attend", "Attend aussi", "Vérifiée"]
    assert "2 entreprises attendent" in answer.content.decode()


def test_list_filters_by_state_mark_and_words_or_siret(team):
    CompanyFactory(name="Refusée", refused=True)
    member = MarkFactory(company=CompanyFactory(name="Membre")).company
    MarkFactory(company=CompanyFactory(name="Ancien membre"), until=date(2020, 12, 31))
    assert names(team.get("/equipe/entreprises/?state=refused")) == ["Refusée"]
    assert names(team.get("/equipe/entreprises/?mark=member")) == ["Membre"]
    assert names(team.get("/equipe/entreprises/?q=ancien")) == ["Ancien membre"]
    assert names(team.get(f"/equipe/entreprises/?q={member.siret_spaced}")) == ["Membre"]


@pytest.mark.parametrize("query", ["?state=x", "?mark=x", "?page=x", "?page=99", "?q=%00", "?q=%F0%9F%A6%A6"])
def test_list_bears_any_parameter(team, company, query):
    assert team.get(f"/equipe/entreprises/{query}").status_code == 200


def test_list_runs_the_same_queries_for_one_and_three_rows(team, company, django_assert_num_queries):
    MarkFactory(company=company)
    with django_assert_num_queries(7):  # session, user, factor, to verify, count, page, marks
        team.get("/equipe/entreprises/")
    for _ in range(2):
        MarkFactory(company=CompanyFactory(admin=UserFactory()))
    with django_assert_num_queries(7):
        team.get("/equipe/entreprises/")


def test_page_leads_to_the_public_register_and_shows_members_and_history(team, company):
    page = team.get(f"/equipe/entreprises/{company.pk}/").content.decode()
    assert f"https://annuaire-entreprises.data.gouv.fr/etablissement/{company.siret}" in page
    assert "Nora" in page


def test_verify_from_the_page(team, company):
    answer = team.post(f"/equipe/entreprises/{company.pk}/verifier/", follow=True)
    assert Company.objects.get().state == "trusted"
    assert "Entreprise vérifiée" in answer.content.decode()
    assert "Sacha" in answer.content.decode()
    assert OutgoingMail.objects.count() == 1


def test_decision_goes_back_to_where_it_was_taken(team, company):
    answer = team.post(f"/equipe/entreprises/{company.pk}/verifier/", {"next": "/equipe/moderation/7/"})
    assert answer.url == "/equipe/moderation/7/"


def test_decision_never_leads_to_another_site(team, company):
    answer = team.post(f"/equipe/entreprises/{company.pk}/verifier/", {"next": "https://ailleurs.example/"})
    assert answer.url == f"/equipe/entreprises/{company.pk}/"


def test_refusal_without_a_reason_is_explained_and_nothing_happens(team, company):
    answer = team.post(f"/equipe/entreprises/{company.pk}/refuser/", {"reason": " "})
    assert answer.status_code == 422
    assert answer.context["refusal_form"].errors["reason"]
    assert Company.objects.get().state == "new"


def test_refusal_with_a_reason(team, company):
    team.post(f"/equipe/entreprises/{company.pk}/refuser/", {"reason": "Fermée au registre."})
    assert Company.objects.get().refusal_reason == "Fermée au registre."


def test_second_decision_is_told_to_reload(team, company):
    team.post(f"/equipe/entreprises/{company.pk}/verifier/")
    answer = team.post(f"/equipe/entreprises/{company.pk}/verifier/", follow=True)
    assert "déjà décidé" in answer.content.decode()


def test_mark_is_given_and_ended(team, company):
    team.post(f"/equipe/entreprises/{company.pk}/qualites/", {"mark": "member", "since": "2024-01-01"})
    mark = MedinsoftMark.objects.get()
    assert (mark.since, mark.until) == (date(2024, 1, 1), None)
    team.post(f"/equipe/entreprises/{company.pk}/qualites/{mark.pk}/terminer/")
    mark.refresh_from_db()
    assert mark.until is not None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"mark": "member", "since": "2024-13-01"}, "since"),
        ({"mark": "autre", "since": "2024-01-01"}, "mark"),
        ({"mark": "member", "since": "2024-01-01", "until": "2023-01-01"}, "until"),
        ({"mark": "member", "since": "2020-06-01"}, "since"),
    ],
)
def test_wrong_mark_is_explained_beside_its_field_and_kept_as_typed(team, company, data, field):
    MarkFactory(company=company, until=date(2020, 12, 31))
    answer = team.post(f"/equipe/entreprises/{company.pk}/qualites/", data)
    assert answer.status_code == 422
    assert answer.context["mark_form"].errors[field]
    assert f'value="{data["since"]}"' in answer.content.decode()
    assert company.marks.count() == 1


def test_mark_of_another_company_is_out_of_reach(team, company):
    other = MarkFactory()
    assert team.post(f"/equipe/entreprises/{company.pk}/qualites/{other.pk}/terminer/").status_code == 404


def test_commissions_are_chosen(team, company):
    chosen = CommissionFactory()
    team.post(f"/equipe/entreprises/{company.pk}/commissions/", {"commissions": [chosen.pk]})
    assert list(company.commissions.all()) == [chosen]
    answer = team.post(f"/equipe/entreprises/{company.pk}/commissions/", {"commissions": ["inconnue"]})
    assert answer.status_code == 422
