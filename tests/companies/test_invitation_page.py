"""The invited person's way, from the link in the mail to the company's page."""

import pytest

from accounts.models import OutgoingMail, User
from companies.models import Membership
from demo.factories import PASSWORD, CompanyFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    return InvitationFactory(company=CompanyFactory(name="Vallat"), email="nora@medinjob.example", token="jeton")


def test_looking_at_an_invitation_accepts_nothing(client, invitation):
    client.force_login(UserFactory(email="nora@medinjob.example"))
    assert "Accepter" in client.get("/invitation/jeton/").content.decode()
    assert not Membership.objects.exists()


def test_invited_person_accepts(client, invitation):
    client.force_login(UserFactory(email="NORA@medinjob.example"))
    answer = client.post("/invitation/jeton/")
    assert answer.url == f"/recruteur/entreprise/{invitation.company_id}/"
    assert client.get(answer.url).status_code == 200


def test_somebody_else_is_told_whose_it_is_and_cannot_accept(client, invitation):
    client.force_login(UserFactory(email="omar@medinjob.example"))
    page = client.get("/invitation/jeton/").content.decode()
    assert "omar@medinjob.example" in page
    assert "Accepter l’invitation" not in page
    assert "autre adresse" in client.post("/invitation/jeton/", follow=True).content.decode()
    assert not Membership.objects.exists()


def test_person_with_an_account_signs_in_and_comes_back(client, invitation):
    UserFactory(email="nora@medinjob.example")
    assert "/compte/login/?next=/invitation/jeton/" in client.get("/invitation/jeton/").content.decode()
    answer = client.post(
        "/compte/login/?next=/invitation/jeton/", {"login": "nora@medinjob.example", "password": PASSWORD}
    )
    assert answer.url == "/invitation/jeton/"


def test_person_without_an_account_signs_up_with_the_invited_address_and_comes_back(client, invitation):
    """The link came by mail, so the address needs no second proof."""
    assert "/compte/signup/?next=/invitation/jeton/" in client.get("/invitation/jeton/").content.decode()
    sign_up = {"email": "nora@medinjob.example", "password1": "calanque-43-bleue", "next": "/invitation/jeton/"}
    answer = client.post("/compte/signup/", sign_up)
    assert answer.url == "/invitation/jeton/"
    client.post("/invitation/jeton/")
    assert Membership.objects.get().user.email == "nora@medinjob.example"
    assert not OutgoingMail.objects.filter(subject__contains="confirmez").exists()


def test_sign_up_with_another_address_still_has_to_prove_it(client, invitation):
    client.get("/invitation/jeton/")
    sign_up = {"email": "omar@medinjob.example", "password1": "calanque-43-bleue", "next": "/invitation/jeton/"}
    assert client.post("/compte/signup/", sign_up).url == "/compte/confirm-email/"
    assert OutgoingMail.objects.filter(to="omar@medinjob.example").exists()
    assert User.objects.get().emailaddress_set.get().verified is False


def test_post_without_an_account_asks_to_sign_in(client, invitation):
    answer = client.post("/invitation/jeton/")
    assert answer.url == "/compte/login/?next=/invitation/jeton/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_expired_and_used_links_say_what_to_do(client, method):
    InvitationFactory(token="vieux", expired=True)
    assert getattr(client, method)("/invitation/inconnu/").status_code == 404
    answer = getattr(client, method)("/invitation/vieux/")
    assert answer.status_code == 410
    assert "demandez-en une autre" in answer.content.decode()


def test_link_serves_once(client, invitation):
    client.force_login(UserFactory(email="nora@medinjob.example"))
    client.post("/invitation/jeton/")
    answer = client.post("/invitation/jeton/")
    assert answer.status_code == 410
    assert "ne sert qu’une fois" in answer.content.decode()


def test_token_is_neither_cached_nor_indexed(client, invitation):
    answer = client.get("/invitation/jeton/")
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()
