"""Reading profiles and inviting in a browser: the keyboard, no script, and sights that a bare address does not show."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from candidates.models import ApplyInvitation, CandidateProfile
from demo.factories import (
    ApplyInvitationFactory,
    CompanyFactory,
    OccupationFactory,
    ProfileFactory,
    SkillFactory,
)
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def profile():
    skills = [SkillFactory(label=label) for label in ("Python", "Django")]
    return ProfileFactory(shown=True, occupations=[OccupationFactory(web=True)], skills=skills)


def test_filters_are_accessible_with_chips_errors_and_nothing_found(recruiter, offer, profile, page_at):
    for asked in ("place=Aix-en-Provence&radius=20&contract=cdi", "skill=Télépathie", "contract=stage"):
        assert_accessible(page_at(f"/recruteur/profils/?{asked}", user=recruiter))


def test_place_is_chosen_from_what_opens_and_its_chip_removed(recruiter, offer, profile, page_at):
    page = page_at("/recruteur/profils/", user=recruiter)
    page.get_by_role("combobox", name="Commune ou département").press_sequentially("aix", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Filtrer").press("Enter")
    page.get_by_role("link", name="Retirer le filtre Aix-en-Provence (13) · 30 km").press("Enter")
    page.wait_for_url(lambda url: "place" not in url)
    expect(page.locator("li.card h2")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_recruiter_invites_by_the_keyboard_with_and_without_script(recruiter, offer, profile, page_at, script):
    page = page_at("/recruteur/profils/", user=recruiter, script=script)
    page.get_by_role("link", name=profile.headline).press("Enter")
    page.get_by_label("Pour quelle offre").select_option(str(offer.pk))
    page.get_by_role("button", name="Inviter à postuler").press("Enter")
    page.get_by_text("L'invitation est envoyée.").wait_for()
    if script:
        assert_accessible(page)
    assert ApplyInvitation.objects.get().offer == offer


def test_candidate_declines_for_good_and_hides_from_an_employer(offer, profile, page_at):
    ApplyInvitationFactory(candidate=profile.user, offer=offer)
    page = page_at("/mes-candidatures/", user=profile.user)
    assert_accessible(page)
    page.get_by_role("button", name="Ne plus me montrer à Atelier Calanque").press("Enter")
    page.get_by_text("Atelier Calanque ne voit plus votre profil").wait_for()
    assert not CandidateProfile.objects.shown_to(offer.company.members.get()).exists()
    profile_page = page_at(reverse("my-profile"), user=profile.user)
    assert_accessible(profile_page)
    profile_page.get_by_role("button", name="Montrer de nouveau Atelier Calanque").press("Enter")
    expect(profile_page.get_by_role("button", name="Montrer de nouveau Atelier Calanque")).to_have_count(0)
    assert CandidateProfile.objects.shown_to(offer.company.members.get()).exists()


@pytest.mark.parametrize("trait", ["new", "refused"])
def test_page_for_a_company_not_verified_is_accessible(recruiter, trait, page_at):
    CompanyFactory(recruiter=recruiter, **{trait: True})
    page = page_at("/recruteur/profils/", user=recruiter)
    assert page.answer.status == 403
    assert_accessible(page)


def test_page_of_who_has_declined_is_accessible(recruiter, offer, profile, page_at):
    ApplyInvitationFactory(candidate=profile.user, offer=offer, declined_at=offer.published_at)
    assert_accessible(page_at(reverse("shown-profile", args=[profile.pk]), user=recruiter))
