import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from candidates.enums import ApplicationState
from candidates.models import Application, ApplicationMessage
from candidates.services import moves
from candidates.views import pace
from demo.factories import ApplicationFactory, ContractFactory, OfferFactory, TrainingFactory, UserFactory

pytestmark = pytest.mark.django_db


def url(application):
    return reverse("application", args=[application.pk])


def withdraw(client, application, before="sent", text=""):
    return client.post(url(application), {"do": "withdraw", "before": before, "text": text})


@pytest.mark.parametrize("n", [1, 3])
def test_list_costs_the_same_for_one_and_three(as_candidate, candidate, n, django_assert_num_queries):
    ApplicationFactory.create_batch(n, candidate=candidate)
    with django_assert_num_queries(6):
        as_candidate.get(reverse("my-applications"))


def test_list_shows_state_dates_and_silence(as_candidate, candidate):
    ApplicationFactory(candidate=candidate, days=20)
    ApplicationFactory(candidate=candidate, interview=True, days=20)
    ApplicationFactory(candidate=candidate, days=13)
    response = as_candidate.get(reverse("my-applications"))
    assertContains(response, "Sans réponse depuis 20 jours", count=1)
    assertNotContains(response, "depuis 13 jours")
    assertContains(response, "Entretien", count=1)


def test_list_says_that_an_offer_is_closed(as_candidate, candidate):
    ApplicationFactory(candidate=candidate, offer=OfferFactory(filled=True))
    assertContains(as_candidate.get(reverse("my-applications")), "offre close")


def test_list_holds_only_ones_own(as_candidate, candidate):
    other = ApplicationFactory(offer__title="Secrète")
    assertNotContains(as_candidate.get(reverse("my-applications")), other.offer.title)


def test_empty_list_says_what_to_do(as_candidate):
    assertContains(as_candidate.get(reverse("my-applications")), reverse("search"))


def test_page_tells_the_story(as_candidate, application, recruiter):
    moves.invite(applications=[application], by=recruiter, text="Mardi à 14 h ?")
    response = as_candidate.get(url(application))
    titles = [str(step.title) for step in response.context["steps"]]
    assert titles == ["Envoyée", "Invitation à un entretien", "Message de l'entreprise"]
    assertContains(response, "Mardi à 14 h ?")


def test_page_never_shows_the_notes_of_the_company(as_candidate, application):
    application.notes.create(text="À rappeler lundi")
    assertNotContains(as_candidate.get(url(application)), "À rappeler lundi")


def test_page_shows_the_reason_of_a_refusal(as_candidate, application, recruiter):
    moves.refuse(applications=[application], by=recruiter, text="Il nous faut du C++.")
    assertContains(as_candidate.get(url(application)), "Il nous faut du C++.", count=2)


@pytest.mark.parametrize("n", [1, 3])
def test_page_costs_the_same_for_one_and_three_messages(as_candidate, application, n, django_assert_num_queries):
    for _ in range(n):
        application.messages.create(side="company", text="Bonjour")
    with django_assert_num_queries(6):
        as_candidate.get(url(application))


def test_message_goes_to_the_company(as_candidate, application):
    response = as_candidate.post(url(application), {"do": "message", "text": "Je suis libre en mars."}, follow=True)
    assertContains(response, "Je suis libre en mars.")
    assert ApplicationMessage.objects.get().side == "candidate"


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_bad_message_is_said_beside_its_field(as_candidate, application, text):
    response = as_candidate.post(url(application), {"do": "message", "text": text})
    assert list(response.context["forms"]["message"].errors) == ["text"]
    assertContains(response, text)


def test_many_messages_in_an_hour_are_held_back_and_not_lost(as_candidate, application, monkeypatch):
    monkeypatch.setattr(pace, "MESSAGES_AN_HOUR", 1)
    for text in ("Un", "Un texte à garder"):
        response = as_candidate.post(url(application), {"do": "message", "text": text})
    assertContains(response, "Un texte à garder")
    assert ApplicationMessage.objects.count() == 1


@pytest.mark.parametrize("ended", ["refused", "withdrawn", "closed"])
def test_closed_application_takes_no_message(as_candidate, candidate, ended):
    application = ApplicationFactory(candidate=candidate, **{ended: True})
    response = as_candidate.post(url(application), {"do": "message", "text": "Et pourtant"})
    assertContains(response, "close")
    assert ApplicationMessage.objects.count() == 0


def test_withdrawal_is_done_and_said(as_candidate, application):
    response = withdraw(as_candidate, application, text="J'ai trouvé.")
    assert response["Location"] == url(application)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_withdrawal_on_an_old_page_shows_what_changed_first(as_candidate, application, recruiter):
    moves.invite(applications=[application], by=recruiter)
    response = withdraw(as_candidate, application, before="sent")
    assertContains(response, "entre-temps")
    assert Application.objects.get().state == ApplicationState.INTERVIEW


def test_withdrawal_after_the_hiring_is_refused(as_candidate, application, recruiter):
    moves.hire(applications=[application], by=recruiter)
    response = withdraw(as_candidate, application, before="hired")
    assertContains(response, "plus possible")
    assert Application.objects.get().state == ApplicationState.HIRED


@pytest.mark.parametrize("data", [{"do": "hire"}, {"do": ""}, {}, {"do": "withdraw"}])
def test_unknown_or_incomplete_posts_change_nothing(as_candidate, application, data):
    assert as_candidate.post(url(application), data).status_code == 200
    assert Application.objects.get().state == ApplicationState.SENT


def test_page_of_another_is_unknown(client, application):
    client.force_login(UserFactory())
    assert client.get(url(application)).status_code == 404
    assert withdraw(client, application).status_code == 404
    assert Application.objects.get().state == ApplicationState.SENT


def test_recruiter_and_staff_have_no_page_there(as_recruiter, application):
    assert as_recruiter.get(url(application)).status_code == 404


def test_request_is_worded_as_one(as_candidate, candidate):
    request = ApplicationFactory(candidate=candidate, offer=TrainingFactory(published=True), interview=True)
    response = as_candidate.get(url(request))
    assertContains(response, "Retirer ma demande")
    assertContains(response, "Rendez-vous")


def test_contract_is_on_the_page_of_the_candidate(as_candidate, candidate):
    contract = ContractFactory(application__candidate=candidate)
    response = as_candidate.get(url(contract.application))
    assertContains(response, "Contrat de travail")
    assertContains(response, reverse("contract-correct", args=[contract.pk]))
