"""A form sent after the end of its session, by hand: sign in, and the page comes back filled."""

import pytest
from playwright.sync_api import expect

from accounts.models import UnsentForm
from demo.factories import PASSWORD, OfferFactory, UserFactory
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

BACK = "Votre session avait expiré : voici ce que vous aviez écrit. Rien n’a été envoyé."


def sign_in(page, user):
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.locator("main form button").click()


@pytest.mark.parametrize("script", [True, False])
def test_form_comes_back_filled_after_the_sign_in(page_at, script):
    user = UserFactory(name="Nora")
    page = page_at("/mon-profil/", user=user, script=script)
    page.fill("#id_headline", "Développeuse à la plage")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form.card button[type=submit]").last.click()
    expect(page.locator("main [role=status]")).to_contain_text("revient dès que vous êtes connecté")
    sign_in(page, user)
    expect(page.locator("#repris")).to_contain_text(BACK)
    expect(page.locator("#repris")).to_be_focused()
    expect(page.locator("#id_headline")).to_have_value("Développeuse à la plage")
    if script:
        assert_accessible(page)


def test_posting_page_shows_what_was_sent_rather_than_what_the_device_kept(page_at, recruiter, offer):
    draft = OfferFactory(company=offer.company)
    page = page_at(f"/recruteur/offres/{draft.pk}/modifier/", user=recruiter)
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_title", "Titre gardé sur cet appareil")
    expect(page.locator("[data-status]")).to_contain_text("Votre session est finie")
    page.fill("#id_title", "Titre envoyé")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    sign_in(page, recruiter)
    expect(page.locator("#repris")).to_contain_text(BACK)
    expect(page.locator("#id_title")).to_have_value("Titre envoyé")
    expect(page.locator("#preview")).to_contain_text("Titre envoyé")
    assert UnsentForm.objects.exists()
    with page.expect_response("**/brouillon/"):
        page.fill("#id_title", "Titre envoyé et relu")
    expect(page.locator("[data-status]")).to_contain_text("Brouillon enregistré")
    assert not UnsentForm.objects.exists()
