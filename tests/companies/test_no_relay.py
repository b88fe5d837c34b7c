"""Nobody writes to strangers in our name: few companies, few invitations, and only of companies that are verified."""

import pytest
from django.test import Client

from accounts.models import OutgoingMail
from companies import services
from companies.errors import CompanyError
from companies.models import Company
from demo.factories import CompanyFactory, InvitationFactory, UserFactory, siret
from tests.companies.test_pages import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
NEW = "/recruteur/entreprise/nouvelle/"
MEMBERS = "/recruteur/entreprise/{}/membres/"


@pytest.fixture
def person(client):
    user = UserFactory(name="Votre conseiller https://caf.example/compte")
    client.force_login(user)
    return user


def test_three_companies_and_sixty_invitations_are_no_mail_at_all(client, person):
    for number in range(4):
        client.post(NEW, form_data(name="URGENT: votre compte CAF", siret=siret(6000 + number)))
    assert Company.objects.count() == 3
    for company in Company.objects.all():
        for number in range(20):
            client.post(MEMBERS.format(company.pk), {"email": f"n{number}@medinjob.example", "role": "recruiter"})
    assert not OutgoingMail.objects.exists()


def test_fourth_company_to_verify_is_refused_in_words_and_keeps_what_was_typed(client, person):
    CompanyFactory.create_batch(3, new=True, admin=person)
    answer = client.post(NEW, form_data(name="Calanque Quatre"))
    assert "attendez que l’équipe" in answer.content.decode()
    assert 'value="Calanque Quatre"' in answer.content.decode()


def test_verified_companies_do_not_count(client, person):
    CompanyFactory.create_batch(3, admin=person)
    assert client.post(NEW, form_data()).status_code == 302


def test_companies_of_a_day_are_few_for_a_person_and_for_a_network(client, person):
    for number in range(6):
        Company.objects.update(state="trusted")
        answer = client.post(NEW, form_data(siret=siret(6100 + number)))
    assert "réessayez demain" in answer.content.decode()
    assert Company.objects.count() == 5
    for number in range(12):
        other = Client()
        other.force_login(UserFactory())
        other.post(NEW, form_data(siret=siret(6200 + number)), REMOTE_ADDR="127.0.0.1")
    assert Company.objects.count() == 15


def test_unverified_company_is_told_what_to_do_first(client, person):
    company = CompanyFactory(new=True, admin=person)
    page = client.get(MEMBERS.format(company.pk)).content.decode()
    assert "Vous inviterez quand l’entreprise sera vérifiée" in page
    assert "Envoyer l’invitation" not in page
    waiting = InvitationFactory(company=company)
    with pytest.raises(CompanyError, match="vérifiée"):
        services.resend_invitation(invitation=waiting, by=person)


def test_person_invites_few_whatever_the_number_of_their_companies(client, person):
    companies = CompanyFactory.create_batch(3, admin=person)
    for company in companies:
        for number in range(10):
            email = f"n{company.pk}-{number}@medinjob.example"
            client.post(MEMBERS.format(company.pk), {"email": email, "role": "recruiter"})
    assert OutgoingMail.objects.count() == 20


def test_invitation_has_no_stranger_s_words_in_its_subject_and_quotes_them_in_its_text(client, person):
    company = CompanyFactory(admin=person, name="URGENT: votre compte » https://caf.example/x " + "y" * 90)
    client.post(MEMBERS.format(company.pk), {"email": "nora@medinjob.example", "role": "recruiter"})
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Une invitation à recruter sur Medinjob"
    assert "caf.example" not in mail.body
    assert "« Votre conseiller »" in mail.body
    assert "y" * 80 not in mail.body
