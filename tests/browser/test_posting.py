"""Posting and moderating in a browser: what script adds, and the states of a page that its address does not show."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    OccupationFactory,
    OfferFactory,
    ReportFactory,
    StaffFactory,
    TrainingFactory,
    UserFactory,
)
from jobs.enums import Flag
from jobs.models import Offer
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
NEW = reverse("offer-create")


@pytest.fixture
def recruiter():
    CommuneFactory(aix=True)
    OccupationFactory(web=True)
    user = UserFactory()
    user.company = CompanyFactory(recruiter=user)
    return user


def fill(page):
    page.fill("#id_title", "Développeuse ou développeur web")
    page.fill("#id_occupations", "Développeur web")
    page.fill("#id_places", "Aix-en-Provence")
    page.fill("#id_pay_min", "38 000")
    page.fill("#id_text", "## Missions\n\nConcevoir **nos** services.")


def test_draft_is_saved_as_one_types_and_then_published(recruiter, page_at):
    page = page_at(NEW, user=recruiter)
    page.fill("#id_title", "Développeuse web")
    expect(page.locator("[data-status]")).to_contain_text("Brouillon enregistré")
    offer = Offer.objects.get()
    assert page.url.endswith(reverse("offer-edit", args=[offer.pk]))

    fill(page)
    page.click("button[value=publish]")  # while the next save may be under way
    page.wait_for_url(f"**{reverse('recruiter-offers')}")
    assert Offer.objects.visible().get().title == "Développeuse ou développeur web"


def test_preview_and_remarks_follow_what_is_typed(recruiter, page_at):
    page = page_at(NEW, user=recruiter)
    fill(page)
    page.fill("#id_title", "Développeur, homme jeune")
    expect(page.locator("#remarks-title")).to_contain_text("homme jeune")
    expect(page.locator("#apercu-page strong", has_text="nos")).to_be_visible()
    expect(page.locator("#preview .offer")).to_contain_text("Aix-en-Provence")


def test_occupation_is_picked_with_the_keyboard(recruiter, page_at):
    page = page_at(NEW, user=recruiter)
    page.locator("#id_occupations").press_sequentially("dév web")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_occupations")).to_have_value("Développeur / Développeuse web, ")


def test_training_gets_another_session_without_a_trip(recruiter, page_at):
    page = page_at(f"{NEW}?kind=training", user=recruiter)
    page.click("[data-add]")
    expect(page.locator("[name=sessions-1-starts_on]")).to_be_focused()
    assert_accessible(page)


def test_job_is_published_without_script(recruiter, page_at):
    page = page_at(NEW, user=recruiter, script=False)
    fill(page)
    page.click("button[value=preview]")
    expect(page.locator("#apercu-page")).to_contain_text("Concevoir nos services.")
    page.click("button[value=publish]")
    page.wait_for_url(f"**{reverse('recruiter-offers')}")
    assert Offer.objects.visible().count() == 1


def test_enter_in_a_field_saves_a_draft_and_publishes_nothing(recruiter, page_at):
    page = page_at(NEW, user=recruiter)
    fill(page)
    page.press("#id_title", "Enter")
    page.wait_for_url("**/modifier/")
    assert Offer.objects.get().state == "draft"


def test_errors_and_proposals_are_accessible(recruiter, page_at):
    page = page_at(NEW, user=recruiter, script=False)
    fill(page)
    page.fill("#id_occupations", "web")
    page.fill("#id_pay_max", "12")
    page.click("button[value=publish]")
    page.locator("button[name=take]").first.wait_for()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("button[name=take]")
    expect(page.locator("#id_occupations")).to_have_value("Développeur / Développeuse web")


def test_conflict_is_accessible(recruiter, page_at):
    offer = OfferFactory(published=True, company=recruiter.company, place=CommuneFactory(aix=True))
    offer.occupations.set([OccupationFactory(web=True)])
    page = page_at(reverse("offer-edit", args=[offer.pk]), user=recruiter)
    Offer.objects.update(version=5, title="Le titre de l'autre (F/H)")
    page.fill("#id_title", "Mon titre (F/H)")
    page.click("button[value=publish]")
    expect(page.locator("main")).to_contain_text("Le titre de l'autre")
    assert_accessible(page)


def test_list_and_its_menus_are_accessible(recruiter, page_at):
    for state in ("published", "paused", "expired", "rejected"):
        OfferFactory(company=recruiter.company, place=CommuneFactory(aix=True), **{state: True})
    TrainingFactory(company=recruiter.company, session=True)
    page = page_at(reverse("recruiter-offers"), user=recruiter)
    page.locator("button[popovertarget^=menu-]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row-menu:popover-open")).to_be_visible()
    assert_accessible(page)


def test_moderation_with_everything_to_say_is_accessible(page_at):
    offer = OfferFactory(
        in_review=True,
        company=CompanyFactory(new=True, admin=UserFactory()),
        flags=[Flag.NEW_COMPANY, Flag.NO_PAY, Flag.SUSPICIOUS],
        text="Nous cherchons un homme jeune.",
        job__no_pay_reason="Grille en négociation.",
    )
    ReportFactory(offer=offer)
    staff = StaffFactory()
    for name, args in (
        ("moderation-queue", []),
        ("moderation-offer", [offer.pk]),
        ("reports-queue", []),
        ("reports-decide", [offer.pk]),
        ("staff-home", []),
    ):
        assert_accessible(page_at(reverse(name, args=args), user=staff))
