import pytest

from candidates.models import CandidateProfile
from candidates.selectors.suggestions import suggestions
from candidates.services import profiles
from demo.factories import AppellationFactory, OccupationFactory, ProfileFactory, SkillFactory, UserFactory
from medinjob.lib.errors import EditConflictError

pytestmark = pytest.mark.django_db
TEXT = "Développeuse web depuis 2019. Python, Django et PostgreSQL. Cuisinière le dimanche."


@pytest.fixture
def profile():
    return ProfileFactory()


@pytest.fixture
def words():
    for label in ("Python", "Django", "PostgreSQL"):
        SkillFactory(label=label, spotted=True)
    AppellationFactory(occupation=OccupationFactory(web=True), label="Développeur / Développeuse web")
    AppellationFactory(occupation=OccupationFactory(cook=True), label="Cuisinier / Cuisinière")


def save(profile, version, **facts):
    return profiles.save_profile(profile=profile, version=version, facts=facts, occupations=[], skills=[])


def test_profile_is_hidden_until_it_is_shown():
    profile = profiles.profile_of(user=UserFactory())
    assert profile.visible is False
    profiles.set_visibility(profile=profile, visible=True)
    assert CandidateProfile.objects.get(pk=profile.pk).visible is True
    profiles.set_visibility(profile=profile, visible=False)
    assert CandidateProfile.objects.get(pk=profile.pk).visible is False


def test_profile_of_an_account_is_one():
    user = UserFactory()
    assert profiles.profile_of(user=user) == profiles.profile_of(user=user)


def test_saving_moves_the_version_and_the_retention_clock(profile):
    before = profile.last_contact_at
    saved = save(profile, profile.version, headline="Réseau")
    assert (saved.headline, saved.version) == ("Réseau", 1)
    assert saved.last_contact_at > before


def test_two_windows_do_not_overwrite_each_other(profile):
    save(profile, 0, headline="Première")
    with pytest.raises(EditConflictError):
        save(profile, 0, headline="Seconde")
    assert CandidateProfile.objects.get(pk=profile.pk).headline == "Première"


def test_text_suggests_digital_occupations_and_skills(profile, words):
    found = [(s.kind, s.label) for s in suggestions(profile, TEXT)]
    assert found == [
        ("occupation", "Développeur / Développeuse web"),
        ("skill", "Python"),
        ("skill", "Django"),
        ("skill", "PostgreSQL"),
    ]


def test_taken_suggestion_is_in_the_profile_and_suggested_no_more(profile, words):
    first, second, *_ = suggestions(profile, TEXT)
    profiles.take_suggestion(profile=profile, kind=first.kind, value=first.value)
    profiles.take_suggestion(profile=profile, kind=second.kind, value=second.value)
    assert [o.code for o in profile.occupations.all()] == ["M1855"]
    assert [s.label for s in profile.skills.all()] == ["Python"]
    assert [s.label for s in suggestions(profile, TEXT)] == ["Django", "PostgreSQL"]


def test_declined_suggestion_does_not_come_back(profile, words):
    profiles.dismiss_suggestion(profile=profile, kind="skill", value="python")
    profiles.dismiss_suggestion(profile=CandidateProfile.objects.get(pk=profile.pk), kind="skill", value="django")
    profile.refresh_from_db()
    assert [s.value for s in suggestions(profile, TEXT) if s.kind == "skill"] == ["postgresql"]


def test_suggestion_taken_elsewhere_makes_an_open_form_out_of_date(profile, words):
    profiles.take_suggestion(profile=profile, kind="skill", value="python")
    with pytest.raises(EditConflictError):
        save(profile, 0, headline="Réseau")


def test_empty_text_suggests_nothing_and_reads_nothing(profile, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggestions(profile, "  ") == []
