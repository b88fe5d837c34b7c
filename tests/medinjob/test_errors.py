"""Error pages: they answer, say why, and offer a way on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from demo.factories import StaffFactory
from medinjob import errors


def test_unknown_page_offers_a_search(client):
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()
    assert "noindex" in answer.content.decode()


def test_unknown_english_page_answers_in_english(client):
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.content.decode()


def test_refusal_says_why_and_lets_sign_in(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/equipe/")
    request.user = AnonymousUser()
    answer = errors.forbidden(request, PermissionDenied("Réservé à l’équipe."))
    assert answer.status_code == 403
    assert "Réservé à l’équipe." in answer.content.decode()
    assert "/compte/login/?next=/equipe/" in answer.content.decode()


def test_server_error_page_needs_no_database(rf, django_assert_num_queries):
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_form_without_token_is_told_how_not_to_lose_its_text():
    answer = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "Copiez-le" in answer.content.decode()


def test_too_many_requests_says_to_wait(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    answer = errors.too_many_requests(request)
    assert answer.status_code == 429
    assert "Attendez quelques minutes" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/b/%00/", "/candidature/reprendre/a%00/", "/forum/inscription/%00/badge.pdf"])
def test_address_with_a_nul_is_of_no_page(client, address):
    assert client.get(address).status_code == 404


NUL_ASKED = dict.fromkeys(("q", "place", "company", "state", "offer", "text", "next", "draft", "email"), "a\x00b")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/offres/", "/formations/", "/entreprises/", "/api/v1/offers/", "/suggestions/"])
def test_question_with_a_nul_is_answered(client, address):
    assert client.get(address, NUL_ASKED).status_code in {200, 400}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["staff-home", "moderation-queue", "mail-outbox", "inbox", "recruiter-offers", "my-applications", "ledger"]
)
def test_list_asked_with_a_nul_is_answered(client, name):
    client.force_login(StaffFactory())
    assert client.get(reverse(name), NUL_ASKED).status_code in {200, 302, 400}
