import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from candidates.models import Application, ApplicationMessage, ApplicationNote, DataAccess
from candidates.services import moves
from demo.factories import ApplicationFactory, ContractFactory, StaffFactory, TrainingFactory, UserFactory
from medinjob.lib.state_machine import StateMachine

pytestmark = pytest.mark.django_db


def url(application, query=""):
    return reverse("inbox-application", args=[application.pk]) + query


def answer(client, application, action, before="seen", text="Bonjour", query=""):
    data = {"do": "answer", "action": action, "before": before, "text": text}
    return client.post(url(application, query), data)


def test_opening_marks_it_seen(as_recruiter, application):
    as_recruiter.get(url(application))
    assert Application.objects.get().state == "seen"


def test_posting_to_an_unopened_one_does_not_count_as_seen_first(as_recruiter, application):
    answer(as_recruiter, application, "shortlist", before="sent")
    assert [e.action for e in application.events.all()] == ["send", "shortlist"]


def test_page_shows_what_was_sent_and_the_file_beside(as_recruiter, offer, candidate):
    application = ApplicationFactory(
        offer=offer,
        candidate=candidate,
        cv=True,
        profile={"headline": "Réseau", "skills": ["Cobol"], "experience": "3"},
    )
    response = as_recruiter.get(url(application))
    for text in ("Réseau", "Cobol", "3 à 5 ans", application.email, "cv.pdf", "<iframe"):
        assertContains(response, text)
    assert DataAccess.objects.count() == 0


def test_page_without_a_file_has_no_frame(as_recruiter, application):
    assertNotContains(as_recruiter.get(url(application)), "<iframe")


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("shortlist", "shortlisted"),
        ("invite", "interview"),
        ("make_offer", "offer_made"),
        ("hire", "hired"),
        ("refuse", "refused"),
    ],
)
def test_answers_move_it(as_recruiter, offer, action, state):
    application = ApplicationFactory(offer=offer, seen=True)
    response = answer(as_recruiter, application, action, query="?stage=todo")
    assert response["Location"] == url(application, "?stage=todo")
    assert Application.objects.get().state == state


def test_answer_opens_with_the_words_for_this_person(as_recruiter, application, offer):
    response = as_recruiter.get(url(application, "?answer=refuse"))
    text = response.context["forms"]["answer"]["text"].value()
    assert application.name in text
    assert offer.title in text
    assert "{" not in text


def test_template_of_the_company_is_first_and_ours_can_be_chosen(as_recruiter, application, company):
    company.answer_templates.create(action="invite", label="Café", text="Un café, {candidat} ?")
    own = as_recruiter.get(url(application, "?answer=invite"))
    assert own.context["forms"]["answer"]["text"].value() == f"Un café, {application.name} ?"
    ours = as_recruiter.get(url(application, "?answer=invite&template=0"))
    assert ours.context["forms"]["answer"]["text"].value().startswith("Bonjour")


def test_answer_on_an_old_page_is_told_what_changed_and_keeps_the_words(as_recruiter, offer, recruiter):
    application = ApplicationFactory(offer=offer, seen=True)
    moves.refuse(applications=[application], by=recruiter, text="Non.")
    response = answer(as_recruiter, application, "hire", before="seen", text="Mes mots à moi")
    assertContains(response, "entre-temps")
    assertContains(response, "Mes mots à moi")
    assert Application.objects.get().state == "refused"


def test_answer_that_lost_the_race_is_told(as_recruiter, offer, monkeypatch):
    """Between our reading and our writing somebody else was quicker."""
    application = ApplicationFactory(offer=offer, seen=True)
    swap = StateMachine._swap

    def slower(*args):
        Application.objects.filter(pk=application.pk).update(state="withdrawn")
        swap(*args)

    monkeypatch.setattr(StateMachine, "_swap", slower)
    response = answer(as_recruiter, application, "hire")
    assertContains(response, "Quelqu&#x27;un vient de faire avancer")
    assert ApplicationMessage.objects.count() == 0


def test_refusal_without_words_is_said_beside_the_field(as_recruiter, offer):
    application = ApplicationFactory(offer=offer, seen=True)
    response = answer(as_recruiter, application, "refuse", text="")
    assert list(response.context["forms"]["answer"].errors) == ["text"]


@pytest.mark.parametrize(
    "query", ["?answer=x", "?answer=hire&template=x", "?template=9", "?stage=x&offer=z", "?answer=see"]
)
def test_odd_queries_open_the_page(as_recruiter, application, query):
    assert as_recruiter.get(url(application, query)).status_code == 200


@pytest.mark.parametrize(
    "data", [{}, {"do": "x"}, {"do": "answer"}, {"do": "answer", "action": "close", "before": "sent"}]
)
def test_odd_posts_change_nothing(as_recruiter, application, data):
    assert as_recruiter.post(url(application), data).status_code == 200
    assert Application.objects.get().state == "sent"


def test_message_counts_as_the_answer(as_recruiter, application):
    as_recruiter.post(url(application), {"do": "message", "text": "Nous lisons."})
    assert ApplicationMessage.objects.get().side == "company"
    assert Application.objects.get().answered_at is not None


