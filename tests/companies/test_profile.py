import pytest
from django.core.files.base import ContentFile

from companies import services
from companies.errors import CompanyError
from companies.models import Company
from demo.factories import CommuneFactory, CompanyFactory, SectorFactory, UserFactory, siret
from medinjob.lib.errors import EditConflictError

pytestmark = pytest.mark.django_db


def facts(**changes):
    return {
        "name": "Ateliers du Vallat",
        "siret": siret(4000),
        "commune": CommuneFactory(aix=True),
        "size": "10-49",
        "description": "Des cartes et des données.",
        "website": "https://vallat.medinjob.example",
        **changes,
    }


def actions(company):
    return list(company.events.order_by("id").values_list("action", flat=True))


def test_create_company_makes_its_creator_an_admin_and_waits_for_verification():
    user, sector = UserFactory(), SectorFactory()
    company = services.create_company(by=user, facts=facts(), sectors=[sector])
    assert (company.state, company.slug) == ("new", "ateliers-du-vallat")
    assert list(company.sectors.all()) == [sector]
    assert list(company.memberships.values_list("user", "role")) == [(user.pk, "admin")]
    assert actions(company) == ["created"]


def test_create_company_numbers_an_address_that_is_taken():
    slugs = [services.create_company(by=UserFactory(), facts=facts(siret=siret(n))).slug for n in range(4001, 4004)]
    assert slugs == ["ateliers-du-vallat", "ateliers-du-vallat-2", "ateliers-du-vallat-3"]


def test_create_company_of_a_name_without_letters_still_has_an_address():
    assert services.create_company(by=UserFactory(), facts=facts(name="+++")).slug == "entreprise"


def test_create_company_with_a_siret_just_taken_is_refused_whole():
    CompanyFactory(siret=siret(4000))
    with pytest.raises(CompanyError, match="SIRET"):
        services.create_company(by=UserFactory(), facts=facts())
    assert Company.objects.count() == 1


def test_update_company_writes_and_says_so_to_the_floors_above(announced):
    company = CompanyFactory(name="Avant", new=True)
    services.update_company(company=company, by=UserFactory(), version=0, facts={"name": "Après"})
    company.refresh_from_db()
    assert (company.name, company.version) == ("Après", 1)
    assert actions(company) == ["edited", "renamed"]
    assert announced == [company.pk]


def test_update_company_by_the_second_of_two_editors_writes_nothing(announced):
    company, anna, bruno = CompanyFactory(description="Avant"), UserFactory(), UserFactory()
    services.update_company(company=company, by=anna, version=0, facts={"description": "Anna"})
    announced.clear()
    with pytest.raises(EditConflictError):
        services.update_company(company=company, by=bruno, version=0, facts={"description": "Bruno"})
    company.refresh_from_db()
    assert (company.description, company.version) == ("Anna", 1)
    assert announced == []


def test_update_company_keeps_its_address_when_its_name_changes():
    company = CompanyFactory(name="Avant")
    services.update_company(company=company, by=UserFactory(), version=0, facts={"name": "Après"})
    assert company.slug == "avant"


@pytest.mark.parametrize(("trait", "after"), [({}, "new"), ({"new": True}, "new"), ({"refused": True}, "refused")])
def test_new_siret_sends_a_verified_company_back_to_verification(trait, after):
    company = CompanyFactory(**trait)
    services.update_company(company=company, by=UserFactory(), version=0, facts={"siret": siret(4010)})
    company.refresh_from_db()
    assert company.state == after


def test_other_facts_leave_a_verified_company_verified():
    company = CompanyFactory()
    services.update_company(company=company, by=UserFactory(), version=0, facts=facts(siret=company.siret))
    company.refresh_from_db()
    assert company.state == "trusted"


def test_update_company_with_another_company_s_siret_is_refused_whole():
    CompanyFactory(siret=siret(4011))
    company = CompanyFactory(name="Avant")
    with pytest.raises(CompanyError, match="SIRET"):
        services.update_company(
            company=company, by=UserFactory(), version=0, facts={"name": "Après", "siret": siret(4011)}
        )
    assert Company.objects.get(pk=company.pk).name == "Avant"


def test_logo_is_replaced_then_removed_and_its_file_goes(django_capture_on_commit_callbacks):
    company, user = CompanyFactory(), UserFactory()
    storage = company.logo.storage
    for version, content in enumerate((b"one", b"two")):
        with django_capture_on_commit_callbacks(execute=True):
            services.update_company(company=company, by=user, version=version, facts={}, logo=ContentFile(content))
    second = company.logo.name
    with storage.open(second) as file:
        assert file.read() == b"two"
    assert len(storage.listdir("logos")[1]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.update_company(company=company, by=user, version=2, facts={}, logo=False)
    assert not company.logo
    assert not storage.exists(second)


def test_logo_stays_when_none_is_given():
    company = CompanyFactory()
    company.logo.save("kept.webp", ContentFile(b"x"))
    services.update_company(company=company, by=UserFactory(), version=0, facts={"name": "Après"})
    assert company.logo.name == "logos/kept.webp"
    company.logo.delete()
