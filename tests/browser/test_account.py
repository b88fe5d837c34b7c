"""Signing up, signing in, and the second factor, as a person does it."""

import pytest
from playwright.sync_api import expect

from demo.factories import UserFactory
from demo.factories.accounts import PASSWORD
from tests.accounts.test_staff import code_now
from tests.browser.accessible import assert_accessible, violations

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, user, password=PASSWORD):
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Mot de passe", exact=False).first.fill(password)
    page.keyboard.press("Enter")


def test_wrong_password_is_said_and_the_address_kept(page_at):
    user = UserFactory()
    page = page_at("/compte/login/")
    sign_in(page, user, "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(user.email)
    assert violations(page) == []


def test_sign_up_ends_with_a_mail_to_open(page_at):
    page = page_at("/compte/signup/")
    page.get_by_label("E-mail").fill("nouvelle@medinjob.example")
    page.get_by_label("Mot de passe").fill("calanque-de-sormiou")
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")


def test_second_factor_is_set_up_and_its_codes_shown(page_at):
    user = UserFactory()
    page = page_at("/compte/login/?next=/compte/2fa/totp/activate/")
    sign_in(page, user)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator("img.qr")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Code").last.fill(code_now(page.input_value("#authenticator_secret")))
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Codes de")
    assert_accessible(page)
