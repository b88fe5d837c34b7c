"""The pages of the stand, on a recruiter's phone or with a pass; the person's own; what a badge opens for whom."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.models import Application
from demo.factories import (
    AttendeeFactory,
    BadgeFactory,
    CVFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    OfferFactory,
    PassFactory,
    ProfileFactory,
    StaffFactory,
    TrainingFactory,
    UserFactory,
)
from forums.links import attendee_token, attendee_url, pass_url
from forums.models import Attendee, Meeting, MeetingEvent, StandProposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(exhibitor, attendee):
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee)


@pytest.fixture
def phone(client, recruiter):
    client.force_login(recruiter)
    return client


@pytest.fixture
def colleague(client, exhibitor):
    """Without an account, with a pass."""
    client.post(pass_url(PassFactory(stand=exhibitor, name="Alix").pk))
    return client


def page_of(meeting, name="stand-meeting"):
    return reverse(name, args=[meeting.pk])


def stand_of(exhibitor):
    return reverse("stand", args=[exhibitor.pk])


def own_page(meeting):
    return reverse("registration-meeting", args=[attendee_token(meeting.attendee_id), meeting.pk])


def test_scan_leads_to_the_meeting(phone, exhibitor, attendee):
    answer = phone.post(stand_of(exhibitor), {"code": f"https://medinjob.example/b/{attendee.badges.get().token}/"})
    assert answer.url == page_of(Meeting.objects.get())


def test_colleague_with_a_pass_scans_and_signs(colleague, exhibitor, attendee):
    colleague.post(stand_of(exhibitor), {"code": attendee.badges.get().token})
    event = MeetingEvent.objects.get()
    assert (event.by, event.by_pass.name) == (None, "Alix")


@pytest.mark.parametrize(
    ("badge", "said"),
    [
        (lambda edition: "inconnu", "Ce n'est pas un badge du forum"),
        (lambda edition: BadgeFactory(edition=edition, blank=True, number=1).token, "encore à personne"),
        (lambda edition: AttendeeFactory(edition__running=True).badges.get().token, "pas valable à cette édition"),
        (lambda edition: "", "Ce champ est obligatoire"),
    ],
    ids=["unknown", "blank", "elsewhere", "empty"],
)
def test_badge_that_opens_nothing_is_said_under_the_field(phone, exhibitor, edition, badge, said):
    page = phone.post(stand_of(exhibitor), {"code": badge(edition)})
    assert said in page.context["form"].errors["code"][0]
    assert Meeting.objects.count() == 0


def test_stand_finds_nobody_by_name(phone, exhibitor, attendee):
    assert "code" in phone.post(stand_of(exhibitor), {"code": attendee.name}).context["form"].errors


def test_stand_shows_first_names_of_those_who_have_not_agreed(phone, meeting, exhibitor):
    for page in (
        stand_of(exhibitor),
        page_of(meeting),
        page_of(meeting, "stand-share"),
        page_of(meeting, "stand-apply"),
    ):
        seen = phone.get(page).content.decode()
        assert "Camille" in seen
        assert "Exemple" not in seen
        assert meeting.attendee.email not in seen


@pytest.mark.parametrize(
    ("name", "hidden"), [("FICTIFEAU Anaïs", "FICTIFEAU"), ("Rasolofictif", "solofictif"), ("李雷", "李雷")]
)
def test_stand_never_takes_a_family_name_for_a_first_one(phone, meeting, exhibitor, name, hidden):
    Attendee.objects.filter(pk=meeting.attendee_id).update(name=name)
    for page in (
        stand_of(exhibitor),
        *(page_of(meeting, each) for each in ("stand-meeting", "stand-share", "stand-apply")),
    ):
        assert hidden not in phone.get(page).content.decode()


def test_empty_stand_says_what_to_do(phone, exhibitor):
    assert "Lisez le badge de la première personne" in phone.get(stand_of(exhibitor)).content.decode()


@pytest.mark.parametrize(
    ("do", "state"),
    [("start", "started"), ("finish", "done"), ("miss", "no_show"), ("nonsense", "opened"), ("", "opened")],
)
def test_one_tap_moves_the_meeting(phone, meeting, do, state):
    phone.post(page_of(meeting), {"do": do})
    assert Meeting.objects.get().state == state


def test_step_that_is_too_late_is_said(phone, exhibitor):
    held = MeetingFactory(exhibitor=exhibitor, held=True)
    page = phone.post(page_of(held), {"do": "miss"}, follow=True).content.decode()
    assert "ce n&#x27;est plus possible" in page


def test_note_is_kept_and_what_a_slower_hand_typed_is_not_lost(phone, meeting):
    phone.post(page_of(meeting), {"do": "note", "note": "Django", "version": "0"})
    assert Meeting.objects.get().note == "Django"
    page = phone.post(page_of(meeting), {"do": "note", "note": "Flask", "version": "0"})
    assert page.context["form"].errors.keys() == {"note"}
    assert "Flask" in page.content.decode()


def test_nothing_is_shared_on_the_stands_phone_whatever_is_posted(phone, meeting):
    """A recruiter could tick it for the person."""
    for do in ("agree", "ask", ""):
        phone.post(page_of(meeting, "stand-share"), {"do": do, "chosen": ["email", "profile", "cv"]})
        seen = Meeting.objects.get()
        assert (seen.shared, seen.agreed_at) == ({}, None)
    assert meeting.attendee.email not in phone.get(page_of(meeting)).content.decode()
    assert OutgoingMail.objects.get().to == meeting.attendee.email


def test_person_declines_on_the_stands_phone(phone, meeting):
    phone.post(page_of(meeting, "stand-share"), {"do": "decline"})
    assert Meeting.objects.get().declined_at is not None


def test_person_sees_the_values_and_agrees_on_their_own_phone(client, meeting):
    ProfileFactory(user=meeting.attendee.user, headline="Python depuis dix ans")
    CVFactory(owner=meeting.attendee.user)
    page = client.get(own_page(meeting)).content.decode()
    assert "Python depuis dix ans" in page
    assert meeting.attendee.email in page
    assert "checked" not in page
    client.post(own_page(meeting), {"do": "agree", "chosen": ["profile", "cv"]})
    assert Meeting.objects.get().shared.keys() == {"name", "profile", "cv"}
    assert MeetingEvent.objects.get().by == meeting.attendee.user


def test_visitor_agrees_by_the_link_of_the_mail(client, exhibitor):
    meeting = MeetingFactory(exhibitor=exhibitor, attendee=AttendeeFactory(edition=exhibitor.edition, visitor=True))
    client.post(own_page(meeting), {"do": "agree", "chosen": ["email"]})
    assert Meeting.objects.get().shared["email"] == meeting.attendee.email
    client.post(own_page(meeting), {"do": "decline"})
    assert Meeting.objects.get().shared == {}


def test_nobody_answers_for_somebody_else(client, meeting):
    other = AttendeeFactory(edition=meeting.attendee.edition)
    address = reverse("registration-meeting", args=[attendee_token(other.pk), meeting.pk])
    assert client.post(address, {"do": "agree"}).status_code == 404
    assert Meeting.objects.get().agreed_at is None


@pytest.mark.usefixtures("still")
def test_own_registration_tells_who_waits_for_an_answer(client, meeting):
    page = client.get(attendee_url(meeting.attendee_id)).content.decode()
    assert "Attend votre accord" in page
    assert own_page(meeting) in page


def test_application_at_the_stand_waits_for_the_person(phone, meeting, offer):
    form = {"offer": offer.pk, "message": ""}
    assert phone.post(page_of(meeting, "stand-apply"), form).url == page_of(meeting)
    assert Application.objects.count() == 0
    assert "Attend que la personne confirme" in phone.get(page_of(meeting)).content.decode()
    StandProposal.objects.update(answered_at=timezone.now())
    page = phone.post(page_of(meeting, "stand-apply"), form)
    assert "déjà répondu" in page.context["form"].errors["offer"][0]


@pytest.mark.parametrize("offer_id", ["", "999999"])
def test_application_says_what_is_missing(phone, meeting, offer, offer_id):
    page = phone.post(page_of(meeting, "stand-apply"), {"offer": offer_id, "message": "Bonjour"})
    assert page.context["form"].errors.keys() == {"offer"}
    assert "Bonjour" in page.content.decode()
    assert StandProposal.objects.count() == 0


def test_offer_that_the_stand_does_not_show_is_none_of_its(phone, meeting, exhibitor):
    hidden = OfferFactory(published=True, company=exhibitor.company)
    page = phone.post(page_of(meeting, "stand-apply"), {"offer": hidden.pk})
    assert page.context["form"].errors.keys() == {"offer"}


def test_request_for_information_wants_a_question(phone, meeting, exhibitor):
    training = TrainingFactory(published=True, company=exhibitor.company)
    exhibitor.shown_offers.create(offer=training)
    page = phone.post(page_of(meeting, "stand-apply"), {"offer": training.pk})
    assert page.context["form"].errors.keys() == {"message"}
    phone.post(page_of(meeting, "stand-apply"), {"offer": training.pk, "message": "Les dates ?"})
    assert StandProposal.objects.get().message == "Les dates ?"


def test_visitor_without_address_is_asked_for_one(phone, exhibitor, offer):
    nobody = AttendeeFactory(edition=exhibitor.edition, visitor=True, email="")
    page = page_of(MeetingFactory(exhibitor=exhibitor, attendee=nobody), "stand-apply")
    assert phone.post(page, {"offer": offer.pk}).context["form"].errors.keys() == {"email"}
    phone.post(page, {"offer": offer.pk, "email": "nora@medinjob.example"})
    assert OutgoingMail.objects.get().to == "nora@medinjob.example"


def test_other_company_sees_no_meeting_of_the_stand(client, meeting, exhibitor, edition):
    rival = ExhibitorFactory(edition=edition, accepted=True, company__recruiter=UserFactory())
    client.force_login(rival.company.memberships.get().user)
    for name in ("stand-meeting", "stand-share", "stand-apply"):
        assert client.get(page_of(meeting, name)).status_code == 404
    assert client.get(stand_of(exhibitor)).status_code == 404


def test_stand_that_was_refused_works_no_more(phone, meeting, exhibitor):
    type(exhibitor).objects.update(state="refused", reason="Plus de place")
    assert phone.get(stand_of(exhibitor)).status_code == 404
    assert phone.get(page_of(meeting)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_stand_asks_the_same_number_of_queries(phone, exhibitor, rows, django_assert_num_queries):
    for attendee in AttendeeFactory.create_batch(rows, edition=exhibitor.edition):
        MeetingFactory(exhibitor=exhibitor, attendee=attendee)
    phone.get(stand_of(exhibitor))
    with django_assert_num_queries(8):
        phone.get(stand_of(exhibitor))


@pytest.mark.parametrize("rows", [1, 3])
def test_own_registration_asks_the_same_number_of_queries(client, edition, rows, django_assert_num_queries):
    attendee = AttendeeFactory(edition=edition)
    for exhibitor in ExhibitorFactory.create_batch(rows, edition=edition, accepted=True):
        MeetingFactory(exhibitor=exhibitor, attendee=attendee)
    with django_assert_num_queries(6):
        client.get(attendee_url(attendee.pk))


def badge_page(attendee):
    return attendee.badges.get().get_absolute_url()


def test_badge_lets_the_door_check_in(client, attendee):
    client.force_login(StaffFactory())
    page = client.get(badge_page(attendee)).content.decode()
    assert "Faire entrer" in page
    assert "Camille Exemple" in page
    EntryFactory(attendee=attendee)
    assert "Déjà entré à 10:00" in client.get(badge_page(attendee)).content.decode()


def test_badge_lets_a_stand_open_the_meeting_and_says_no_name(colleague, exhibitor, attendee):
    page = colleague.get(badge_page(attendee)).content.decode()
    assert f'action="{stand_of(exhibitor)}"' in page
    assert "Camille" not in page


def test_badge_asks_a_recruiter_of_two_stands_which_one(phone, exhibitor, attendee, recruiter):
    other = ExhibitorFactory(edition=exhibitor.edition, accepted=True, company__recruiter=recruiter)
    page = phone.get(badge_page(attendee)).content.decode()
    assert stand_of(exhibitor) in page
    assert stand_of(other) in page


def test_badge_leads_its_owner_to_their_registration(client, attendee):
    client.force_login(attendee.user)
    assert client.get(badge_page(attendee)).url.startswith("/forum/inscription/")


@pytest.mark.parametrize("who", ["nobody", "another candidate", "a recruiter of no stand"])
def test_badge_tells_a_stranger_nothing_of_anybody(client, attendee, who):
    if who != "nobody":
        user = UserFactory()
        client.force_login(user)
        if who == "a recruiter of no stand":
            ExhibitorFactory(edition=attendee.edition, company__recruiter=user)
    page = client.get(badge_page(attendee)).content.decode()
    assert "Camille" not in page
    assert attendee.email not in page
    assert '<form method="post" action="/forum' not in page


def test_badge_is_nobodys_work_on_another_day(client, attendee):
    client.force_login(StaffFactory())
    attendee.edition.days.all().delete()
    assert "Faire entrer" not in client.get(badge_page(attendee)).content.decode()


def test_looking_at_a_badge_does_nothing(colleague, attendee):
    colleague.get(badge_page(attendee))
    assert Meeting.objects.count() == 0
    assert attendee.entries.count() == 0


def test_forgotten_persons_badge_is_not_somebody(colleague, exhibitor, attendee):
    type(attendee).objects.update(forgotten_at=timezone.now(), name="", email="")
    page = colleague.post(stand_of(exhibitor), {"code": attendee.badges.get().token})
    assert page.context["form"].errors.keys() == {"code"}
