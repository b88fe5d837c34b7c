"""What is proposed while one types."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.factories import CommuneFactory, CompanyFactory, OccupationFactory, OfferFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(client, index):
    company = CompanyFactory(name="Devoteam Sud", slug="devoteam-sud")
    OccupationFactory(code="M1855", label="Développeur / Développeuse web")
    OfferFactory(
        published=True,
        title="Développeur DevSecOps",
        company=company,
        skills=[SkillFactory(label="DevSecOps")],
        place=CommuneFactory(aix=True),
    )
    index()
    return lambda **query: client.get("/suggestions/", query).json()["results"]


def test_words_are_occupations_skills_and_companies(suggested):
    found = {(row["kind"], row["label"].lower(), row["kind_label"]) for row in suggested(q="dev")}
    assert found == {
        ("occupation", "développeur web", "Métier"),
        ("skill", "devsecops", "Compétence"),
        ("company", "devoteam sud", "Entreprise"),
    }


def test_places_are_communes(suggested):
    (row,) = suggested(q="aix", kinds="commune")
    assert (row["kind"], row["label"]) == ("commune", "Aix-en-Provence (13)")


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": " "}, {"q": "d"}, {"q": "zzzz"}, {"q": "dev", "kinds": "x"}])
def test_nothing_to_propose_is_an_empty_list_or_all_kinds(suggested, query):
    assert len(suggested(**query)) == (3 if query.get("kinds") else 0)


def test_same_prefix_is_asked_once_by_a_browser(client, index):
    index()
    response = client.get("/suggestions/?q=dev")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120), kind=st.sampled_from(["", "commune", "company"]))
def test_nothing_typed_breaks_it(suggested, text, kind):
    assert isinstance(suggested(q=text, kinds=kind), list)
