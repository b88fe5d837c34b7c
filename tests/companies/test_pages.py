"""What recruiters see and send."""

import pytest
from django.test import Client

from accounts.models import OutgoingMail
from companies.models import Company, Membership
from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    InvitationFactory,
    MarkFactory,
    MembershipFactory,
    SectorFactory,
    UserFactory,
    siret,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory()


@pytest.fixture
def company(admin):
    return CompanyFactory(name="Vallat", admin=admin)


@pytest.fixture
def browser(client, admin) -> Client:
    """Signed in as the company's administrator."""
    client.force_login(admin)
    return client


def form_data(**changes):
    CommuneFactory(aix=True)
    return {"name": "Vallat", "siret": siret(5000), "commune": "Aix-en-Provence", "version": "0", **changes}


def manage(company, page=""):
    return f"/recruteur/entreprise/{company.pk}/{page}"


def test_sign_up_of_a_company_leads_to_its_page(browser):
    sector = SectorFactory()
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(sectors=[sector.pk], website="vallat.example"))
    company = Company.objects.get()
    assert (answer.status_code, answer.url) == (302, manage(company))
    assert (company.commune.name, company.website) == ("Aix-en-Provence", "https://vallat.example")
    assert "Prochaine étape" in browser.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Indiquez le SIRET"),
        ("0" * 14, "que de zéros"),
        ("000 000 000 00000", "que de zéros"),
        ("12345", "en a 5"),
        ("732829320", "Voici un SIREN"),
        ("73282932000073", "un chiffre est faux"),
        ("7328293200007X", "que des chiffres"),
        ("0" * 31, "au plus 30"),
    ],
)
def test_wrong_siret_is_explained_beside_its_field_and_nothing_is_lost(browser, typed, said):
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(siret=typed, description="Tout ce texte."))
    assert answer.status_code == 200
    [error] = answer.context["form"].errors["siret"]
    assert said in error
    assert "Tout ce texte." in answer.content.decode()
    assert not Company.objects.exists()


@pytest.mark.parametrize("typed", ["732 829 320 00074", "732.829.320.00074", " 73282932000074 "])
def test_siret_is_accepted_as_people_write_it(browser, typed):
    browser.post("/recruteur/entreprise/nouvelle/", form_data(siret=typed))
    assert Company.objects.get().siret == "73282932000074"


def test_siret_of_la_poste_follows_its_own_rule(browser):
    browser.post("/recruteur/entreprise/nouvelle/", form_data(siret="35600000000015"))
    assert Company.objects.get().siret == "35600000000015"


def test_unknown_commune_is_explained(browser):
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(commune="Atlantide"))
    assert "code postal" in answer.context["form"].errors["commune"][0]


def test_department_is_not_a_commune(browser):
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(commune="Bouches-du-Rhône"))
    assert "commune" in answer.context["form"].errors


def test_siret_already_here_offers_to_ask_for_an_invitation_without_naming_anybody(browser):
    there = CompanyFactory(name="Calanque Secrète", admin=UserFactory(name="Zoé"), siret=siret(5001))
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(siret=siret(5001)))
    page = answer.content.decode()
    assert "déjà inscrite" in page
    assert "/recruteur/entreprise/rejoindre/" in page
    assert there.name not in page
    assert "Zoé" not in page


