"""Applying, following and answering in a browser: the states that a bare address does not show, and the keyboard."""

from urllib.parse import urljoin

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from candidates.models import Application, ApplicationDraft
from candidates.services import moves
from candidates.services.words import add_message, add_note
from demo.cv_files import pdf_file
from demo.factories import (
    ApplicationFactory,
    ContractFactory,
    CVFactory,
    DraftFactory,
    OfferFactory,
    ProfileFactory,
    SkillFactory,
    TrainingFactory,
    UserFactory,
)
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
CV = "Développeuse web\nPython, Django, PostgreSQL\nCinq ans chez une entreprise fictive"
PROFILE = {
    "headline": "Développeuse web, cinq ans d'expérience",
    "skills": ["Python", "Django", "PostgreSQL"],
    "occupations": ["Développeur / Développeuse web"],
    "place": "Aix-en-Provence (13)",
    "distance_km": 30,
    "contracts": ["cdi"],
    "experience": "3",
    "career": "Cinq ans de services en Python.\n\nAvant : support informatique.",
}


@pytest.fixture
def candidate():
    return UserFactory(name="Camille Exemple")


@pytest.fixture
def story(offer, candidate, recruiter):
    """An application with a bit of everything in its history."""
    cv = CVFactory(owner=candidate, text=CV)
    application = ApplicationFactory(offer=offer, candidate=candidate, cv=cv, profile=PROFILE, days=20)
    moves.invite(applications=[application], by=recruiter, text="Bonjour {candidat}, mardi à 14 h ?")
    add_message(application=application, by=candidate, side="candidate", text="Mardi me convient.")
    add_note(application=application, by=recruiter, text="Bon entretien téléphonique.")
    return application


@pytest.fixture
def inbox(offer, story):
    names = ["Ana Fictive", "Bo Inventé", "Cy Supposée", "Di Imaginaire"]
    for n, (name, state) in enumerate(zip(names, ["", "seen", "refused", "hired"], strict=True)):
        ApplicationFactory(offer=offer, name=name, days=n * 9 + 1, **{state: True} if state else {})
    training = TrainingFactory(published=True, company=offer.company)
    ApplicationFactory(offer=training, name="Ed Curieux", days=2)


def test_form_without_account_is_accessible_with_its_errors(offer, page_at):
    page = page_at(reverse("apply", args=[offer.pk]))
    assert_accessible(page)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("script", [True, False])
def test_applying_without_account_takes_a_minute_on_a_phone(offer, page_at, script):
    """From the offer's page to a sent application: at most five fields in sight, no password, and seven taps, which are
    the lines of this test that act; with and without JavaScript."""
    page = page_at(offer.get_absolute_url(), 360, script=script)
    page.get_by_role("link", name="Postuler").first.click()
    form = page.locator("main form", has=page.get_by_label("Votre nom"))
    assert form.locator("input:visible, textarea:visible, select:visible").count() <= 5
    page.get_by_label("Votre nom").fill("Camille Exemple")
    page.get_by_label("Votre adresse e-mail").fill("camille@medinjob.example")
    file = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf_file(CV.splitlines())}
    page.get_by_label("CV", exact=True).set_input_files(file)
    page.get_by_role("button", name="Recevoir le lien").click()
    page.wait_for_url("**/lien-envoye/")
    page.goto(urljoin(page.url, reverse("draft", args=[ApplicationDraft.objects.get().token])))
    if script:
        assert_accessible(page)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    page.wait_for_url("**/candidature/suivre/**")
    if script:
        assert_accessible(page)
    row = Application.objects.get()
    assert (row.name, row.cv.filename, row.candidate) == ("Camille Exemple", "cv.pdf", None)


def test_form_with_account_takes_a_file_and_is_followed(offer, candidate, page_at):
    ProfileFactory(user=candidate)
    page = page_at(reverse("apply", args=[offer.pk]), 360, user=candidate)
    assert_accessible(page)
    page.get_by_label("Votre message").fill("Bonjour, votre offre me plaît.")
    page.get_by_label("CV", exact=True).set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf_file(CV.splitlines())}
    )
    page.get_by_role("button", name="Envoyer ma candidature").click()
    page.wait_for_url("**/mes-candidatures/*/")
    assert_accessible(page)
    assert Application.objects.get().cv.filename == "cv.pdf"


def test_request_form_is_accessible(candidate, page_at):
    training = TrainingFactory(published=True)
    page = page_at(reverse("apply", args=[training.pk]), user=candidate)
    page.get_by_text("Joindre mon CV").click()
    assert_accessible(page)


def test_closed_offer_is_accessible(page_at):
    page = page_at(reverse("apply", args=[OfferFactory(filled=True).pk]))
    assert page.answer.status == 410
    assert_accessible(page)


def test_dead_link_is_accessible(page_at):
    assert_accessible(page_at(reverse("draft", args=["inconnu"])))


def test_own_list_and_page_are_accessible(story, candidate, page_at):
    ApplicationFactory(candidate=candidate, days=20)
    ApplicationFactory(candidate=candidate, refused=True)
    DraftFactory(email=candidate.email)
    assert_accessible(page_at(reverse("my-applications"), user=candidate))
    page = page_at(story.get_absolute_url(), user=candidate)
    page.get_by_text("Retirer ma candidature").click()
    assert_accessible(page)


def test_profile_with_suggestions_is_accessible(candidate, page_at):
    for label in ("Python", "Django", "PostgreSQL"):
        SkillFactory(label=label, spotted=True)
    ProfileFactory(user=candidate)
    CVFactory(owner=candidate, text=CV)
    page = page_at(reverse("my-profile"), user=candidate)
    assert_accessible(page)
    page.get_by_role("button", name="Ajouter Django").click()
    expect(page.get_by_role("button", name="Ajouter Django")).to_have_count(0)


def test_inbox_is_accessible_and_ticks_all_at_once(inbox, recruiter, page_at):
    page = page_at(reverse("inbox"), user=recruiter)
    assert_accessible(page)
    page.get_by_label("Tout cocher").check()
    expect(page.locator("input[name=ids]:checked")).to_have_count(6)
    page.get_by_label("Réponse aux candidatures cochées").select_option("refuse")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**ids=*")
    assert_accessible(page)


def test_received_application_is_accessible_with_its_answer_open(inbox, story, recruiter, page_at):
    page = page_at(reverse("inbox-application", args=[story.pk]), user=recruiter)
    page.get_by_role("link", name="Refuser").click()
    assert_accessible(page)


def test_arrows_lead_from_one_application_to_the_next(inbox, recruiter, page_at):
    first, second = Application.objects.order_by("-sent_at")[:2]
    page = page_at(reverse("inbox-application", args=[first.pk]), user=recruiter)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/candidatures/{second.pk}/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/candidatures/{first.pk}/")


def test_arrows_do_nothing_while_one_writes(inbox, recruiter, page_at):
    first = Application.objects.order_by("-sent_at")[0]
    page = page_at(reverse("inbox-application", args=[first.pk]), user=recruiter)
    page.get_by_text("Écrire un message").click()
    page.locator("textarea:visible").press("ArrowRight")
    assert page.url.endswith(f"/candidatures/{first.pk}/")


def test_contract_pages_are_accessible(offer, candidate, recruiter, page_at):
    contract = ContractFactory(application__offer=offer, application__candidate=candidate)
    for name in ("contract-correct", "contract-cancel"):
        assert_accessible(page_at(reverse(name, args=[contract.pk]), user=recruiter))
    assert_accessible(page_at(reverse("inbox-application", args=[contract.application_id]), user=recruiter))
