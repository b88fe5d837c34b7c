"""One's own page, and the end of an account."""

import pytest

from accounts.models import OutgoingMail, User
from accounts.services import queue_mail
from companies.models import Company
from demo.factories import PASSWORD, CompanyFactory, MembershipFactory, OfferFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def close(client, user):
    return client.post("/compte/supprimer/", {"email": user.email})


def test_account_page_shows_one_s_companies_and_saves_name_and_language(client, user):
    mine, other = CompanyFactory(name="Vallat", recruiter=user), CompanyFactory(name="Sainte-Baume")
    page = client.get("/compte/").content.decode()
    assert mine.name in page
    assert other.name not in page
    client.post("/compte/", {"name": "Nora", "language": "en"})
    user.refresh_from_db()
    assert (user.name, user.language) == ("Nora", "en")


@pytest.mark.parametrize(
    ("role", "page"), [("candidate", "/"), ("recruiter", "/recruteur/offres/"), ("staff", "/equipe/")]
)
def test_signing_in_leads_to_one_s_own_desk(client, role, page):
    user = StaffFactory(factor=None) if role == "staff" else UserFactory()
    if role == "recruiter":
        CompanyFactory(recruiter=user)
    answer = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert client.get(answer.url).url == page


def test_unknown_language_is_refused_and_the_name_kept(client, user):
    answer = client.post("/compte/", {"name": "Nora", "language": "xx"})
    assert answer.context["form"].errors["language"]
    assert 'value="Nora"' in answer.content.decode()


def test_closing_deletes_the_account_its_memberships_and_its_mails(client, user):
    company = CompanyFactory(admin=UserFactory(), recruiter=user)
    queue_mail(to=user.email, subject="x", body="x")
    kept = queue_mail(to="autre@medinjob.example", subject="x", body="x")
    answer = close(client, user)
    assert answer.url == "/"
    assert not User.objects.filter(pk=user.pk).exists()
    assert company.memberships.count() == 1
    assert list(OutgoingMail.objects.all()) == [kept]
    assert client.get("/compte/").status_code == 302


def test_closing_wants_the_address_typed(client, user):
    answer = client.post("/compte/supprimer/", {"email": "autre@medinjob.example"})
    assert answer.context["form"].errors["email"]
    assert User.objects.filter(pk=user.pk).exists()


def test_looking_at_the_page_deletes_nothing(client, user):
    assert client.get("/compte/supprimer/").status_code == 200
    assert User.objects.filter(pk=user.pk).exists()


def test_last_admin_of_a_company_with_members_is_told_what_to_do_first(client, user):
    company = CompanyFactory(admin=user, recruiter=UserFactory())
    answer = close(client, user)
    assert f"administrer {company.name}" in answer.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


def test_last_admin_of_a_company_with_offers_is_told_what_to_do_first(client, user):
    offer = OfferFactory(published=True, company=CompanyFactory(admin=user))
    page = close(client, user).content.decode()
    assert f"{offer.company.name}, qui a des offres" in page
    assert User.objects.filter(pk=user.pk).exists()


def test_company_that_only_this_person_held_goes_too(client, user):
    empty, shared = CompanyFactory(admin=user), CompanyFactory(admin=user)
    MembershipFactory(company=shared, admin=True)
    others = CompanyFactory(admin=UserFactory())
    close(client, user)
    assert set(Company.objects.all()) == {shared, others}
    assert not Company.objects.filter(pk=empty.pk).exists()


def test_recruiter_of_a_company_with_offers_may_go(client, user):
    OfferFactory(published=True, company=CompanyFactory(admin=UserFactory(), recruiter=user))
    close(client, user)
    assert not User.objects.filter(pk=user.pk).exists()
