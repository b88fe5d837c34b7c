"""A whole edition in Chromium: announced, exhibited at, registered for… each step by whoever does it, with what they
have (an account, a link in a mail, a pass). The figures at the end are known in advance."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import OutgoingMail
from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, ProfileFactory, StaffFactory, UserFactory
from forums.links import pass_url
from forums.models import Edition

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = 360, 1440
VISITOR, WALK_IN = "nora@medinjob.example", "wanda@medinjob.example"
NOON = datetime(2027, 3, 16, 11, tzinfo=UTC)


@pytest.fixture
def clock():
    """Noon of a day that does not change under the play; it goes on from there."""
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def play(index, page_at, clock):
    """The people of the play, `page_at` and the clock. `offer` opens three positions."""
    staff, recruiter = StaffFactory(name="Équipe"), UserFactory(name="Dominique Recruteur")
    company = CompanyFactory(name="Atelier Calanque", recruiter=recruiter)
    aix = CommuneFactory(aix=True)
    offer = OfferFactory(
        title="Développeuse Python (F/H)", published=True, company=company, place=aix, job__open_positions=3
    )
    candidate = ProfileFactory(user__name="Camille Exemple").user
    index()
    return SimpleNamespace(
        clock=clock,
        page_at=page_at,
        staff=staff,
        recruiter=recruiter,
        company=company,
        offer=offer,
        candidate=candidate,
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


def open_doors(play):
    """A volunteer with a pass lets the candidate in, then somebody who comes without being registered, with a blank
    badge. The visitor does not come."""
    page = play.page_at(reverse("edition-badges", args=[play.slug]), DESK, user=play.staff)
    page.locator("[name=count]").fill("1")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("1 badge vierge ajouté")).to_be_visible()
    page = play.page_at(reverse("passes", args=[play.slug]), DESK, user=play.staff)
    page.get_by_label("Nom de la personne").fill("Bénévole Fictif")
    page.get_by_role("button", name="Créer le lien").click()
    expect(page.get_by_text("Pas encore ouvert")).to_be_visible()
    page = play.page_at(pass_url(play.edition.passes.get().pk), DESK)
    page.get_by_role("button", name="Commencer").click()
    scan(page, token_of(play.candidate.email, play))
    expect(page.locator(".door-answer")).to_contain_text("Camille Exemple")
    scan(page, play.edition.badges.get(blank=True).token)
    page.get_by_role("link", name="Inscrire une personne").click()
    page.locator("[name=name]").fill("Wanda Imprévue")
    page.locator("[name=email]").fill(WALK_IN)
    page.get_by_role("button", name="Inscrire et faire entrer").click()
    expect(page.locator(".door-answer")).to_contain_text("Wanda Imprévue")


def meet(play):
    """The recruiter reads both badges; the candidate confirms on their own phone what the recruiter typed."""
    page = read_badge(play, play.candidate.email)
    page.get_by_role("link", name="Candidature ou demande").click()
    page.get_by_label("Développeuse Python").check()
    page.get_by_role("button", name="Envoyer le lien").click()
    expect(page.get_by_text("Attend que la personne confirme")).to_be_visible()
    own = beside(page, link_in_mail(play.candidate.email, "À confirmer"))
    own.get_by_role("button", name="Envoyer en mon nom").click()
    expect(own.get_by_role("link", name="Compléter ma candidature")).to_be_visible()
    own.close()
    page.reload()
    expect(page.get_by_text("Incomplète : CV attendu")).to_be_visible()
    page.get_by_role("button", name="Rencontre tenue").click()
    page = read_badge(play, WALK_IN)
    page.get_by_role("button", name="Rencontre tenue").click()
    expect(page.get_by_text("Tenu", exact=True)).to_be_visible()


def sign(play):
    """Three days later the candidate is hired, and the company declares the contract on the application."""
    play.clock.shift(timedelta(days=3))
    page = play.page_at(reverse("inbox"), DESK, user=play.recruiter)
    page.get_by_role("link", name="Camille Exemple").click()
    for action in ("Inviter à un entretien", "Embaucher"):
        page.get_by_role("link", name=action).click()
        page.get_by_role("button", name="Envoyer la réponse").click()
    page.get_by_role("link", name="Déclarer la signature").click()
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_role("heading", name="Contrat")).to_be_visible()


def follow_up(play):
    """A week after, a mail asks the company, which tells of the other hiring; nobody is asked twice."""
    play.clock.shift(timedelta(days=5))
    call_command("tick")
    call_command("tick")
    assert OutgoingMail.objects.filter(to=play.recruiter.email, body__contains="/forum/suites/").count() == 1
    page = play.page_at(link_in_mail(play.recruiter.email, play.edition.event.name), PHONE)
    line = page.get_by_role("group").filter(has_text="Wanda Imprévue").first
    line.get_by_label("Embauche").check()
    line.locator("select").first.select_option("cdd")
    line.locator("[name$=job_title]").fill("Assistance aux utilisateurs")
    line.locator("[name$=signed_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="pas de nouvelles pour les autres").click()
    expect(page.get_by_text("Vous avez tout dit à cette date")).to_be_visible()


def report(play):
    """Closed, counted, frozen: the figures that the play makes, and the PDF."""
    page = play.page_at(reverse("edition-manage", args=[play.slug]), DESK, user=play.staff)
    page.get_by_role("button", name="Clore l’édition").click()
    expect(page.get_by_text("ce qu'elle a montré est figé")).to_be_visible()
    page.get_by_role("link", name="Bilan : chiffres").click()
    # Contracts, positions, participants, companies, applications.
    expect(page.locator(".stats .stat b")).to_have_text(["2", "3", "2", "1", "1"])
    answer = page.request.get(page.url + "export.pdf")
    assert "Forum Medinjob d'essai" in PdfReader(BytesIO(answer.body())).pages[0].extract_text()


def scan(page, token):
    page.locator("#code").fill(token)
    page.keyboard.press("Enter")


def read_badge(play, email):
    """A meeting, begun on the recruiter's phone and agreed to on the person's own."""
    page = play.page_at(reverse("stand", args=[play.exhibitor.pk]), PHONE, user=play.recruiter)
    page.locator("[name=code]").fill(token_of(email, play))
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Lui passer ce téléphone").click()
    page.get_by_role("button", name="Recevoir le lien").click()
    own = beside(page, link_in_mail(email, "Votre passage au stand"))
    own.get_by_role("button", name="J'accepte").click()
    own.get_by_role("button", name="J'accepte").wait_for(
        state="detached"
    )  # an answer under way may keep it from closing
    own.close()
    expect(page.get_by_role("heading", name="Ce qui est partagé")).to_be_visible(timeout=15_000)
    return page


def beside(page, address):
    """Another window, where a link of a mail opens; the recruiter's stays as it is."""
    own = page.context.new_page()
    own.goto(page.url.split("/forum/")[0] + address)
    return own


def token_of(email, play):
    return play.edition.badges.get(attendee__email=email).token


def test_a_whole_edition_from_announcement_to_figures(play):
    for act in (announce, exhibit, register, open_doors, meet, sign, follow_up, report):
        act(play)
