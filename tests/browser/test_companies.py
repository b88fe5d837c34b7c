"""Companies, members and mails in a browser: the states that a bare address does not show, and whole journeys."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import OutgoingMail, User
from companies.models import Company, Membership
from demo.factories import (
    CommissionFactory,
    CommuneFactory,
    CompanyFactory,
    InvitationFactory,
    MarkFactory,
    MembershipFactory,
    SectorFactory,
    StaffFactory,
    UserFactory,
    siret,
)
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin():
    return UserFactory(name="Mireille Exemple")


def test_company_is_signed_up_with_its_mistakes_said_on_the_way(page_at, admin):
    CommuneFactory(aix=True)
    SectorFactory(label="Cybersécurité")
    page = page_at("/recruteur/entreprise/nouvelle/", user=admin)
    page.get_by_label("Nom").fill("Ateliers du Vallat")
    page.get_by_label("SIRET").fill("123")
    page.get_by_role("combobox", name="Commune").fill("Atlantide")
    page.get_by_role("button", name="Inscrire l’entreprise").click()
    expect(page.get_by_role("alert")).to_contain_text("2 points sont à revoir")
    assert_accessible(page)

    page.get_by_label("SIRET").fill(siret(6000))
    page.get_by_role("combobox", name="Commune").fill("Aix-en-Provence")
    page.get_by_label("Cybersécurité").check()
    page.get_by_role("button", name="Inscrire l’entreprise").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ateliers du Vallat")
    assert_accessible(page)


def test_commune_is_suggested_while_typing(page_at, admin):
    CommuneFactory(aix=True)
    page = page_at("/recruteur/entreprise/nouvelle/", 360, user=admin)
    page.get_by_role("combobox", name="Commune").press_sequentially("aix", delay=20)
    page.get_by_role("option", name=re.compile("Aix-en-Provence")).click()
    expect(page.get_by_role("combobox", name="Commune")).to_have_value(re.compile("Aix-en-Provence"))


def test_company_already_here_leads_to_an_invitation(page_at, admin):
    CommuneFactory(aix=True)
    CompanyFactory(admin=UserFactory(), siret=siret(6001))
    page = page_at("/recruteur/entreprise/nouvelle/", user=admin)
    page.get_by_label("SIRET").fill(siret(6001))
    page.get_by_role("button", name="Inscrire l’entreprise").click()
    expect(page.get_by_role("button", name="Demander une invitation")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Demander une invitation").click()
    expect(page.get_by_text("votre demande est partie")).to_be_visible()
    assert OutgoingMail.objects.count() == 1


def test_second_editor_compares_then_saves(page_at, admin):
    company = CompanyFactory(admin=admin)
    page = page_at(f"/recruteur/entreprise/{company.pk}/modifier/", user=admin)
    Company.objects.update(version=5, description="Le texte d’Anna")
    page.get_by_label("Présentation").fill("Le texte de Mireille")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le texte d’Anna")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(company.name)
    assert Company.objects.get().description == "Le texte de Mireille"


@pytest.mark.parametrize("trait", ["new", "refused"])
def test_company_that_is_not_public_is_accessible_on_every_screen(page_at, admin, trait):
    company = CompanyFactory(**{trait: True}, admin=admin)
    assert_accessible(page_at(f"/recruteur/entreprise/{company.pk}/", user=admin))


def test_members_are_handled_from_their_menu_without_script_too(page_at, admin):
    company = CompanyFactory(admin=admin)
    nora = MembershipFactory(company=company, user__name="Nora Exemple")
    InvitationFactory(company=company, expired=True)
    page = page_at(f"/recruteur/entreprise/{company.pk}/membres/", 360, user=admin, script=False)
    page.get_by_role("button", name="Actions Nora Exemple").click()
    page.get_by_role("button", name=re.compile("Administration")).click()
    assert Membership.objects.get(pk=nora.pk).role == "admin"
    page.get_by_role("button", name="Actions Nora Exemple").click()
    page.get_by_role("link", name="Retirer de l’entreprise").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("n’a plus accès")).to_be_visible()
    assert list(company.memberships.values_list("user", flat=True)) == [admin.pk]


def test_open_menu_of_a_member_is_accessible_on_every_screen(page_at, admin):
    company = CompanyFactory(admin=admin)
    MembershipFactory(company=company, user__name="Nora Exemple")
    page = page_at(f"/recruteur/entreprise/{company.pk}/membres/", user=admin)
    page.get_by_role("button", name="Actions Nora Exemple").click()
    assert_accessible(page)


@pytest.mark.parametrize("case", ["mine", "another", "known", "over"])
def test_invitation_is_accessible_on_every_screen_for_everybody(page_at, admin, case):
    invitation = InvitationFactory(expired=case == "over")
    owner = UserFactory(email=invitation.email) if case in {"mine", "known"} else None
    page = page_at(f"/invitation/{invitation.token}/", user={"mine": owner, "another": admin}.get(case))
    assert_accessible(page)


def test_invited_person_without_an_account_becomes_a_member(page_at):
    invitation = InvitationFactory()
    page = page_at(f"/invitation/{invitation.token}/", 360)
    page.get_by_role("link", name="Créer mon compte").click()
    expect(page.get_by_label("E-mail")).to_have_value(invitation.email)
    page.get_by_label("Mot de passe").fill("calanque-de-sormiou")
    page.get_by_role("button", name="Créer mon compte").click()
    page.get_by_role("button", name="Accepter l’invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(invitation.company.name)


def test_signed_in_as_somebody_else_one_changes_account_and_comes_back(page_at, admin):
    invitation = InvitationFactory()
    page = page_at(f"/invitation/{invitation.token}/", user=admin)
    page.get_by_role("button", name="Changer de compte").click()
    expect(page.get_by_role("link", name="Créer mon compte")).to_be_visible()


def test_sign_up_works_on_a_laptop_without_mail_server(page_at, settings):
    settings.MAIL_READ_HERE = True
    page = page_at("/compte/signup/")
    page.get_by_label("E-mail").fill("nora@medinjob.example")
    page.get_by_label("Mot de passe").fill("calanque-de-sormiou")
    page.get_by_role("button", name="Créer mon compte").click()
    page.get_by_role("link", name="Courriels").click()

    team = page_at("/equipe/courriels/", user=StaffFactory())
    assert_accessible(team)
    team.get_by_role("link", name=re.compile("Bienvenue")).click()
    assert_accessible(team)
    link = team.locator(".mail-text a").first.get_attribute("href")

    page = page_at(re.sub(r"^https?://[^/]+", "", link))
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    assert User.objects.get(email="nora@medinjob.example").emailaddress_set.get().verified


def test_team_s_page_of_a_company_with_its_forms_open_is_accessible_on_every_screen(page_at):
    company = MarkFactory(company=CompanyFactory(new=True, admin=UserFactory())).company
    CommissionFactory.create_batch(3)
    page = page_at(f"/equipe/entreprises/{company.pk}/", user=StaffFactory())
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    page.get_by_role("button", name="Refuser", exact=True).click()
    expect(page.get_by_text("Ce champ est obligatoire").first).to_be_visible()
    assert_accessible(page)


def test_account_that_may_not_close_is_accessible_on_every_screen(page_at, admin):
    CompanyFactory(admin=admin, recruiter=UserFactory())
    assert_accessible(page_at("/compte/supprimer/", user=admin))
