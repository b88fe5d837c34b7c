"""The offers of the read API."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.throttling import AnonRateThrottle

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, SessionFactory, TrainingFactory

pytestmark = pytest.mark.django_db
OFFERS = "/api/v1/offers/"


def test_list_answers_as_the_page_does(client, index):
    company = CompanyFactory(name="Atelier Calanque", slug="atelier-calanque")
    offer = OfferFactory(published=True, title="Développeuse Django", company=company, place=CommuneFactory(aix=True))
    OfferFactory(published=True, title="Comptable")
    OfferFactory(paused=True, title="Développeuse Django en pause")
    index()
    answer = client.get(OFFERS, {"q": "django"}).json()
    assert (answer["count"], answer["next"], answer["previous"]) == (1, None, None)
    (result,) = answer["results"]
    assert result["id"] == offer.pk
    assert result["title"] == "Développeuse Django"
    assert result["company"] == "Atelier Calanque"
    assert result["company_slug"] == "atelier-calanque"
    assert result["url"] == f"http://testserver{offer.get_absolute_url()}"
    assert result["pay"] == {
        "min": 38000.0,
        "max": 45000.0,
        "unit": "year",
        "yearly_min": 38000,
        "yearly_max": 45000,
    }
    assert result["places"][0]["label"] == "Aix-en-Provence"
    assert answer["facets"]["contract"] == [{"value": "cdi", "label": "CDI", "count": 1, "selected": False}]


def test_list_gives_the_address_of_the_next_and_previous_pages(client, index):
    OfferFactory.create_batch(3, published=True)
    index()
    first = client.get(OFFERS, {"page_size": 2, "contract": "cdi"}).json()
    assert first["next"] == "http://testserver/api/v1/offers/?contract=cdi&page=2&page_size=2"
    second = client.get(first["next"]).json()
    assert second["next"] is None
    assert second["previous"] == "http://testserver/api/v1/offers/?contract=cdi&page_size=2"
    assert {row["id"] for row in first["results"]}.isdisjoint(row["id"] for row in second["results"])


@pytest.mark.parametrize(("asked", "given"), [("0", 3), ("-1", 3), ("dix", 3), ("2", 2), ("9" * 5000, 3), ("²", 3)])
def test_page_size_is_bounded_and_nonsense_is_the_default(client, index, asked, given):
    OfferFactory.create_batch(3, published=True)
    index()
    assert len(client.get(OFFERS, {"page_size": asked}).json()["results"]) == given


@pytest.mark.parametrize("page", ["2", "0", "-1", "un", "99999999"])
def test_page_that_does_not_exist_is_said(client, index, page):
    OfferFactory(published=True)
    index()
    response = client.get(OFFERS, {"page": page})
    assert (response.status_code, response.json()) == (404, {"detail": "Page non valide."})


def test_values_that_mean_nothing_are_ignored_and_said(client, index):
    OfferFactory(published=True)
    index()
    answer = client.get(OFFERS, {"contract": ["cdi", "bail"], "since": "hier", "place": "Atlantide"}).json()
    assert answer["count"] == 1
    assert answer["ignored"] == [
        {"name": "contract", "value": "bail"},
        {"name": "since", "value": "hier"},
        {"name": "place", "value": "Atlantide"},
    ]


def test_offer_is_read_whole(client):
    training = TrainingFactory(published=True, text="## Programme\n\n<script>alert(1)</script>")
    SessionFactory(offer=training)
    answer = client.get(f"{OFFERS}{training.pk}/").json()
    assert answer["hours"] == 700
    assert answer["funding"] == ["cpf", "region"]
    assert len(answer["sessions"]) == 1
    assert answer["text"] == training.text
    assert "<h3>Programme</h3>" in answer["text_html"]
    assert "<script>" not in answer["text_html"]


def test_offer_and_result_agree(client, index):
    offer = OfferFactory(published=True, place=CommuneFactory(aix=True))
    index()
    result = client.get(OFFERS).json()["results"][0]
    detail = client.get(result["api_url"]).json()
    assert {name: value for name, value in result.items() if name not in {"place", "distance_km"}} == {
        name: detail[name] for name in result if name not in {"place", "distance_km"}
    }
    assert detail["updated_at"] == timezone.localtime(offer.updated_at).isoformat()


@pytest.mark.parametrize(
    ("trait", "status"),
    [("expired", 410), ("filled", 410), ("withdrawn", 410), ("overdue", 410), ("paused", 404), ("in_review", 404),
     ("rejected", 404)],
)  # fmt: skip
def test_offer_that_is_not_open_answers_by_its_state(client, trait, status):
    response = client.get(f"{OFFERS}{OfferFactory(**{trait: True}).pk}/")
    assert response.status_code == status
    assert "title" not in response.json()


def test_unknown_offer_is_said_in_json(client):
    assert client.get(f"{OFFERS}999/").json() == {"detail": "Non trouvé."}


def test_double_leads_to_the_offer_shown(client):
    shown = OfferFactory(published=True)
    response = client.get(f"{OFFERS}{OfferFactory(published=True, duplicate_of=shown).pk}/")
    assert (response.status_code, response["Location"]) == (301, f"{OFFERS}{shown.pk}/")


def test_api_is_read_only(client):
    assert client.post(OFFERS).status_code == 405
    assert client.delete(f"{OFFERS}1/").status_code == 405


@pytest.mark.usefixtures("still")
def test_too_many_requests_are_told_when_to_come_back(client, index, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    cache.clear()
    index()
    answers = [client.get(OFFERS) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60


@pytest.mark.usefixtures("still")
def test_throttle_counts_a_home_as_one(client, index, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "1/min"})
    index()
    codes = [client.get(OFFERS, REMOTE_ADDR=f"2001:db8::{end}").status_code for end in (1, 2)]
    assert [*codes, client.get(OFFERS, REMOTE_ADDR="2001:db8:0:1::1").status_code] == [200, 429, 200]


@pytest.mark.usefixtures("still")
def test_throttle_does_not_believe_the_address_that_a_client_gives(client, index, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "1/min"})
    cache.clear()
    index()
    client.get(OFFERS, headers={"X-Forwarded-For": "1.1.1.1"})
    assert client.get(OFFERS, headers={"X-Forwarded-For": "2.2.2.2"}).status_code == 429


def test_answer_depends_on_no_session(client, index):
    index()
    response = client.get(OFFERS)
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


def test_list_asks_the_database_as_little_for_three_offers_as_for_one(client, index, django_assert_num_queries):
    for _ in range(2):
        OfferFactory(published=True)
        index()
        client.get(OFFERS)
        with django_assert_num_queries(0):
            client.get(OFFERS)


def test_offer_asks_the_database_a_fixed_number_of_times(client, django_assert_num_queries):
    offer = OfferFactory(published=True, places=[CommuneFactory(aix=True), CommuneFactory(gap=True)])
    with django_assert_num_queries(9):
        client.get(f"{OFFERS}{offer.pk}/")


@pytest.mark.parametrize("rest", ["", "rien/", "editions/a%0Ab/report/"])
def test_unknown_address_of_the_api_is_said_in_json(client, rest):
    response = client.get(f"/api/v1/{rest}")
    assert (response.status_code, response.json()) == (404, {"detail": "Non trouvé."})


@pytest.mark.parametrize("address", ["/api/v1/docs/", "/en/api/v1/docs/"])
def test_api_is_explained_on_a_page(client, address):
    html = client.get(address).content.decode()
    for said in ("/api/v1/offers/{offer_id}/", "pay_min", "results[].company_slug", "professionnalisation", "429"):
        assert said in html


def test_schema_cannot_be_told_its_version_or_language(client):
    assert client.get("/api/v1/schema/", {"version": "1\r\nX-Evil: 1", "lang": "\0"}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "language", "page", "label", "detail"),
    [
        ("en-GB,en;q=0.9,fr;q=0.8", "en", "/en/offres/", "Permanent (CDI)", "Invalid page."),
        ("de, fr;q=0.5, en;q=0.2", "fr", "/offres/", "CDI", "Page non valide."),
        ("de", "fr", "/offres/", "CDI", "Page non valide."),
        (";;q=x", "fr", "/offres/", "CDI", "Page non valide."),
        ("", "fr", "/offres/", "CDI", "Page non valide."),
    ],
)
def test_labels_links_and_errors_are_in_the_language_asked_for(client, index, asked, language, page, label, detail):
    OfferFactory(published=True)
    index()
    headers = {"Accept-Language": asked} if asked else {}
    response = client.get(OFFERS, headers=headers)
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]
    answer = response.json()
    assert answer["facets"]["contract"][0]["label"] == label
    assert answer["results"][0]["url"].startswith(f"http://testserver{page}")
    assert client.get(OFFERS, {"page": 9}, headers=headers).json() == {"detail": detail}


def test_what_one_asks_in_english_the_next_does_not_get(client, index):
    OfferFactory(published=True)
    index()
    english = client.get(OFFERS, headers={"Accept-Language": "en"}).json()
    french = client.get(OFFERS).json()
    assert (english["results"][0]["url"], french["results"][0]["url"]) == tuple(
        f"http://testserver{prefix}/offres/{path}"
        for prefix in ("/en", "")
        for path in [french["results"][0]["url"].rpartition("/offres/")[2]]
    )


def test_schema_is_written_in_the_language_asked_for(client):
    french, english = (
        client.get("/api/v1/schema/", headers={"Accept-Language": code}).content for code in ("fr", "en")
    )
    assert b"Chercher des offres" in french
    assert b"Chercher des offres" not in english


def test_words_are_searched_as_typed_when_asked(client, index):
    OfferFactory.create_batch(3, published=True, title="Développeur Kubernetes")
    index()
    meant = client.get(OFFERS, {"q": "kubernets"}).json()
    typed = client.get(OFFERS, {"q": "kubernets", "spelling": "typed"}).json()
    assert (meant["count"], meant["corrected_query"]) == (3, "kubernetes")
    assert (typed["count"], typed["corrected_query"]) == (0, None)
