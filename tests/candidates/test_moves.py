import pytest

from accounts.models import OutgoingMail
from candidates.enums import ApplicationAction, ApplicationState, Side
from candidates.models import Application, ApplicationMessage
from candidates.services import moves
from candidates.transitions import TRANSITIONS
from demo.factories import ApplicationFactory, CompanyFactory, ContractFactory, TrainingFactory, UserFactory
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


def history(application):
    return [(e.action, e.before, e.after, e.side) for e in application.events.all()]


def reloaded(application):
    return Application.objects.select_related("offer__company", "candidate").get(pk=application.pk)


@pytest.fixture
def recruiter():
    return UserFactory()


@pytest.fixture
def company(recruiter):
    return CompanyFactory(recruiter=recruiter)


@pytest.fixture
def sent(company):
    return ApplicationFactory(offer__company=company, events=False)


def test_opening_marks_seen_once_with_its_event(sent, recruiter):
    moves.see(application=sent, by=recruiter)
    moves.see(application=sent, by=recruiter)
    sent = reloaded(sent)
    assert (sent.state, sent.answered_at, sent.closed_at) == (ApplicationState.SEEN, None, None)
    assert sent.seen_at == sent.moved_at
    assert history(sent) == [("see", "sent", "seen", Side.COMPANY)]
    assert OutgoingMail.objects.count() == 0


def test_opening_at_the_same_moment_as_a_colleague_is_no_error(sent, recruiter):
    stale = reloaded(sent)
    moves.see(application=sent, by=recruiter)
    moves.see(application=stale, by=recruiter)
    assert stale.state == ApplicationState.SEEN
    assert stale.events.count() == 1


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (moves.shortlist, ApplicationState.SHORTLISTED),
        (moves.invite, ApplicationState.INTERVIEW),
        (moves.make_offer, ApplicationState.OFFER_MADE),
    ],
)
def test_answer_moves_dates_writes_and_mails(sent, recruiter, verb, state):
    verb(applications=[sent], by=recruiter, text="Bonjour {candidat}, pour {offre} chez {entreprise}.")
    kept = reloaded(sent)
    assert (sent.state, kept.state, kept.closed_at) == (state, state, None)
    assert kept.answered_at == kept.seen_at == kept.moved_at == sent.answered_at
    message = ApplicationMessage.objects.get()
    assert message.text == f"Bonjour {sent.name}, pour {sent.offer.title} chez {sent.company.name}."
    assert (message.side, message.by) == (Side.COMPANY, recruiter)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [sent.candidate.email]


def test_answer_without_words_leaves_no_empty_message(sent, recruiter):
    moves.shortlist(applications=[sent], by=recruiter)
    assert ApplicationMessage.objects.count() == 0


def test_what_people_wrote_is_not_in_the_mail(sent, recruiter):
    moves.invite(applications=[sent], by=recruiter, text="Mardi, 14 rue Secrète")
    assert "Secrète" not in OutgoingMail.objects.get().body


def test_mail_is_in_the_language_of_the_candidate(company, recruiter):
    application = ApplicationFactory(offer__company=company, candidate__language="en")
    moves.invite(applications=[application], by=recruiter)
    assert f"/en/mes-candidatures/{application.pk}/" in OutgoingMail.objects.get().body


def test_first_answer_date_stays(company, recruiter):
    application = ApplicationFactory(offer__company=company, shortlisted=True)
    first = application.answered_at
    moves.invite(applications=[application], by=recruiter)
    assert reloaded(application).answered_at == first


def test_refusal_needs_a_reason(sent, recruiter):
    with pytest.raises(MoveError, match="motif"):
        moves.refuse(applications=[sent], by=recruiter, text="  ")
    assert reloaded(sent).state == ApplicationState.SENT


def test_refusal_keeps_its_reason_for_the_candidate(sent, recruiter):
    moves.refuse(applications=[sent], by=recruiter, text="Merci {candidat}.")
    kept = reloaded(sent)
    assert (kept.state, kept.refusal) == (ApplicationState.REFUSED, f"Merci {sent.name}.")
    assert kept.closed_at == kept.answered_at


def test_hire_is_a_decision_without_a_contract(sent, recruiter):
    moves.hire(applications=[sent], by=recruiter)
    assert reloaded(sent).state == ApplicationState.HIRED
    assert sent.contracts.count() == 0


