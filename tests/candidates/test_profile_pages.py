import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from candidates.models import CV, CandidateProfile
from candidates.views import profile as profile_views
from demo.cv_files import pdf_file
from demo.factories import CommuneFactory, CVFactory, OccupationFactory, ProfileFactory, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/mon-profil/"


@pytest.fixture
def profile(candidate):
    return ProfileFactory(user=candidate)


def filled(**changes):
    return {
        "version": 0,
        "headline": "Développeuse web",
        "occupations": "Développeuse web",
        "skills": "Python, django",
        "place": "13100",
        "distance_km": "20",
        "contracts": ["cdi", "cdd"],
        "experience": "3",
        "remote": "partial",
        "available_on": "2027-01-04",
        "career": "Cinq ans.",
    } | changes


def upload(client, data, name="cv.pdf"):
    return client.post(reverse("my-cv"), {"cv": SimpleUploadedFile(name, data)})


def test_profile_is_saved(as_candidate, candidate):
    CommuneFactory(aix=True)
    OccupationFactory(web=True)
    SkillFactory(label="Python")
    SkillFactory(label="Django")
    assert as_candidate.post(PAGE, filled())["Location"] == PAGE
    profile = CandidateProfile.objects.get(user=candidate)
    assert (profile.headline, profile.commune_id, profile.contracts) == ("Développeuse web", "13001", ["cdi", "cdd"])
    assert [o.code for o in profile.occupations.all()] == ["M1855"]
    assert {s.label for s in profile.skills.all()} == {"Python", "Django"}
    assert profile.visible is False


def test_page_shows_what_was_saved(as_candidate, profile):
    profile.skills.add(SkillFactory(label="Python"))
    response = as_candidate.get(PAGE)
    assert response.context["form"]["skills"].value() == "Python"
    assert response.context["form"]["place"].value() == "Aix-en-Provence (13)"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("occupations", "Dompteuse de code"),
        ("occupations", ", ".join(f"Métier {n}" for n in range(6))),
        ("skills", "Télépathie"),
        ("place", "Nulle-Part"),
        ("place", "Bouches-du-Rhône"),
        ("distance_km", "-1"),
        ("contracts", ["esclavage"]),
        ("experience", "99"),
        ("available_on", "demain"),
        ("version", "x"),
    ],
)
def test_wrong_field_is_said_beside_it_and_nothing_is_lost(as_candidate, profile, field, value):
    response = as_candidate.post(PAGE, filled(**{"occupations": "", "skills": "", "place": "", field: value}))
    assert list(response.context["form"].errors) == [field]
    assertContains(response, "Cinq ans.")
    profile.refresh_from_db()
    assert profile.version == 0


def test_profile_saved_elsewhere_is_not_overwritten_without_a_word(as_candidate, profile):
    CandidateProfile.objects.update(version=3, headline="Du téléphone")
    response = as_candidate.post(PAGE, filled(occupations="", skills="", place=""))
    assert response.status_code == 409
    assertContains(response, "Cinq ans.", status_code=409)
    assert CandidateProfile.objects.get().headline == "Du téléphone"
    again = filled(occupations="", skills="", place="", version=response.context["form"]["version"].value())
    as_candidate.post(PAGE, again)
    assert CandidateProfile.objects.get().headline == "Développeuse web"


def test_suggestions_of_the_file_are_taken_one_by_one(as_candidate, candidate, profile):
    SkillFactory(label="Python", spotted=True)
    SkillFactory(label="Django", spotted=True)
    CVFactory(owner=candidate, text="Python et Django")
    assertContains(as_candidate.get(PAGE), "Ajouter Python")
    as_candidate.post(reverse("my-suggestion"), {"take": "skill:python"})
    as_candidate.post(reverse("my-suggestion"), {"dismiss": "skill:django"})
    assert [s.label for s in profile.skills.all()] == ["Python"]
    assertNotContains(as_candidate.get(PAGE), "Lu dans votre CV")


@pytest.mark.parametrize("key", ["skill:cobol", "skill:", "", "user:1"])
def test_what_the_file_does_not_suggest_is_not_taken(as_candidate, candidate, profile, key):
    SkillFactory(label="Cobol", spotted=True)
    CVFactory(owner=candidate, text="Python")
    assert as_candidate.post(reverse("my-suggestion"), {"take": key}).status_code == 302
    assert profile.skills.count() == 0


def test_file_is_added_replaced_and_removed(as_candidate, candidate):
    upload(as_candidate, pdf_file(["Un"]))
    upload(as_candidate, pdf_file(["Deux"]), "second.pdf")
    assert [cv.filename for cv in CV.objects.filter(owner=candidate)] == ["second.pdf"]
    assertContains(as_candidate.get(PAGE), "second.pdf")
    as_candidate.post(reverse("my-cv"), {"remove": "1"})
    assert CV.objects.count() == 0


def test_scanned_file_is_kept_and_said_to_have_no_words(as_candidate):
    response = as_candidate.post(reverse("my-cv"), {"cv": SimpleUploadedFile("a.pdf", pdf_file([]))}, follow=True)
    assertContains(response, "pas de texte lisible")
    assert CV.objects.count() == 1


def test_bad_file_is_said_on_the_page(as_candidate):
    response = upload(as_candidate, b"Bonjour")
    assert "ni un PDF" in "".join(response.context["cv_form"].errors["cv"])
    assert CV.objects.count() == 0


def test_uploads_an_hour_are_bounded(as_candidate, monkeypatch):
    monkeypatch.setattr(profile_views, "UPLOADS_AN_HOUR", 0)
    assert upload(as_candidate, pdf_file()).status_code == 429
    assert CV.objects.count() == 0


def test_profile_is_shown_and_hidden_again(as_candidate, profile):
    for visible in (True, False):
        as_candidate.post(reverse("my-visibility"), {"visible": str(int(visible))})
        assert CandidateProfile.objects.get().visible is visible


def test_page_asks_nothing_about_the_person(as_candidate):
    names = set(as_candidate.get(PAGE).context["form"].fields)
    assert names == set(filled())


def test_profile_of_another_is_never_touched(client, profile):
    client.force_login(UserFactory())
    client.post(PAGE, filled(occupations="", skills="", place=""))
    profile.refresh_from_db()
    assert profile.version == 0
