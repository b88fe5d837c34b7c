"""The main job from end to end, on a phone and on a desk: found, applied to without an account, answered, signed; then
the candidate leaves, and the counts stay."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import OutgoingMail, User
from candidates.enums import ApplicationState, ContractKind
from candidates.models import Application, Contract
from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "camille@medinjob.example"


@pytest.fixture
def recruiter(index):
    recruiter = UserFactory(name="Dominique Recruteur")
    company = CompanyFactory(name="Atelier Calanque", recruiter=recruiter)
    OfferFactory(title="Développeuse Python (F/H)", published=True, company=company, place=CommuneFactory(aix=True))
    index()
    return recruiter


def link_in_mail(subject):
    body = OutgoingMail.objects.get(to=EMAIL, subject__startswith=subject).body
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", body)[1]


def apply_without_account(page_at, width):
    page = page_at("/offres/?q=python", width)
    page.get_by_role("link", name="Développeuse Python").click()
    page.get_by_role("link", name="Postuler").click()
    page.get_by_label("Votre nom").fill("Camille Exemple")
    page.get_by_label("Votre adresse e-mail").fill(EMAIL)
    page.get_by_text("Pas de CV ?").click()
    page.get_by_label("Votre parcours").fill("Cinq ans de services en Python et en Django.")
    page.get_by_label("Votre message").fill("Bonjour, votre offre me plaît.")
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrez votre courriel")


def finish_on_another_device(page_at, width, link):
    page = page_at(link, width)
    expect(page.get_by_text("Bonjour, votre offre me plaît.")).to_be_visible()
    page.get_by_role("button", name="Envoyer ma candidature").click()
    expect(page.get_by_text("Vous suivez la suite ici")).to_be_visible()
    page.get_by_role("button", name="Créer mon compte").click()
    page.get_by_label("Mot de passe").fill("une phrase bien longue")
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", name="Ce qui s'est passé")).to_be_visible()


def answer(page, action, sent="Envoyer la réponse"):
    page.get_by_role("link", name=action).click()
    page.get_by_role("button", name=sent).click()
    expect(page.get_by_text("Votre réponse est envoyée")).to_be_visible()


def hire_and_sign(page_at, recruiter, width):
    page = page_at(reverse("inbox"), width, user=recruiter)
    page.get_by_role("link", name="Camille Exemple").click()
    answer(page, "Inviter à un entretien")
    answer(page, "Embaucher")
    page.get_by_role("link", name="Déclarer la signature").click()
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_role("heading", name="Contrat")).to_be_visible()


def leave(page_at, width, user):
    page = page_at(reverse("my-applications"), width, user=user)
    expect(page.get_by_text("Embauche")).to_be_visible()
    page.goto(page.url.replace(reverse("my-applications"), reverse("account-close")))
    page.get_by_label("Votre adresse e-mail").fill(EMAIL)
    page.get_by_role("button", name="Supprimer mon compte").click()
    expect(page.get_by_text("Votre compte est supprimé")).to_be_visible()


def counts():
    hired = Application.objects.filter(state=ApplicationState.HIRED).count()
    return Application.objects.count(), hired, Counter(contract.kind for contract in Contract.objects.in_force())


@pytest.mark.parametrize("width", [360, 1440])
def test_main_job_from_search_to_signature_and_beyond(width, recruiter, page_at):
    apply_without_account(page_at, width)
    finish_on_another_device(page_at, width, link_in_mail("Terminez votre candidature"))
    hire_and_sign(page_at, recruiter, width)
    assert counts() == (1, 1, {ContractKind.EMPLOYMENT: 1})
    leave(page_at, width, User.objects.get(email=EMAIL))
    assert counts() == (1, 1, {ContractKind.EMPLOYMENT: 1})
    left = Application.objects.get()
    assert (left.candidate, left.name, left.email, left.message) == (None, "", "", "")
    assert not User.objects.filter(email=EMAIL).exists()