def test_note_says_who_will_read_it_and_stays_inside(as_recruiter, application, recruiter):
    assertContains(as_recruiter.get(url(application)), "fait partie de ses données")
    response = as_recruiter.post(url(application), {"do": "note", "text": "À rappeler"}, follow=True)
    assertContains(response, "À rappeler")
    assert ApplicationNote.objects.get().by == recruiter


def test_long_note_is_refused_and_not_lost(as_recruiter, application):
    response = as_recruiter.post(url(application), {"do": "note", "text": "x" * 2001})
    assertContains(response, "x" * 2001)
    assert ApplicationNote.objects.count() == 0


def test_refused_one_is_reopened(as_recruiter, offer):
    application = ApplicationFactory(offer=offer, refused=True)
    as_recruiter.post(url(application), {"do": "reopen", "before": "refused"})
    assert Application.objects.get().state == "seen"


def test_neighbours_follow_the_list_and_its_filters(as_recruiter, offer):
    new, old = (ApplicationFactory(offer=offer, days=days) for days in (1, 3))
    middle = ApplicationFactory(offer=offer, days=2, interview=True)
    assert _neighbours(as_recruiter, middle) == (new.pk, old.pk)
    assert _neighbours(as_recruiter, middle, "?sort=sent_at") == (old.pk, new.pk)
    assert _neighbours(as_recruiter, middle, "?stage=ongoing") == (None, None)
    assert _neighbours(as_recruiter, new) == (None, middle.pk)
    assert _neighbours(as_recruiter, old, "?stage=todo") == (new.pk, None)


def _neighbours(client, application, query=""):
    context = client.get(url(application, query)).context
    return context["before"], context["after"]


def test_neighbours_at_the_same_moment_are_all_reached(as_recruiter, offer):
    rows = ApplicationFactory.create_batch(4, offer=offer)
    Application.objects.update(sent_at=rows[0].sent_at)
    seen, current = [], rows[-1].pk
    while current:
        seen.append(current)
        current = as_recruiter.get(reverse("inbox-application", args=[current])).context["after"]
    assert seen == [row.pk for row in reversed(rows)]


@pytest.mark.parametrize("n", [1, 3])
def test_page_costs_the_same_for_one_and_three_lines(as_recruiter, offer, recruiter, n, django_assert_num_queries):
    application = ApplicationFactory(offer=offer, seen=True, cv=True)
    for _ in range(n):
        application.messages.create(side="company", text="Bonjour")
        application.notes.create(text="Note", by=recruiter)
    with django_assert_num_queries(11):
        as_recruiter.get(url(application))


def test_request_has_its_own_answers(as_recruiter, company):
    request = ApplicationFactory(offer=TrainingFactory(published=True, company=company), seen=True)
    response = as_recruiter.get(url(request))
    assert [value for value, _ in response.context["answers"]] == ["invite", "refuse"]
    assertContains(response, "Proposer un rendez-vous")
    assertContains(answer(as_recruiter, request, "hire"), "plus possible")


@pytest.mark.parametrize("make", [UserFactory, StaffFactory])
def test_page_is_unknown_to_everybody_else(client, application, candidate, make):
    for user in (make(), candidate):
        client.force_login(user)
        assert client.get(url(application)).status_code == 404
        assert answer(client, application, "hire", before="sent").status_code == 404
    assert Application.objects.get().state == "sent"


class TestTemplates:
    LIST = "/recruteur/modeles/"

    def data(self, company, **changes):
        return {"company": company.pk, "action": "refuse", "label": "Court", "text": "Non, {candidat}."} | changes

    def test_template_is_written_changed_and_deleted(self, as_recruiter, company):
        as_recruiter.post(f"{self.LIST}nouveau/", self.data(company))
        template = company.answer_templates.get()
        as_recruiter.post(f"{self.LIST}{template.pk}/", self.data(company, label="Bref"))
        assertContains(as_recruiter.get(self.LIST), "Bref")
        as_recruiter.post(f"{self.LIST}{template.pk}/supprimer/")
        assert company.answer_templates.count() == 0

    def test_template_is_for_ones_own_company(self, as_recruiter, company):
        other = ApplicationFactory().company
        response = as_recruiter.post(f"{self.LIST}nouveau/", self.data(other))
        assert list(response.context["form"].errors) == ["company"]

    def test_template_of_others_is_unknown(self, as_recruiter, company):
        other = ApplicationFactory().company.answer_templates.create(action="refuse", label="x", text="Secret")
        assertNotContains(as_recruiter.get(self.LIST), "Secret")
        assert as_recruiter.get(f"{self.LIST}{other.pk}/").status_code == 404
        assert as_recruiter.post(f"{self.LIST}{other.pk}/supprimer/").status_code == 404

    def test_person_of_no_company_has_no_templates(self, as_candidate):
        assert as_candidate.get(f"{self.LIST}nouveau/").status_code == 404

    @pytest.mark.parametrize("change", [{"label": ""}, {"text": ""}, {"action": "see"}, {"text": "x" * 2001}])
    def test_wrong_field_is_said(self, as_recruiter, company, change):
        response = as_recruiter.post(f"{self.LIST}nouveau/", self.data(company, **change))
        assert list(response.context["form"].errors) == list(change)


def test_contract_is_on_the_page_of_the_company(as_recruiter, company):
    contract = ContractFactory(application__offer__company=company)
    assertContains(as_recruiter.get(url(contract.application)), reverse("contract-cancel", args=[contract.pk]))
