from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import OutgoingMail
from candidates.enums import ApplicationState
from candidates.models import Application
from candidates.services import moves
from candidates.services.reminders import close_silent_applications, remind_companies
from candidates.services.words import add_message
from demo.factories import ApplicationFactory, CompanyFactory, MembershipFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
SENT = datetime(2026, 9, 1, 15, 30, tzinfo=PARIS)


def morning(day):
    """The eighth hour of the nth day after the application."""
    return time_machine.travel(datetime(2026, 9, 1, 8, tzinfo=PARIS) + timedelta(days=day), tick=False)


@pytest.fixture
def recruiter():
    return UserFactory()


@pytest.fixture
def company(recruiter):
    return CompanyFactory(recruiter=recruiter)


@pytest.fixture
def waiting(company):
    with time_machine.travel(SENT, tick=False):
        return ApplicationFactory(offer=OfferFactory(published=True, company=company), days=0)


def reminded_on(days):
    found = []
    for day in days:
        with morning(day):
            if remind_companies():
                found.append(day)
    return found


def test_company_is_reminded_on_days_7_and_14_and_warned_on_53(waiting):
    assert reminded_on(range(60)) == [7, 14, 53]


def test_second_run_on_one_day_writes_nothing(waiting):
    assert reminded_on([7, 7]) == [7]


def test_lost_days_are_caught_up_with_one_digest(waiting):
    assert reminded_on([20, 21, 22]) == [20]


def test_digest_names_offers_and_counts_for_each_member_once(company, recruiter, waiting):
    colleague = MembershipFactory(company=company).user
    with time_machine.travel(SENT, tick=False):
        ApplicationFactory(offer=waiting.offer, days=0)
        ApplicationFactory(offer__company=company, days=0)
    with morning(7):
        assert remind_companies() == 2
    digests = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(digests) == {recruiter.email, colleague.email}
    assert digests[recruiter.email].subject == "3 candidatures attendent votre réponse"
    assert (
        f"« {waiting.offer.title} » : 2 candidatures, la plus ancienne depuis 7 jours" in digests[recruiter.email].body
    )


def test_member_of_two_companies_gets_one_digest(recruiter, waiting):
    other = CompanyFactory(recruiter=recruiter)
    with time_machine.travel(SENT, tick=False):
        ApplicationFactory(offer__company=other, days=0)
    with morning(7):
        assert remind_companies() == 1
    assert OutgoingMail.objects.get().subject.startswith("2 candidatures")


def test_answered_application_is_not_reminded_of(waiting, recruiter):
    moves.shortlist(applications=[waiting], by=recruiter)
    assert reminded_on([7, 14, 53]) == []


def test_word_of_the_company_is_an_answer(waiting, recruiter):
    add_message(application=waiting, by=recruiter, side="company", text="Nous lisons.")
    assert reminded_on([7, 14, 53]) == []


def test_candidate_name_is_not_in_the_digest(waiting):
    with morning(7):
        remind_companies()
    assert waiting.name not in OutgoingMail.objects.get().body


def test_silent_application_is_closed_on_day_60_after_the_warning(waiting):
    reminded_on([7, 14, 53])
    with morning(59):
        assert close_silent_applications() == 0
    OutgoingMail.objects.all().delete()
    with morning(61):
        assert close_silent_applications() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.answered_at) == (ApplicationState.CLOSED, None)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [waiting.candidate.email]


def test_nothing_is_closed_that_was_not_warned_of_a_week_ago(waiting):
    with morning(70):
        assert close_silent_applications() == 0
        assert remind_companies() == 1
    assert "close automatiquement" in OutgoingMail.objects.get().body
    with morning(76):
        assert close_silent_applications() == 0
    with morning(77):
        assert close_silent_applications() == 1


def test_closing_twice_writes_once(waiting):
    reminded_on([53])
    with morning(61):
        assert [close_silent_applications(), close_silent_applications()] == [1, 0]
    assert waiting.events.filter(action="close").count() == 1


def test_reopened_application_is_warned_of_again_before_it_closes(waiting, recruiter):
    reminded_on([53])
    with morning(61):
        close_silent_applications()
        moves.reopen(application=Application.objects.get(pk=waiting.pk), by=recruiter)
        assert close_silent_applications() == 0
    assert reminded_on([62]) == [62]
    with morning(69):
        assert close_silent_applications() == 1


def test_company_without_members_is_not_waited_for():
    with time_machine.travel(SENT, tick=False):
        ApplicationFactory(days=0)
    assert reminded_on([53]) == []
    with morning(61):
        assert close_silent_applications() == 1


@pytest.mark.parametrize("n", [1, 3])
def test_reminding_costs_the_same_for_one_and_three(company, n, django_assert_num_queries):
    with time_machine.travel(SENT, tick=False):
        offer = OfferFactory(published=True, company=company)
        ApplicationFactory.create_batch(n, offer=offer, days=0)
    with morning(7), django_assert_num_queries(10):
        remind_companies()
