"""What a recruiter types for a person at the stand: no application, and nothing for the company, until the person
confirms by the link of their mail."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.models import Application
from candidates.selectors.export import everything_about
from demo.factories import (
    AttendeeFactory,
    CVFactory,
    MeetingFactory,
    OfferFactory,
    ProfileFactory,
    TrainingFactory,
)
from forums.actor import Actor
from forums.enums import Shared
from forums.errors import MeetingError
from forums.links import meeting_url, proposal_url
from forums.models import StandApplication, StandProposal
from forums.services import meetings
from forums.services.stand import confirm_proposal, decline_proposal, forget_old_proposals, propose_at_stand
from ledger.selectors.follow_up import pairs_of
from ledger.services.retention import forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(recruiter):
    return Actor(user=recruiter)


@pytest.fixture
def meeting(exhibitor, attendee):
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee)


@pytest.fixture
def visitor(exhibitor):
    attendee = AttendeeFactory(edition=exhibitor.edition, visitor=True, name="Nora Test")
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee)


@pytest.fixture
def nameless(exhibitor):
    """A walk-in of the door who gave no address."""
    attendee = AttendeeFactory(edition=exhibitor.edition, visitor=True, name="Nora Secrète", email="")
    return MeetingFactory(exhibitor=exhibitor, attendee=attendee)


@pytest.fixture
def propose(actor):
    def _propose(meeting, offer, message="Bonjour", email=""):
        return propose_at_stand(meeting=meeting, offer=offer, message=message, email=email, actor=actor)

    return _propose


def confirmed(proposal, name="Camille Exemple", message="Bonjour"):
    return confirm_proposal(proposal=proposal, name=name, message=message)


def link_of(proposal):
    return proposal_url(proposal.pk, proposal.mails)


def test_typed_by_the_recruiter_it_is_no_application(meeting, offer, propose, client, exhibitor):
    """It gave the company name and e-mail, and counted."""
    propose(meeting, offer)
    assert (Application.objects.count(), StandApplication.objects.count()) == (0, 0)
    mail = OutgoingMail.objects.get()
    assert mail.to == meeting.attendee.email
    client.force_login(exhibitor.company.memberships.first().user)
    for page in (reverse("stand-meeting", args=[meeting.pk]), reverse("inbox"), reverse("stand", args=[exhibitor.pk])):
        seen = client.get(page).content.decode()
        assert "Exemple" not in seen
        assert meeting.attendee.email not in seen


def test_confirmed_by_the_person_it_is_like_any_other_and_incomplete(meeting, offer, propose, actor):
    application = confirmed(propose(meeting, offer, "Écrit au stand"), message="Écrit par moi")
    user = meeting.attendee.user
    assert (application.channel, application.incomplete, application.candidate) == ("forum", True, user)
    assert (application.company, application.message, application.cv) == (offer.company, "Écrit par moi", None)
    assert [(event.action, event.by) for event in application.events.all()] == [("send", user)]
    at_stand = StandApplication.objects.get()
    assert (at_stand.exhibitor, at_stand.attendee) == (meeting.exhibitor, meeting.attendee)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {user.email, actor.user.email}
    assert StandProposal.objects.get().message == ""


def test_page_shows_what_would_leave_and_only_post_sends_it(meeting, offer, propose, client):
    page = link_of(propose(meeting, offer))
    shown = client.get(page).content.decode()
    assert "Camille Exemple" in shown
    assert meeting.attendee.email in shown
    assert Application.objects.count() == 0
    client.post(page, {"do": "confirm", "name": "", "message": ""})
    assert Application.objects.count() == 0
    client.post(page, {"do": "confirm", "name": "Camille E.", "message": ""})
    assert Application.objects.get().name == "Camille E."
    assert "/candidature/completer/" in client.get(page).content.decode()


def test_person_refuses_and_nothing_is_left_of_it(meeting, offer, propose, client):
    proposal = propose(meeting, offer)
    client.post(link_of(proposal), {"do": "decline"})
    client.post(link_of(proposal), {"do": "confirm", "name": "Camille", "message": ""})
    assert Application.objects.count() == 0
    assert StandProposal.objects.get().message == ""
    with pytest.raises(MeetingError):
        propose(meeting, offer)


def test_own_page_of_the_meeting_leads_to_it(still, meeting, offer, propose, client):
    proposal = propose(meeting, offer)
    assert link_of(proposal) in client.get(meeting_url(meeting.attendee_id, meeting.pk)).content.decode()


def test_an_address_typed_at_the_stand_learns_no_name(nameless, offer, propose, client):
    """A recruiter may type their own."""
    page = link_of(propose(nameless, offer, email="Moi@medinjob.example"))
    assert OutgoingMail.objects.get().to == "moi@medinjob.example"
    assert "Secrète" not in client.get(page).content.decode()
    client.post(page, {"do": "confirm", "name": "Nora", "message": ""})
    sent = Application.objects.get()
    assert (sent.name, sent.email, sent.candidate) == ("Nora", "moi@medinjob.example", None)


def test_address_of_the_registration_cannot_be_replaced(meeting, offer, propose):
    propose(meeting, offer, email="autre@medinjob.example")
    assert OutgoingMail.objects.get().to == meeting.attendee.email


def test_corrected_address_ends_the_link_of_the_wrong_one(nameless, offer, propose, client):
    wrong = link_of(propose(nameless, offer, email="fausse@medinjob.example"))
    right = link_of(propose(nameless, offer, email="juste@medinjob.example"))
    assert [client.get(page).status_code for page in (wrong, right)] == [404, 200]


def test_typed_twice_it_is_one_and_one_mail(meeting, offer, propose):
    assert propose(meeting, offer, "Un") == propose(meeting, offer, "Deux")
    assert OutgoingMail.objects.count() == 1
    assert StandProposal.objects.get().message == "Deux"


def test_link_ends_after_two_weeks_and_the_words_with_it(meeting, offer, propose, client):
    page = link_of(propose(meeting, offer))
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(page).status_code == 404
        forget_old_proposals()
    assert StandProposal.objects.count() == 0


@pytest.mark.parametrize(
    ("chosen", "joined"), [([], (False, False)), ([Shared.CV], (True, False)), ([Shared.PROFILE], (False, True))]
)
def test_profile_and_cv_go_only_if_the_person_shares_them_with_the_stand(meeting, offer, propose, chosen, joined):
    ProfileFactory(user=meeting.attendee.user, headline="Python")
    CVFactory(owner=meeting.attendee.user)
    meetings.agree(meeting=meeting, chosen=chosen, actor=Actor(user=meeting.attendee.user))
    sent = confirmed(propose(meeting, offer))
    assert (sent.cv is not None, bool(sent.profile)) == joined
    assert sent.incomplete is (sent.cv is None)


def test_visitor_without_account_confirms_by_their_address(visitor, offer, propose):
    sent = confirmed(propose(visitor, offer), name="Nora Test")
    assert (sent.candidate, sent.name, sent.email) == (None, "Nora Test", visitor.attendee.email)


@pytest.mark.parametrize("account", [True, False])
def test_second_application_to_one_offer_is_refused_to_the_person_only(meeting, visitor, offer, propose, account):
    """The stand is not told that they applied: it may not know who they are."""
    where = meeting if account else visitor
    first = confirmed(propose(where, offer))
    StandProposal.objects.all().delete()
    with pytest.raises(AlreadyAppliedError) as second:
        confirmed(propose(where, offer))
    assert second.value.application == first
    assert Application.objects.count() == StandApplication.objects.count() == 1


def test_refusal_is_said_on_the_page(meeting, offer, propose, client):
    page = link_of(propose(meeting, offer))
    offer.company.memberships.create(user=meeting.attendee.user)
    answer = client.post(page, {"do": "confirm", "name": "Camille", "message": "Mes mots"})
    assert "Vous êtes membre de cette entreprise" in answer.content.decode()
    assert "Mes mots" in answer.content.decode()
    assert Application.objects.count() == 0


def test_request_for_information_is_never_incomplete(exhibitor, meeting, propose, client):
    training = TrainingFactory(published=True, company=exhibitor.company)
    proposal = propose(meeting, training, "Les dates ?")
    client.post(link_of(proposal), {"do": "confirm", "name": "Camille", "message": ""})
    assert Application.objects.count() == 0
    application = confirmed(proposal)
    assert (application.is_request, application.incomplete) == (True, False)


def test_ended_offer_takes_nothing(exhibitor, meeting, propose):
    ended = OfferFactory(expired=True, company=exhibitor.company)
    with pytest.raises(NotOpenError):
        confirmed(propose(meeting, ended))
    assert Application.objects.count() == 0


def test_what_is_not_confirmed_makes_nobody_a_pair_to_ask(exhibitor, meeting, offer, propose):
    """The report, the live figures and the attribution read `StandApplication`; so do the follow-ups."""
    meetings.miss(meeting=meeting, actor=Actor())
    before = pairs_of(exhibitor.edition)
    proposal = propose(meeting, offer)
    assert pairs_of(exhibitor.edition) == before
    decline_proposal(proposal=proposal)
    assert (Application.objects.count(), StandApplication.objects.count()) == (0, 0)


def test_waiting_proposals_are_in_the_persons_own_file(meeting, offer, propose):
    propose(meeting, offer, "Mes mots")
    [line] = everything_about(meeting.attendee.user)["forum_proposals"]
    assert (line["offer"], line["message"]) == (offer.title, "Mes mots")


def test_visitor_who_is_forgotten_leaves_a_stub_of_what_they_sent(visitor, offer, exhibitor, propose, client):
    confirmed(propose(visitor, offer))
    waiting = propose(visitor, OfferFactory(published=True, company=exhibitor.company))
    forget(attendee=visitor.attendee)
    left = Application.objects.get()
    assert (left.name, left.email, left.message, left.state) == ("", "", "", "withdrawn")
    assert left.forgotten_at is not None
    assert StandApplication.objects.count() == 1
    assert StandProposal.objects.count() == 0
    assert client.get(link_of(waiting)).status_code == 404


def test_application_of_an_account_is_not_forgotten_with_the_registration(meeting, offer, propose):
    confirmed(propose(meeting, offer))
    forget(attendee=meeting.attendee)
    assert Application.objects.get().state == "sent"


def test_clock_forgets_them(meeting, offer, propose):
    propose(meeting, offer)
    StandProposal.objects.update(proposed_at=timezone.now() - timedelta(days=15))
    call_command("tick", verbosity=0)
    assert StandProposal.objects.count() == 0
