"""Searching in Chromium: the answer in place, what the keyboard keeps, and the same without script."""

import re

import pytest
from playwright.sync_api import expect

from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    OccupationFactory,
    OfferFactory,
    SessionFactory,
    TrainingFactory,
    UserFactory,
)
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offers(index):
    aix, nice = CommuneFactory(aix=True), CommuneFactory(nice=True)
    OfferFactory.create_batch(2, published=True, title="Développeur Python", place=aix)
    OfferFactory(published=True, title="Développeuse Python", place=nice, job__contract="cdd")
    TrainingFactory(published=True, title="Apprendre Java", place=aix)
    index()


def test_list_answers_while_one_types_and_half_a_word_changes_nothing(offers, page_at):
    page = page_at("/offres/")
    expect(page.locator("h1")).to_have_text("4 offres dont 1 formation")
    page.locator("#q").press_sequentially("jav", delay=20)
    page.wait_for_timeout(600)
    assert page.url.endswith("/offres/")
    expect(page.locator("h1")).to_have_text("4 offres dont 1 formation")
    page.locator("#q").press_sequentially("a", delay=20)
    expect(page.locator("h1")).to_have_text("1 formation")
    expect(page).to_have_url(re.compile(r"/offres/\?q=java$"))
    expect(page.locator("#announce")).to_have_text("1 formation")
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_title(re.compile("^java : 1 formation"))


def test_filter_answers_in_place_and_keeps_the_focus(offers, page_at):
    page = page_at("/offres/?q=python")
    page.locator("#contract-cdd").focus()
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("1 offre d’emploi")
    expect(page.locator("#contract-cdd")).to_be_focused()
    expect(page.locator("#contract-cdd")).to_be_checked()
    expect(page).to_have_url(re.compile(r"/offres/\?q=python&contract=cdd$"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("3 offres d’emploi")
    expect(page.locator("#contract-cdd")).not_to_be_checked()


def test_mark_removed_gives_the_list_back_and_the_focus_to_the_next_one(offers, page_at):
    page = page_at("/offres/?contract=cdd&remote=partial")
    page.get_by_role("link", name="Retirer le filtre CDD").press("Enter")
    expect(page.locator("h1")).to_have_text("3 offres d’emploi")
    expect(page.get_by_role("link", name="Retirer le filtre Télétravail partiel")).to_be_focused()


def test_place_is_proposed_and_brings_distances(offers, page_at):
    page = page_at("/offres/")
    page.locator("#place").press_sequentially("aix", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Aix-en-Provence (13)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("3 offres dont 1 formation")
    page.locator("#sort").select_option("distance")
    expect(page).to_have_url(re.compile(r"place=Aix-en-Provence\+%2813%29&sort=distance$"))
    expect(page.locator(".offer").first).to_contain_text("moins de 1 km")


def test_filters_of_a_phone_are_a_panel_that_stays_open(offers, page_at):
    page = page_at("/offres/?q=python", NARROW)
    page.get_by_role("button", name="Filtres").click()
    page.get_by_label("CDD").check()
    expect(page.locator("h1")).to_have_text("1 offre d’emploi")
    expect(page.get_by_role("button", name="Voir les résultats")).to_be_visible()
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page.get_by_role("button", name="Voir les résultats")).to_be_hidden()
    expect(page.get_by_role("button", name="Filtres · 1")).to_be_visible()


@pytest.mark.parametrize("width", [NARROW, 1440])
def test_search_needs_no_script(offers, page_at, width):
    page = page_at("/offres/", width, script=False)
    page.locator("#q").fill("python")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_have_text("3 offres d’emploi")
    if width == NARROW:
        page.get_by_role("button", name="Filtres").click()
    page.get_by_label("CDD").check()
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page.locator("h1")).to_have_text("1 offre d’emploi")


def test_offer_leads_back_to_the_results_one_came_from(offers, page_at):
    page = page_at("/offres/?q=java")
    page.locator(".offer a").first.click()
    page.get_by_role("link", name="Retour aux résultats").click()
    expect(page).to_have_url(re.compile(r"/offres/\?q=java$"))


def test_way_to_apply_is_in_sight_on_a_phone(offers, page_at):
    offer = OfferFactory(published=True, external=True, text="Un paragraphe.\n\n" * 80)
    page = page_at(offer.get_absolute_url(), NARROW)
    button = page.get_by_role("link", name="Postuler sur le site de l’employeur")
    for depth in (0, 2000):
        page.mouse.wheel(0, depth)
        expect(button).to_be_in_viewport()


@pytest.mark.parametrize("trait", ["expired", "paused", "filled", "withdrawn"])
def test_page_of_an_ended_offer_is_accessible(offers, page_at, trait):
    page = page_at(OfferFactory(**{trait: True}, title="Développeur Python").get_absolute_url())
    assert_accessible(page)


def test_page_with_everything_is_accessible(offers, page_at, index):
    recruiter = UserFactory()
    company = CompanyFactory(recruiter=recruiter)
    data = [OccupationFactory(data=True)]
    training = TrainingFactory(published=True, company=company, occupations=data)
    SessionFactory.create_batch(3, offer=training)
    job = OfferFactory(published=True, imported=True, occupations=data)
    index()
    for address in (training.get_absolute_url(), job.get_absolute_url()):
        assert_accessible(page_at(address))
    assert_accessible(page_at(OfferFactory(in_review=True, company=company).get_absolute_url(), user=recruiter))
