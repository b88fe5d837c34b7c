"""Saving as one types: what the page says for each answer of the server."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form_at(page_at):
    """The gallery's form, saved to an address that answers as told; the list receives each body posted."""

    def open_form(**answer):
        page = page_at("/galerie/")
        posted = []

        def save(route):
            posted.append(route.request.post_data)
            route.fulfill(**answer) if answer else route.abort()

        page.route("**/brouillon/", save)
        page.evaluate("document.querySelector('auto-save').dataset.url = '/brouillon/'")
        return page, page.locator("[data-status]"), posted

    return open_form


def test_autosave_says_when_it_saved_and_lets_leave(form_at):
    page, status, posted = form_at(status=204)
    page.fill("#id_title", "Développeuse Django")
    expect(status).to_contain_text("Brouillon enregistré à")
    assert len(posted) == 1
    assert "Développeuse Django" in posted[0]

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(page.url.replace("/galerie/", "/mentions-legales/"))
    assert asked == []


def test_autosave_keeps_the_new_version(form_at):
    page, status, _posted = form_at(json={"version": 7})
    page.evaluate(
        """() => document.querySelector('#example-form').insertAdjacentHTML(
            'beforeend', '<input type="hidden" name="version" value="6">')"""
    )
    page.fill("#id_title", "Développeuse")
    expect(status).to_contain_text("Brouillon enregistré")
    assert page.input_value("[name=version]") == "7"


def test_autosave_stops_when_someone_else_saved_first(form_at):
    page, status, posted = form_at(status=409)
    page.fill("#id_title", "Développeuse")
    expect(status).to_contain_text("Quelqu’un d’autre")
    page.fill("#id_title", "Développeur")
    page.wait_for_timeout(1700)
    assert len(posted) == 1


def test_autosave_says_that_nothing_is_lost_without_network(form_at):
    page, status, _posted = form_at()
    page.fill("#id_title", "Développeuse")
    expect(status).to_contain_text("Non enregistré")
    expect(page.locator("#id_title")).to_have_value("Développeuse")


def test_autosave_is_silent_about_a_form_not_ready_yet(form_at):
    page, status, posted = form_at(status=422)
    with page.expect_request("**/brouillon/"):
        page.fill("#id_title", "Dév")
    page.wait_for_timeout(300)
    assert len(posted) == 1
    expect(status).to_be_empty()


def test_ended_session_is_said_and_the_text_comes_back(form_at):
    page, status, _posted = form_at(status=403, headers={"X-Session-Ended": "1"})
    page.evaluate("history.replaceState(null, '', '?page=2')")
    page.fill("#id_title", "Développeuse Django")
    expect(status).to_contain_text("Votre session est finie")
    expect(status.locator("a")).to_have_attribute("href", "/compte/login/?next=%2Fgalerie%2F%3Fpage%3D2")
    page.reload()
    expect(page.locator("#id_title")).to_have_value("Développeuse Django")
    expect(page.locator("[data-status]")).to_contain_text("est revenu")


@pytest.mark.parametrize("code", [403, 404])
def test_right_that_was_lost_is_said_and_the_text_is_kept(form_at, code):
    page, status, posted = form_at(status=code)
    page.fill("#id_title", "Développeuse Django")
    expect(status).to_contain_text("vous n’avez plus le droit")
    assert status.locator("a").count() == 0
    page.fill("#id_title", "Développeuse Django et PostgreSQL")
    page.wait_for_timeout(1700)
    assert len(posted) == 1
    page.reload()
    expect(page.locator("#id_title")).to_have_value("Développeuse Django et PostgreSQL")
