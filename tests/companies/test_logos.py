import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from companies.models import Company
from demo.factories import CommuneFactory, CompanyFactory, UserFactory
from tests.lib.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return CompanyFactory(admin=UserFactory())


@pytest.fixture
def upload(client, company):
    """Post the company's form with a file as its logo."""
    CommuneFactory(aix=True)
    client.force_login(company.memberships.get().user)

    def post(data, name="logo.png"):
        fields = {"name": company.name, "siret": company.siret, "commune": "Aix-en-Provence"}
        file = SimpleUploadedFile(name, data)
        version = Company.objects.get().version
        return client.post(
            f"/recruteur/entreprise/{company.pk}/modifier/", {**fields, "version": version, "logo": file}
        )

    return post


def test_logo_is_shown_from_its_own_address(client, company, upload):
    assert upload(picture("PNG", size=(900, 300))).status_code == 302
    company.refresh_from_db()
    answer = client.get(company.logo.url)
    content = b"".join(answer.streaming_content)
    answer.close()
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert content[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas une image"),
        (b"%PDF-1.4", "n’est pas une image"),
        (b"", "vide"),
        (b"x" * (1024 * 1024 + 1), "dépasse 1 Mo"),
    ],
)
def test_other_files_are_refused_beside_the_field(company, upload, data, said):
    answer = upload(data)
    assert said in answer.context["form"].errors["logo"][0]
    company.refresh_from_db()
    assert not company.logo


def test_huge_picture_is_refused(upload):
    answer = upload(picture("PNG", size=(4001, 2)))
    assert "4 000 pixels" in answer.context["form"].errors["logo"][0]


def test_name_of_the_file_decides_nothing(company, upload):
    upload(picture("PNG"), name="../../evil.html")
    company.refresh_from_db()
    assert company.logo.name.startswith("logos/")
    assert company.logo.name.endswith(".webp")


@pytest.mark.parametrize("path", ["absent.webp", "../secret_key", "..%2Fsecret_key", "logo.html", ".webp"])
def test_nothing_else_has_an_address(client, path):
    assert client.get(f"/media/logos/{path}").status_code == 404


def test_private_files_have_no_address(client):
    default_storage.save("autre/x.webp", SimpleUploadedFile("x.webp", b"x"))
    assert client.get("/media/autre/x.webp").status_code == 404
