"""A whole edition in Chromium: announced, exhibited at, registered for… each step by whoever does it, with what they
have (an account, a link in a mail, a pass). The figures at the end are known in advance."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import OutgoingMail
from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, ProfileFactory, StaffFactory, UserFactory
from forums.models import Edition

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = 360, 1440
VISITOR = "nora@medinjob.example"


@pytest.fixture
def play(index, page_at):
    """The people of the play, and `page_at`. `offer` opens three positions."""
    staff, recruiter = StaffFactory(name="Équipe"), UserFactory(name="Dominique Recruteur")
    company = CompanyFactory(name="Atelier Calanque", recruiter=recruiter)
    aix = CommuneFactory(aix=True)
    offer = OfferFactory(
        title="Développeuse Python (F/H)", published=True, company=company, place=aix, job__open_positions=3
    )
    candidate = ProfileFactory(user__name="Camille Exemple").user
    index()
    return SimpleNamespace(
        page_at=page_at, staff=staff, recruiter=recruiter, company=company, offer=offer, candidate=candidate
    )


def link_in_mail(to, subject):
    """The first address of the latest mail."""
    body = OutgoingMail.objects.filter(to=to, subject__contains=subject).latest("pk").body
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", body)[1]


def announce(play):
    """Staff create an edition of today, with its programme, and announce it."""
    page = play.page_at(reverse("edition-create"), DESK, user=play.staff)
    page.locator("[name=name]").fill("Forum Medinjob d'essai")
    page.get_by_role("textbox", name="Jour").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.locator("[name=days-0-opens_at]").fill("00:00")
    page.locator("[name=days-0-closes_at]").fill("23:59")
    page.locator("[name=venues-0-name]").fill("Hall fictif")
    page.get_by_label("Nombre de places").fill("50")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("rien n'est public avant l'annonce")).to_be_visible()
    page.get_by_role("button", name="Annoncer").click()
    expect(page.get_by_text("sa page est publique")).to_be_visible()
    play.edition = Edition.objects.select_related("event").get()
    play.slug = play.edition.event.slug


def exhibit(play):
    """A company asks for a stand and names what it shows; staff accept and number it."""
    page = play.page_at(play.edition.get_absolute_url(), DESK, user=play.recruiter)
    page.get_by_role("link", name="Demander un stand").click()
    page.get_by_label("Développeuse Python").check()
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("L’équipe n’a pas encore répondu")).to_be_visible()
    page = play.page_at(reverse("edition-stands", args=[play.slug]), DESK, user=play.staff)
    page.get_by_role("link", name="Atelier Calanque").click()
    page.get_by_role("radio", name="Accepter").check()
    page.get_by_role("textbox", name="Numéro de stand").fill("B12")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C'est décidé")).to_be_visible()
    play.exhibitor = play.edition.exhibitors.get()
    page = play.page_at(reverse("edition-exhibitors", args=[play.slug]), PHONE)
    expect(page.get_by_text("Stand B12")).to_be_visible()
    expect(page.get_by_role("link", name="Développeuse Python")).to_be_visible()


def register(play):
    """A candidate in one click; a visitor by a form and the link of a mail, without script."""
    page = play.page_at(play.edition.get_absolute_url(), PHONE, user=play.candidate)
    page.get_by_role("link", name="S’inscrire").click()
    page.get_by_role("button", name="Je viens").click()
    expect(page.get_by_role("img", name="Code de votre badge")).to_be_visible()
    page = play.page_at(reverse("edition-register", args=[play.slug]), PHONE, script=False)
    page.get_by_label("Prénom et nom").fill("Nora Fictive")
    page.get_by_label("Adresse e-mail").fill(VISITOR)
    page.get_by_label("en visite").check()
    page.get_by_role("button", name="Je viens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrez votre courriel")
    page = play.page_at(link_in_mail(VISITOR, "Confirmez"), PHONE, script=False)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("img", name="Code de votre badge")).to_be_visible()
    assert play.edition.attendees.registered().count() == 2


def test_a_whole_edition_from_announcement_to_figures(play):
    announce(play)
    exhibit(play)
    register(play)
