"""Profiles that people show: who finds them, what of them is told, and that each opening is written down."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from candidates.models import CandidateProfile, DataAccess
from candidates.services import profiles
from candidates.views import shown_profiles
from demo.factories import (
    ApplicationFactory,
    ApplyInvitationFactory,
    CommuneFactory,
    CompanyFactory,
    CVFactory,
    MembershipFactory,
    OccupationFactory,
    ProfileFactory,
    SkillFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LIST = "/recruteur/profils/"


@pytest.fixture
def profile():
    """Somebody with all that must not be told, and all that may."""
    user = UserFactory(name="Camille Secrète", email="camille.secrete@medinjob.example")
    CVFactory(owner=user, filename="cv-secret.pdf", text="Mots du CV")
    profile = ProfileFactory(user=user, shown=True, headline="Développeuse Python", career="Dix ans chez Fictif.")
    profile.occupations.add(OccupationFactory(web=True))
    profile.skills.add(SkillFactory(label="Django"))
    return profile


def url(profile):
    return reverse("shown-profile", args=[profile.pk])


def found(client, **asked):
    return [row.pk for row in client.get(LIST, asked).context["page"]]


def statuses(client, profile):
    """Of the list, whether it holds the profile, and of the page."""
    answer = client.get(LIST)
    held = [row.pk for row in answer.context["page"]] if answer.status_code == 200 else None
    return answer.status_code, held, client.get(url(profile)).status_code


def test_list_tells_work_and_place_not_who(as_recruiter, profile):
    page = as_recruiter.get(LIST)
    for said in (
        "Développeuse Python",
        "Aix-en-Provence",
        "Développeur / Développeuse web",
        "Django",
        "3 à 5 ans",
        "CDI",
    ):
        assertContains(page, said)
    for secret in ("Camille", "Secrète", "camille.secrete", "cv-secret", "Mots du CV", "Dix ans"):
        assertNotContains(page, secret)


def test_page_tells_the_career_too_and_still_not_who(as_recruiter, profile):
    page = as_recruiter.get(url(profile))
    for said in ("Développeuse Python", "Dix ans chez Fictif.", "Django", "jusqu&#x27;à 30 km"):
        assertContains(page, said)
    for secret in ("Camille", "Secrète", "camille.secrete", "cv-secret", "Mots du CV"):
        assertNotContains(page, secret)


def test_profile_without_a_line_is_called_by_its_occupation(as_recruiter, profile):
    CandidateProfile.objects.update(headline="")
    assertContains(as_recruiter.get(LIST), "Développeur / Développeuse web</a></h2>")
    profile.occupations.clear()
    assertContains(as_recruiter.get(url(profile)), "Profil sans titre")


def test_newest_contact_comes_first(as_recruiter):
    old, new, middle = (
        ProfileFactory(shown=True, last_contact_at=timezone.now() - timedelta(days=n)) for n in (9, 1, 5)
    )
    assert found(as_recruiter) == [new.pk, middle.pk, old.pk]


def test_hidden_profile_is_nowhere_from_that_moment(as_recruiter, profile):
    assert statuses(as_recruiter, profile) == (200, [profile.pk], 200)
    profiles.set_visibility(profile=profile, visible=False)
    assert statuses(as_recruiter, profile) == (200, [], 404)


def test_account_that_cannot_be_reached_is_not_shown(as_recruiter, profile):
    unverified = ProfileFactory(shown=True, user=UserFactory(address=None))
    profile.user.is_active = False
    profile.user.save()
    assert statuses(as_recruiter, profile) == (200, [], 404)
    assert as_recruiter.get(url(unverified)).status_code == 404


def test_colleague_is_not_shown_even_by_a_company_not_verified(as_recruiter, recruiter, company, profile):
    MembershipFactory(company=company, user=profile.user)
    assert statuses(as_recruiter, profile) == (200, [], 404)
    profile.user.memberships.all().delete()
    MembershipFactory(company=CompanyFactory(new=True, recruiter=recruiter), user=profile.user)
    assert statuses(as_recruiter, profile) == (200, [], 404)


def test_own_profile_is_not_among_those_one_recruits_from(as_recruiter, recruiter):
    assert statuses(as_recruiter, ProfileFactory(shown=True, user=recruiter)) == (200, [], 404)


def test_company_one_hides_from_finds_nothing_others_do(client, as_recruiter, company, profile):
    other = MembershipFactory().user
    profiles.hide_from(profile=profile, companies=[company])
    assert statuses(as_recruiter, profile) == (200, [], 404)
    client.force_login(other)
    assert statuses(client, profile) == (200, [profile.pk], 200)


@pytest.mark.parametrize("state", ["new", "refused"])
def test_company_not_verified_reads_what_to_do_and_no_profile(client, profile, state):
    company = CompanyFactory(**{state: True}, recruiter=(user := UserFactory()))
    client.force_login(user)
    assert statuses(client, profile) == (403, None, 404)
    page = client.get(LIST)
    assert reverse("company-manage", args=[company.pk]) in page.content.decode()
    said = "La raison donnée" if state == "refused" else "Prochaine étape"
    assert said in page.content.decode()
    assert "Développeuse Python" not in page.content.decode()
    assert not DataAccess.objects.exists()


def test_nobody_else_reads_profiles(client, profile):
    former = MembershipFactory()
    former.delete()
    for user in (former.user, StaffFactory(), UserFactory(), profile.user, ApplicationFactory().candidate):
        client.force_login(user)
        assert statuses(client, profile) == (403, None, 404)
        assert client.post(url(profile), {"offer": 1}).status_code == 404
    assert not DataAccess.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_list_costs_the_same_for_one_and_three(as_recruiter, n, django_assert_num_queries):
    for _ in range(n):
        ProfileFactory(shown=True, occupations=[OccupationFactory()], skills=[SkillFactory(), SkillFactory()])
    with django_assert_num_queries(7):
        as_recruiter.get(LIST)


@pytest.mark.parametrize("n", [1, 3])
def test_page_costs_the_same_for_one_and_three_invitations(
    as_recruiter, company, profile, n, django_assert_num_queries
):
    for _ in range(n):
        ApplyInvitationFactory(candidate=profile.user, offer__company=company)
    as_recruiter.get(url(profile))
    with django_assert_num_queries(14):
        as_recruiter.get(url(profile))


def test_list_has_pages_and_keeps_its_filters(as_recruiter, monkeypatch):
    monkeypatch.setattr(shown_profiles, "PER_PAGE", 2)
    ProfileFactory.create_batch(3, shown=True)
    assert len(found(as_recruiter, remote="partial")) == 2
    assertContains(as_recruiter.get(LIST, {"remote": "partial"}), "?remote=partial&amp;page=2")
    assert len(found(as_recruiter, remote="partial", page="2")) == 1
    assert len(found(as_recruiter, page="beyond")) == 2


def test_filters_of_words_and_choices_find_whom_they_name(as_recruiter, profile):
    other = ProfileFactory(shown=True, contracts=["cdd", "freelance"], experience="0", remote="full")
    other.skills.add(SkillFactory(label="Kotlin"))
    other.occupations.add(OccupationFactory(data=True))
    asked = [
        ({"occupation": "Développeuse web"}, profile),
        ({"occupation": "m1405"}, other),
        ({"skill": "django"}, profile),
        ({"contract": "cdi"}, profile),
        ({"contract": "freelance"}, other),
        ({"experience": "0"}, other),
        ({"remote": "full", "skill": "Kotlin"}, other),
    ]
    for filters, who in asked:
        assert found(as_recruiter, **filters) == [who.pk], filters
    assert found(as_recruiter, remote="full", skill="Django") == []


def test_place_finds_within_the_radius_or_the_area(as_recruiter):
    aix, aubagne, nice = (
        ProfileFactory(shown=True, commune=CommuneFactory(**{n: True})) for n in ("aix", "aubagne", "nice")
    )
    ProfileFactory(shown=True, commune=None)
    CommuneFactory(marseille=True)
    assert set(found(as_recruiter, place="Marseille")) == {aix.pk, aubagne.pk}
    assert found(as_recruiter, place="Aubagne", radius="10") == [aubagne.pk]
    assert set(found(as_recruiter, place="Bouches-du-Rhône", radius="10")) == {aix.pk, aubagne.pk}
    assert set(found(as_recruiter, place="06")) == {nice.pk}
    assert len(found(as_recruiter, radius="10")) == 4


def test_available_before_keeps_who_says_no_date(as_recruiter):
    soon = ProfileFactory(shown=True, available_on=date(2027, 1, 4))
    unsaid = ProfileFactory(shown=True)
    ProfileFactory(shown=True, available_on=date(2027, 3, 1))
    assert set(found(as_recruiter, available="2027-01-04")) == {soon.pk, unsaid.pk}


def test_wrong_filter_is_said_beside_it_and_does_not_count(as_recruiter, profile):
    asked = {"occupation": "Dompteuse", "skill": "Télépathie", "place": "Nulle-Part", "contract": "x", "radius": "y"}
    page = as_recruiter.get(LIST, asked)
    assert set(page.context["filter"].form.errors) == set(asked)
    assert [row.pk for row in page.context["page"]] == [profile.pk]
    assert page.context["filter"].chips == []


def test_chips_say_what_is_asked_and_take_it_away(as_recruiter, profile):
    asked = {"place": "Aix-en-Provence", "radius": "20", "contract": "cdi", "available": "2027-01-04", "page": "2"}
    chips = as_recruiter.get(LIST, asked).context["filter"].chips
    assert [str(chip.label) for chip in chips] == [
        "Aix-en-Provence (13) · 20 km",
        "CDI",
        "Disponible le 4 janvier 2027",
    ]
    assert [chip.url for chip in chips][:2] == [
        "?contract=cdi&available=2027-01-04",
        "?place=Aix-en-Provence&radius=20&available=2027-01-04",
    ]


def test_empty_list_says_why(as_recruiter, profile):
    assertContains(as_recruiter.get(LIST, {"contract": "stage"}), "Aucun profil ne correspond")
    profile.delete()
    assertContains(as_recruiter.get(LIST), "Personne ne montre son profil")


def test_recruiter_comes_from_the_list_of_offers(as_recruiter, company):
    assertContains(as_recruiter.get("/recruteur/offres/"), f'href="{LIST}"', count=2)  # the menu has it too


def test_opening_is_written_down_once_a_company_and_day(as_recruiter, company, profile):
    for _ in range(3):
        as_recruiter.get(url(profile))
    row = DataAccess.objects.get()
    assert (row.profile, row.company, row.what, row.application) == (profile, company, "profile", None)
    DataAccess.objects.update(day=row.day - timedelta(days=1))
    as_recruiter.get(url(profile))
    assert DataAccess.objects.count() == 2


def test_list_alone_is_no_opening(as_recruiter, profile):
    as_recruiter.get(LIST)
    assert not DataAccess.objects.exists()


def test_opening_counts_for_each_verified_company_of_who_reads(as_recruiter, recruiter, company, profile):
    second = CompanyFactory(recruiter=recruiter)
    CompanyFactory(new=True, recruiter=recruiter)
    as_recruiter.get(url(profile))
    assert {row.company for row in DataAccess.objects.all()} == {company, second}


def test_candidate_reads_which_company_opened_the_profile_not_who_of_it(client, as_recruiter, company, profile):
    as_recruiter.get(url(profile))
    client.force_login(profile.user)
    page = client.get("/mes-donnees/")
    assert [(row.by, row.what, row.offer) for row in page.context["accesses"]] == [(company.name, "Profil ouvert", "")]
    assertNotContains(page, "Dominique Recruteur")
    client.force_login(UserFactory())
    assert client.get("/mes-donnees/").context["accesses"] == []
