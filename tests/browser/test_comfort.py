"""What scripts add, and that pages do without them."""

import re

import pytest
from playwright.sync_api import expect

from demo.factories import StaffFactory, UserFactory
from tests.browser.accessible import violations

pytestmark = pytest.mark.django_db(transaction=True)
SUGGESTIONS = [{"label": "Aix-en-Provence (13)", "value": "13001", "kind_label": "Commune"}, {"label": "Aiglun (06)"}]


def suggesting(page, results=SUGGESTIONS):
    page.route("**/suggestions/**", lambda route: route.fulfill(json={"results": results}))
    return page.locator("#id_place")


def test_combobox_is_worked_with_the_keyboard(page_at):
    page = page_at("/galerie/")
    place = suggesting(page)
    place.press_sequentially("ai")
    expect(place).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []

    place.press("ArrowDown")
    place.press("ArrowDown")
    expect(page.get_by_role("option", name="Aiglun")).to_have_attribute("aria-selected", "true")
    place.press("Enter")

    expect(place).to_have_value("Aiglun (06)")
    expect(place).to_have_attribute("aria-expanded", "false")


def test_combobox_escape_keeps_what_was_typed(page_at):
    page = page_at("/galerie/")
    place = suggesting(page)
    place.press_sequentially("aix")
    expect(page.locator(".combo-list li")).to_have_count(2)
    place.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(place).to_have_value("aix")


def test_combobox_without_suggestions_is_a_plain_field(page_at):
    page = page_at("/galerie/")
    page.route("**/suggestions/**", lambda route: route.fulfill(status=500, body="broken"))
    place = page.locator("#id_place")
    place.press_sequentially("aix")
    expect(place).to_have_attribute("aria-expanded", "false")
    expect(place).to_have_value("aix")


def test_formset_row_is_added_with_its_own_names(page_at):
    page = page_at("/galerie/")
    page.get_by_role("button", name="Ajouter une session").click()
    expect(page.locator("[name=sessions-1-places]")).to_be_visible()
    expect(page.locator("[name=sessions-TOTAL_FORMS]")).to_have_value("2")


def test_form_warns_before_leaving_with_unsaved_changes(page_at):
    page = page_at("/galerie/")
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.fill("#id_title", "Développeuse")
    page.goto(page.url.replace("/galerie/", "/mentions-legales/"))
    assert warned == ["beforeunload"]


def test_form_errors_are_summed_up_beside_what_was_typed(page_at):
    page = page_at("/galerie/")
    page.fill("#id_title", "Développeuse")
    page.get_by_role("button", name="Envoyer").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert violations(page) == []
    expect(page.locator("#id_title")).to_have_value("Développeuse")
    summary.get_by_role("link", name="Contrat").click()
    expect(page).to_have_url(re.compile("#id_contract$"))


def test_filters_are_a_panel_on_a_phone_without_script(page_at):
    page = page_at("/galerie/", 360, script=False)
    filters = page.locator("#filtres")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name="Filtres").click()
    expect(filters.get_by_label("CDI")).to_be_visible()
    filters.get_by_role("button", name="Fermer").click()
    expect(filters).to_be_hidden()


def test_filters_are_a_column_on_a_desk(page_at):
    page = page_at("/galerie/")
    expect(page.locator("#filtres").get_by_label("CDI")).to_be_visible()
    expect(page.get_by_role("button", name="Filtres")).to_be_hidden()


def test_account_menu_opens_without_script(page_at):
    page = page_at("/mentions-legales/", 360, user=UserFactory(), script=False)
    page.get_by_role("button", name="Mon compte").click()
    menu = page.get_by_role("navigation", name="Mon compte")
    expect(menu.get_by_role("button", name="Se déconnecter")).to_be_visible()
    expect(menu.get_by_role("list", name="Équipe")).to_have_count(0)


def test_account_menu_of_staff_has_the_team_entries(page_at):
    page = page_at("/mentions-legales/", user=StaffFactory())
    page.get_by_role("button", name="Mon compte").click()
    expect(page.get_by_role("navigation", name="Mon compte").get_by_role("list", name="Équipe")).to_be_visible()
    assert violations(page) == []


def test_keyboard_reaches_the_content_first(page_at):
    page = page_at("/mentions-legales/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_switch_keeps_the_page_and_its_query(page_at):
    page = page_at("/galerie/?sort=-state")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/galerie/\?sort=-state$"))
    page.locator("html[lang=en]").wait_for(state="attached")


def test_link_is_copied_and_said(page_at):
    page = page_at("/galerie/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("button", name="Lien copié")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url.replace("/galerie/", "/")


def test_copying_is_not_offered_without_script(page_at):
    page = page_at("/galerie/", script=False)
    expect(page.get_by_text("Copier le lien")).to_be_hidden()
