import pytest
from django.urls import reverse

from accounts.models import OutgoingMail
from companies import services
from companies.errors import CompanyError
from companies.models import Company, ProposedIdentity
from companies.selectors import resemblances
from demo.factories import CompanyFactory, OfferFactory, StaffFactory, UserFactory, siret

pytestmark = pytest.mark.django_db
NAME, SITE = "Ville de Marseille", "https://www.marseille.example"


@pytest.fixture
def admin():
    return UserFactory(email="admin@vallat.medinjob.example")


@pytest.fixture
def company(admin):
    return CompanyFactory(name="Vallat", website="https://vallat.example", admin=admin)


@pytest.fixture
def desk(client):
    client.force_login(StaffFactory())
    return client


def edit(company, by, **facts):
    services.update_company(company=company, by=by, version=company.version, facts=facts)
    company.refresh_from_db()
    return company


def face(company):
    company.refresh_from_db()
    return company.name, company.website


def test_verified_company_keeps_its_face_until_staff_accept_another(company, admin, client):
    OfferFactory(company=company, published=True)
    edit(company, admin, name=NAME, website=SITE, description="Autre texte.")
    assert face(company) == ("Vallat", "https://vallat.example")
    assert company.description == "Autre texte."
    page = client.get(company.get_absolute_url()).text
    assert "Vallat" in page
    assert NAME not in page
    services.accept_identity(company=company, by=StaffFactory(), proposal_pk=company.proposed_identity.pk)
    assert face(company) == (NAME, SITE)
    assert not ProposedIdentity.objects.exists()
    assert OutgoingMail.objects.get().to == admin.email


def test_declined_identity_leaves_the_old_one_and_tells_why(company, admin):
    edit(company, admin, name=NAME)
    services.decline_identity(
        company=company, by=StaffFactory(), proposal_pk=company.proposed_identity.pk, reason="Vous n'êtes pas la ville."
    )
    assert face(company) == ("Vallat", "https://vallat.example")
    assert "Vous n'êtes pas la ville." in OutgoingMail.objects.get().body
    assert [event.action for event in company.events.all()[:2]] == ["identity_off", "edited"]


def test_identity_typed_back_takes_the_proposal_back(company, admin):
    edit(company, admin, name=NAME)
    edit(company, admin, name="Vallat", website="https://vallat.example")
    assert not ProposedIdentity.objects.exists()


def test_proposal_that_changed_after_staff_read_it_is_not_accepted(company, admin):
    edit(company, admin, name="Vallat Conseil")
    read = company.proposed_identity.pk
    edit(company, admin, name=NAME)
    with pytest.raises(CompanyError, match="a changé"):
        services.accept_identity(company=company, by=StaffFactory(), proposal_pk=read)
    assert face(company)[0] == "Vallat"


def test_same_proposal_saved_again_stays_the_one_that_staff_read(company, admin):
    edit(company, admin, name=NAME)
    read = company.proposed_identity.pk
    edit(company, admin, name=NAME, description="Encore.")
    assert ProposedIdentity.objects.get().pk == read


def test_new_siret_first_is_no_way_round(company, admin):
    services.refuse(company=company, by=StaffFactory(), reason="Essai")
    services.verify(company=company, by=StaffFactory())
    company.refresh_from_db()
    edit(company, admin, siret=siret(4300))
    assert company.state == "new"
    edit(company, admin, name=NAME)
    assert face(company)[0] == "Vallat"


def test_company_never_verified_writes_its_name_at_once():
    assert edit(CompanyFactory(new=True), UserFactory(), name="Autre").name == "Autre"


def test_staff_see_and_decide_on_their_page(company, admin, desk):
    edit(company, admin, name=NAME)
    listed = desk.get(reverse("staff-companies"), {"state": "new"}).text
    assert "Changement à vérifier" in listed
    assert "1 entreprise attend" in listed
    page = desk.get(reverse("staff-company", args=[company.pk])).text
    assert f"<strong>{NAME}</strong>" in page
    address = reverse("staff-company-identity", args=[company.pk, company.proposed_identity.pk])
    assert desk.post(address, {"decline": "1"}).status_code == 422
    assert desk.post(address).status_code == 302
    assert face(company)[0] == NAME
    assert "a déjà été traitée" in desk.post(address, follow=True).text


# What moderators are shown.


def whys(company):
    return [each.why for each in resemblances(company)]


def test_ordinary_company_looks_like_nobody(company):
    CompanyFactory(name="Atelier des Calanques", website="https://calanques.example")
    assert whys(company) == []


def test_same_siren_is_shown(company):
    number = siret(4400)
    one = CompanyFactory(name="Sardine", siret=number)
    other = CompanyFactory(name="Oursin", siret=number[:9] + "00029")
    (found,) = resemblances(one)
    assert (found.why, found.companies) == ("Même SIREN", (other,))


def test_companies_of_one_person_are_shown(company, admin):
    other = CompanyFactory(name="Autre", admin=admin)
    (found,) = resemblances(company)
    assert (found.why, found.companies) == ("Administrées par la même personne", (other,))


@pytest.mark.parametrize("name", ["VALLAT SAS", "Vallât", "Vallat", "Vailat Vallat", "Va11at"])
def test_name_like_another_company_s_is_shown(company, name):
    assert whys(CompanyFactory(name=name, slug="autre")) == ["Nom qui ressemble à celui d’une autre entreprise"]


@pytest.mark.parametrize(
    "name", ["Ville de Marseille", "France Travail", "C.M.A C.G.M", "URSSAF PACA", "Mairie de Cassis"]
)
def test_name_that_everybody_knows_or_of_a_public_body_is_shown(name):
    assert len(whys(CompanyFactory(name=name, new=True))) == 1


@pytest.mark.parametrize("name", ["Orangerie Numérique", "Cafétéria", "Villa Data", "Regional Labs", "Sophia Code"])
def test_ordinary_names_are_not_shown(name):
    assert whys(CompanyFactory(name=name, new=True)) == []


def test_proposed_name_is_looked_at_too(company, admin):
    edit(company, admin, name=NAME)
    assert any("Ville de Marseille" in why for why in whys(company))


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("rh@va11at.example", True),
        ("rh@vallat-recrutement.example", True),
        ("rh@vallat.test", True),
        ("rh@caf-fr.com", False),
        ("rh@francetravai1.fr", True),
        ("rh@gmail.com", False),
        ("rh@calanques.test", False),
    ],
)
def test_mail_domain_that_imitates_a_known_one_is_shown(company, email, shown):
    suspect = CompanyFactory(name="Atelier des Oliviers", new=True, admin=UserFactory(email=email))
    assert any("imite" in why for why in whys(suspect)) is shown


def test_mail_domain_of_another_company_is_shown(company):
    suspect = CompanyFactory(name="Atelier", new=True, admin=UserFactory(email="x@vallat.example"))
    assert whys(suspect) == ["Adresse e-mail au domaine d’une autre entreprise"]


def test_moderator_of_an_offer_sees_it_too(company, desk):
    suspect = CompanyFactory(name="Vallat SARL", new=True)
    offer = OfferFactory(company=suspect, in_review=True)
    page = desk.get(reverse("moderation-offer", args=[offer.pk])).text
    assert "Nom qui ressemble à celui d’une autre entreprise" in page
    assert Company.objects.count() == 2
