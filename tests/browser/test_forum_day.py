"""The day of a forum in Chromium: a volunteer who never touches the mouse, a recruiter with one thumb, a person who
agrees on their own phone; and the same without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from candidates.models import Application
from demo.factories import (
    AttendeeFactory,
    BadgeFactory,
    EditionFactory,
    ExhibitorFactory,
    OfferFactory,
    PassFactory,
    ProfileFactory,
    StaffFactory,
    UserFactory,
)
from forums.links import attendee_token, pass_url, proposal_url
from forums.models import Attendee, Entry, Meeting, StandProposal
from forums.services.passes import revoke_pass
from tests.browser.accessible import assert_accessible, violations
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    return EditionFactory(running=True)


@pytest.fixture
def attendee(edition):
    return AttendeeFactory(edition=edition, user__name="Camille Exemple")


@pytest.fixture
def exhibitor(edition):
    exhibitor = ExhibitorFactory(edition=edition, accepted=True, company__recruiter=UserFactory())
    exhibitor.shown_offers.create(offer=OfferFactory(published=True, company=exhibitor.company))
    return exhibitor


@pytest.fixture
def door(page_at, edition):
    """The door in the browser of a volunteer who took up a pass."""

    def open_door(width=1440, *, held=None, script=True):
        page = page_at(pass_url((held or PassFactory(edition=edition)).pk), width, script=script)
        page.get_by_role("button", name="Commencer").click()
        page.wait_for_url("**/entree/")
        return page

    return open_door


def token_of(attendee):
    return attendee.badges.get().token


def scan(page, text):
    """As a reader does: keys, then Enter, wherever the keyboard is."""
    with page.expect_response("**/entree/**"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def said(page):
    return page.locator(".door-answer")


def test_volunteer_scans_one_badge_after_the_other_without_a_mouse(door, attendee, edition):
    page = door()
    other = AttendeeFactory(edition=edition)
    scan(page, token_of(attendee))
    said(page).get_by_text("Camille Exemple").wait_for()
    expect(said(page)).to_contain_class("in")
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_value("")
    scan(page, f"https://medinjob.example/b/{token_of(other)}/")
    said(page).get_by_text(other.name).wait_for()
    scan(page, token_of(attendee))
    said(page).get_by_text("Déjà entré à").wait_for()
    assert Entry.objects.count() == 2


def test_reader_types_into_the_field_even_when_it_lost_the_keyboard(door, attendee):
    page = door()
    page.locator("h1").click()
    expect(page.locator("#code")).not_to_be_focused()
    scan(page, token_of(attendee))
    said(page).get_by_text("Camille Exemple").wait_for()


def test_name_is_found_and_entered_by_keyboard_alone(door, attendee):
    page = door()
    scan(page, "cam")
    said(page).get_by_text("Qui est-ce").wait_for()
    expect(page.locator("[data-next]")).to_be_focused()
    with page.expect_response("**/entree/**"):
        page.keyboard.press("Enter")
    said(page).get_by_text("Entrée enregistrée").wait_for()
    assert Entry.objects.get().source == "name"


def test_walk_in_gets_a_blank_badge_in_a_few_keys(door, edition):
    page = door()
    blank = BadgeFactory(edition=edition, blank=True, number=1)
    scan(page, blank.token)
    page.get_by_role("link", name="Inscrire une personne").click()
    expect(page.get_by_label("Nom")).to_be_focused()
    assert page.input_value("[name=blank]") == blank.token
    page.keyboard.type("Nora Test")
    page.keyboard.press("Enter")
    said(page).get_by_text("Nora Test").wait_for()
    assert Attendee.objects.get().badges.get() == blank


def test_pass_that_ends_meanwhile_is_said_and_nothing_is_counted(door, edition, attendee, page_at):
    held = PassFactory(edition=edition)
    page = door(held=held)
    revoke_pass(held=held)
    page.keyboard.type(token_of(attendee))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Cette page ne vous est pas ouverte").wait_for()
    page_at.complaints.clear()
    assert Entry.objects.count() == 0


def test_lost_network_is_said_and_what_was_read_stays(door, attendee, page_at):
    page = door()
    page.route("**/entree/**", lambda route: route.abort())
    page.keyboard.type("camille")
    page.keyboard.press("Enter")
    page.get_by_text("Pas de réseau").wait_for()
    page_at.complaints.clear()
    assert page.input_value("#code") == "camille"
    page.unroute("**/entree/**")
    with page.expect_response("**/entree/**"):
        page.keyboard.press("Enter")
    said(page).get_by_text("Qui est-ce").wait_for()
    page.get_by_text("Pas de réseau").wait_for(state="hidden")


def test_door_works_without_script(door, attendee):
    page = door(NARROW, script=False)
    page.fill("#code", token_of(attendee))
    page.keyboard.press("Enter")
    said(page).get_by_text("Entrée enregistrée").wait_for()
    page.get_by_role("button", name="Annuler cette entrée").click()
    said(page).get_by_text("Entrée annulée").wait_for()
    assert Entry.objects.standing().count() == 0


@pytest.mark.parametrize("state", ["in", "again", "stop", "choose", "blank"])
def test_every_answer_of_the_door_is_accessible(door, attendee, edition, state):
    page = door()
    blank = BadgeFactory(edition=edition, blank=True, number=1)
    typed = {"stop": "personne", "choose": "camille", "blank": blank.token}.get(state, token_of(attendee))
    scan(page, typed)
    if state == "again":
        said(page).wait_for()
        scan(page, typed)
    said(page).wait_for()
    page.mouse.move(0, 0)
    assert_accessible(page)


def test_recruiter_meets_a_person_with_one_thumb(page_at, exhibitor, attendee):
    recruiter = exhibitor.company.memberships.get().user
    page = page_at(reverse("badge", args=[token_of(attendee)]), NARROW, user=recruiter)
    page.get_by_role("button", name="Ouvrir la rencontre").click()
    page.get_by_role("heading", name="Camille", exact=True).wait_for()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Lui passer ce téléphone").click()
    assert violations(page) == []
    page.get_by_role("button", name="Recevoir le lien").click()
    page.get_by_text("Le lien est parti").wait_for()
    page.get_by_role("link", name="Candidature ou demande").click()
    page.get_by_label(exhibitor.shown_offers.get().offer.title).check()
    page.get_by_role("button", name="Envoyer le lien").click()
    page.get_by_text("Attend que la personne confirme").wait_for()
    proposal = StandProposal.objects.get()
    own = page.context.new_page()
    own.goto(page.url.split("/forum/")[0] + proposal_url(proposal.pk, proposal.mails))
    assert violations(own) == []
    own.get_by_role("button", name="Envoyer en mon nom").click()
    own.get_by_role("link", name="Compléter ma candidature").wait_for()
    assert violations(own) == []
    own.close()
    page.reload()
    page.get_by_text("Incomplète : CV attendu").wait_for()
    page.get_by_role("button", name="Rencontre tenue").click()
    page.get_by_text("Tenu", exact=True).wait_for()
    assert violations(page) == []
    assert Meeting.objects.get().state == "done"
    assert Application.objects.get().channel == "forum"


def test_agreement_on_ones_own_phone_shows_at_the_stand_without_a_reload(page_at, exhibitor, attendee):
    ProfileFactory(user=attendee.user, headline="Python depuis dix ans")
    recruiter = exhibitor.company.memberships.get().user
    stand = page_at(reverse("stand", args=[exhibitor.pk]), NARROW, user=recruiter)
    stand.keyboard.type(token_of(attendee))
    stand.keyboard.press("Enter")
    stand.get_by_role("heading", name="Demander l’accord").wait_for()
    meeting = Meeting.objects.get()
    own = stand.context.new_page()
    own.goto(
        stand.url.split("/forum/")[0] + reverse("registration-meeting", args=[attendee_token(attendee.pk), meeting.pk])
    )
    own.get_by_label("Mon profil Medinjob").check()
    own.get_by_role("button", name="J'accepte").click()
    own.get_by_role("button", name="J'accepte").wait_for(
        state="detached"
    )  # an answer under way may keep it from closing
    stand.get_by_text("Python depuis dix ans").wait_for()
    own.close()


def test_figures_renew_themselves(page_at, edition, attendee):
    page = page_at(reverse("dashboard", args=[edition.event.slug]), user=StaffFactory())
    expect(page.locator("a.stat b").first).to_have_text("0")
    Entry.objects.create(
        edition=edition, venue=edition.venues.get(), day=edition.event.starts_on, attendee=attendee, source="scan"
    )
    page.set_default_timeout(20_000)
    page.locator("a.stat b", has_text="1").first.wait_for()