def test_asking_for_an_invitation_answers_the_same_for_a_stranger(browser):
    CompanyFactory(admin=UserFactory(), siret=siret(5001))
    answers = [browser.post("/recruteur/entreprise/rejoindre/", {"siret": siret(n)}) for n in (5001, 5002)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/recruteur/offres/")] * 2
    assert OutgoingMail.objects.count() == 1


def test_asking_for_invitations_is_limited(browser):
    codes = [browser.post("/recruteur/entreprise/rejoindre/", {"siret": siret(n)}).status_code for n in range(6)]
    assert codes == [302] * 5 + [403]


def test_page_of_a_company_says_who_it_is_and_what_comes_next(browser, company):
    MarkFactory(company=company)
    InvitationFactory(company=company, email="attendue@medinjob.example")
    page = browser.get(manage(company)).content.decode()
    assert company.siret_spaced in page
    assert "Membre Medinsoft" in page
    assert "attendue@medinjob.example" in page
    assert "Prochaine étape" not in page


def test_page_of_a_refused_company_gives_the_reason(browser, admin):
    company = CompanyFactory(refused=True, admin=admin)
    assert company.refusal_reason in browser.get(manage(company)).content.decode()


def test_description_is_shown_as_safe_markdown(browser, company):
    company.description = "**Gras** <script>alert(1)</script>"
    company.save()
    page = browser.get(manage(company)).content.decode()
    assert "<strong>Gras</strong>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("typed", ["Monaco", "monaco", "98000 Monaco", "98000", "Principauté de Monaco", "MC 98000"])
def test_company_of_monaco_signs_up_without_a_siret(browser, typed):
    answer = browser.post("/recruteur/entreprise/nouvelle/", form_data(siret="", commune=typed))
    company = Company.objects.get()
    assert (answer.status_code, company.country, company.siret, company.commune) == (302, "MC", None, None)
    assert "entreprise de Monaco" in browser.get(answer.url).text
    assert 'value="Monaco"' in browser.get(manage(company, "modifier/")).text


def test_edit_shows_what_is_there_and_saves(browser, company):
    assert "Aix-en-Provence (13)" in browser.get(manage(company, "modifier/")).content.decode()
    answer = browser.post(manage(company, "modifier/"), form_data(name="Vallat & Fils", siret=company.siret))
    assert answer.status_code == 302
    page = browser.get(manage(company)).text
    assert "« Vallat &amp; Fils »" in page
    assert 'value="Vallat &amp; Fils"' in browser.get(manage(company, "modifier/")).text
    company.refresh_from_db()
    assert (company.name, company.proposed_identity.name, company.version) == ("Vallat", "Vallat & Fils", 1)


def test_second_editor_is_told_what_changed_keeps_what_was_typed_and_may_save(browser, company):
    sector = SectorFactory()
    Company.objects.update(version=1, description="Par Anna")
    typed = form_data(siret=company.siret, description="Par Bruno", sectors=[sector.pk])
    answer = browser.post(manage(company, "modifier/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Par Anna" in page
    assert "Par Bruno" in page
    assert Company.objects.get().description == "Par Anna"
    assert answer.context["form"]["sectors"].value() == [sector.pk] or answer.context["form"]["sectors"].value() == [
        str(sector.pk)
    ]
    browser.post(manage(company, "modifier/"), {**typed, "version": answer.context["form"]["version"].value()})
    assert Company.objects.get().description == "Par Bruno"


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_edit_with_a_broken_version_never_overwrites(browser, company, version):
    Company.objects.update(version=3)
    answer = browser.post(manage(company, "modifier/"), form_data(siret=company.siret, name="Écrasé", version=version))
    assert answer.status_code == 200
    assert Company.objects.get().name == "Vallat"


def test_recruiter_sees_but_neither_edits_nor_invites(client, company):
    client.force_login(MembershipFactory(company=company).user)
    assert client.get(manage(company)).status_code == 200
    assert client.get(manage(company, "modifier/")).status_code == 403
    assert "Inviter quelqu’un" not in client.get(manage(company, "membres/")).content.decode()
    assert client.post(manage(company, "membres/"), {"email": "a@medinjob.example", "role": "admin"}).status_code == 403
    assert not company.invitations.exists()


def test_admin_invites_resends_and_cancels(browser, company):
    browser.post(manage(company, "membres/"), {"email": "nora@medinjob.example", "role": "recruiter"})
    invitation = company.invitations.get()
    browser.post(manage(company, f"invitations/{invitation.pk}/renvoyer/"))
    assert OutgoingMail.objects.filter(to="nora@medinjob.example").count() == 2
    browser.post(manage(company, f"invitations/{invitation.pk}/annuler/"))
    assert not company.invitations.exists()


@pytest.mark.parametrize("data", [{"email": "pas une adresse", "role": "recruiter"}, {"email": "a@b.fr", "role": "x"}])
def test_wrong_invitation_is_explained_beside_its_field(browser, company, data):
    answer = browser.post(manage(company, "membres/"), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert data["email"] in answer.content.decode()


def test_inviting_a_member_is_said_beside_the_address(browser, company, admin):
    answer = browser.post(manage(company, "membres/"), {"email": admin.email, "role": "recruiter"})
    assert "déjà membre" in answer.context["form"].errors["email"][0]


def test_invitations_are_limited(browser, company):
    for n in range(20):
        browser.post(manage(company, "membres/"), {"email": f"n{n}@medinjob.example", "role": "recruiter"})
    answer = browser.post(manage(company, "membres/"), {"email": "trop@medinjob.example", "role": "recruiter"})
    assert "beaucoup d’invitations" in answer.context["form"].errors["email"][0]
    assert 'value="trop@medinjob.example"' in answer.content.decode()
    assert company.invitations.count() == 20


def test_sending_an_invitation_again_counts_too(browser, company):
    waiting = InvitationFactory.create_batch(21, company=company)
    for invitation in waiting:
        browser.post(manage(company, f"invitations/{invitation.pk}/renvoyer/"))
    assert OutgoingMail.objects.count() == 20


def test_one_address_has_few_invitations_a_day_whoever_sends_them(browser, company):
    invitation = InvitationFactory(company=company)
    for _ in range(5):
        page = browser.post(manage(company, f"invitations/{invitation.pk}/renvoyer/"), follow=True)
    assert "a déjà reçu plusieurs invitations" in page.content.decode()
    assert OutgoingMail.objects.filter(to=invitation.email).count() == 3


def test_admin_changes_a_role_and_removes_a_member(browser, company):
    member = MembershipFactory(company=company)
    browser.post(manage(company, f"membres/{member.pk}/role/"), {"role": "admin"})
    member.refresh_from_db()
    assert member.role == "admin"
    assert member.user.email in browser.get(manage(company, f"membres/{member.pk}/retirer/")).content.decode()
    browser.post(manage(company, f"membres/{member.pk}/retirer/"))
    assert company.memberships.count() == 1


def test_removed_member_has_no_access_at_once(browser, company):
    member = MembershipFactory(company=company)
    theirs = Client()
    theirs.force_login(member.user)
    assert theirs.get(manage(company)).status_code == 200
    browser.post(manage(company, f"membres/{member.pk}/retirer/"))
    assert theirs.get(manage(company)).status_code == 404


def test_last_admin_is_told_why_leaving_is_not_possible(browser, company):
    answer = browser.post(manage(company, "quitter/"), follow=True)
    assert "au moins un administrateur" in answer.content.decode()
    assert company.memberships.count() == 1


def test_member_of_another_company_is_out_of_reach(browser, company):
    stranger = MembershipFactory()
    assert browser.post(manage(company, f"membres/{stranger.pk}/retirer/")).status_code == 404
    assert browser.post(manage(company, f"membres/{stranger.pk}/role/"), {"role": "admin"}).status_code == 404
    assert Membership.objects.get(pk=stranger.pk).role == "recruiter"


@pytest.mark.parametrize("page", ["", "membres/"])
def test_company_pages_run_the_same_queries_for_one_and_three_rows(browser, company, page, django_assert_num_queries):
    sizes = {"": 8, "membres/": 6}
    InvitationFactory(company=company)
    with django_assert_num_queries(sizes[page]):
        browser.get(manage(company, page))
    for _ in range(2):
        MembershipFactory(company=company)
        InvitationFactory(company=company)
    with django_assert_num_queries(sizes[page]):
        browser.get(manage(company, page))