def test_withdrawal_tells_every_member_and_keeps_the_words(sent, recruiter):
    colleague = UserFactory()
    sent.company.memberships.create(user=colleague)
    moves.withdraw(application=sent, by=sent.candidate, text="J'ai trouvé ailleurs.")
    assert reloaded(sent).state == ApplicationState.WITHDRAWN
    assert ApplicationMessage.objects.get().side == Side.CANDIDATE
    assert {mail.to for mail in OutgoingMail.objects.all()} == {recruiter.email, colleague.email}


def test_reopening_forgets_the_refusal_and_the_closing(company, recruiter):
    application = ApplicationFactory(offer__company=company, refused=True)
    moves.reopen(application=application, by=recruiter)
    kept = reloaded(application)
    assert (kept.state, kept.refusal, kept.closed_at) == (ApplicationState.SEEN, "", None)
    assert kept.answered_at is not None


def test_hiring_with_a_contract_is_not_reopened(company, recruiter):
    contract = ContractFactory(application__offer__company=company)
    with pytest.raises(MoveError, match="contrat"):
        moves.reopen(application=contract.application, by=recruiter)


def test_reopening_beside_another_open_one_is_refused_with_a_reason(company, recruiter):
    """The candidate applied again after the refusal: one open application for an offer."""
    refused = ApplicationFactory(offer__company=company, refused=True)
    ApplicationFactory(offer=refused.offer, candidate=refused.candidate)
    with pytest.raises(MoveError, match="autre candidature"):
        moves.reopen(application=refused, by=recruiter)
    assert reloaded(refused).state == ApplicationState.REFUSED


def test_application_moved_meanwhile_tells_the_second_and_writes_nothing(sent, recruiter):
    stale = reloaded(sent)
    moves.refuse(applications=[sent], by=recruiter, text="Non.")
    with pytest.raises(MoveError, match="rechargez"):
        moves.hire(applications=[stale], by=recruiter)
    assert reloaded(sent).state == ApplicationState.REFUSED
    assert [e.action for e in sent.events.all()] == ["refuse"]
    assert OutgoingMail.objects.count() == 1


def test_several_are_moved_all_or_none(company, recruiter):
    first, second = ApplicationFactory.create_batch(2, offer__company=company, events=False)
    stale = reloaded(second)
    moves.withdraw(application=second, by=second.candidate)
    OutgoingMail.objects.all().delete()
    with pytest.raises(MoveError):
        moves.shortlist(applications=[first, stale], by=recruiter, text="Bravo")
    assert reloaded(first).state == ApplicationState.SENT
    assert (first.events.count(), ApplicationMessage.objects.count(), OutgoingMail.objects.count()) == (0, 0, 0)


def test_forgotten_application_moves_no_more(sent, recruiter):
    Application.objects.filter(pk=sent.pk).update(forgotten_at=sent.sent_at, candidate=None)
    with pytest.raises(MoveError):
        moves.shortlist(applications=[reloaded(sent)], by=recruiter)


@pytest.mark.parametrize("action", TRANSITIONS)
@pytest.mark.parametrize("state", ApplicationState)
def test_each_action_starts_only_from_its_states(action, state, recruiter):
    allowed, after, _side = TRANSITIONS[action]
    reason = "Non." if state == ApplicationState.REFUSED else ""
    application = ApplicationFactory(state=state, refusal=reason, events=False)
    try:
        moves._move([application], ApplicationAction(action), by=recruiter, refusal="Non.")
    except MoveError:
        assert state not in allowed
    else:
        assert state in allowed
        assert reloaded(application).state == after


def test_request_about_a_training_hires_nobody(company, recruiter):
    request = ApplicationFactory(offer=TrainingFactory(published=True, company=company))
    assert moves.possible_actions(request, Side.COMPANY) == ["see", "invite", "refuse"]
    with pytest.raises(MoveError):
        moves.hire(applications=[request], by=recruiter)


@pytest.mark.parametrize("n", [1, 3])
def test_moving_several_costs_queries_for_mail_only(company, recruiter, n, django_assert_num_queries):
    """Besides the mails: savepoints, events, one update, messages."""
    rows = ApplicationFactory.create_batch(n, offer__company=company, events=False)
    loaded = list(Application.objects.filter(pk__in=[r.pk for r in rows]).select_related("offer__company", "candidate"))
    with django_assert_num_queries(7 + n):
        moves.shortlist(applications=loaded, by=recruiter, text="Bonjour")
