"""At the same moment, on a real database as in production: one wins, the other is told, nothing is doubled."""

import pytest

from accounts.models import OutgoingMail
from candidates.enums import Side
from candidates.errors import AlreadyAppliedError, ContractError
from candidates.models import (
    CV,
    Application,
    ApplicationEvent,
    ApplicationMessage,
    ApplyInvitation,
    Contract,
    DataAccess,
)
from candidates.services import contracts, moves
from candidates.services.access import log_profile_access
from candidates.services.applying import apply
from candidates.services.closures import tell_of_closed_offers
from candidates.services.cvs import add_cv
from candidates.services.inviting import invite
from candidates.services.reminders import remind_companies
from demo.cv_files import pdf_file
from demo.factories import ApplicationFactory, ContractFactory, ProfileFactory
from medinjob.lib.documents import read_here
from tests.candidates.test_contracts import facts
from tests.race import kinds

pytestmark = pytest.mark.django_db(transaction=True)


def loaded(pk):
    return Application.objects.select_related("offer__company", "candidate").get(pk=pk)


def moving(pk, verb, **kwargs):
    def attempt(ready):
        application = loaded(pk)
        ready()
        verb(applications=[application], **kwargs)

    return attempt


def withdrawing(pk):
    def attempt(ready):
        application = loaded(pk)
        ready()
        moves.withdraw(application=application, by=application.candidate)

    return attempt


def events(pk):
    return [event.action for event in ApplicationEvent.objects.filter(application=pk).exclude(action="send")]


def test_two_recruiters_move_one_application(race, look, application, recruiter):
    pk = application.pk
    outcomes = race(
        moving(pk, moves.invite, by=recruiter, text="Mardi ?"), moving(pk, moves.refuse, by=recruiter, text="Non.")
    )
    assert kinds(outcomes) == ["MoveError", "NoneType"]
    state = look(lambda: loaded(pk).state)
    invited = outcomes[0] is None
    assert state == ("interview" if invited else "refused")
    assert look(lambda: events(pk)) == ["invite" if invited else "refuse"]
    assert look(ApplicationMessage.objects.count) == int(invited)
    assert look(OutgoingMail.objects.count) == 1


def test_eight_recruiters_hire_once(race, look, application, recruiter):
    outcomes = race(*[moving(application.pk, moves.hire, by=recruiter)] * 8)
    assert kinds(outcomes) == ["MoveError"] * 7 + ["NoneType"]
    assert look(lambda: events(application.pk)) == ["hire"]


def test_withdrawal_against_hiring(race, look, application, recruiter):
    pk = application.pk
    outcomes = race(withdrawing(pk), moving(pk, moves.hire, by=recruiter))
    assert kinds(outcomes) == ["MoveError", "NoneType"]
    withdrawn = outcomes[0] is None
    assert look(lambda: loaded(pk).state) == ("withdrawn" if withdrawn else "hired")
    assert look(lambda: events(pk)) == ["withdraw" if withdrawn else "hire"]


def test_two_tabs_apply_once_and_the_second_sees_the_first(race, look, candidate, offer):
    def attempt(ready):
        ready()
        return apply(user=candidate, offer=offer, name="Camille")

    outcomes = race(*[attempt] * 4)
    assert kinds(outcomes) == ["AlreadyAppliedError"] * 3 + ["Application"]
    sent = next(outcome for outcome in outcomes if isinstance(outcome, Application))
    assert {o.application for o in outcomes if isinstance(o, AlreadyAppliedError)} == {sent}
    assert look(Application.objects.count) == 1
    assert look(OutgoingMail.objects.count) == 2


def test_two_tabs_invite_once_and_one_mail_leaves(race, look, recruiter, offer):
    profile = ProfileFactory(shown=True)

    def attempt(ready):
        ready()
        return invite(profile=profile, offer=offer, by=recruiter)

    assert kinds(race(*[attempt] * 4)) == ["ApplyInvitation", *["InvitationError"] * 3]
    assert look(ApplyInvitation.objects.count) == 1
    assert look(OutgoingMail.objects.count) == 1


def test_two_openings_at_once_are_written_once(race, look, recruiter, company):
    profile = ProfileFactory(shown=True)

    def attempt(ready):
        ready()
        return log_profile_access(profile=profile, companies=[company], by=recruiter)

    assert race(attempt, attempt) == [None, None]
    assert look(DataAccess.objects.count) == 1


def test_both_sides_declare_one_contract(race, look, offer, candidate):
    hired = ApplicationFactory(offer=offer, candidate=candidate, hired=True, days=30)

    def declaring(side):
        def attempt(ready):
            application = loaded(hired.pk)
            ready()
            return contracts.declare(application=application, side=side, by=None, facts=facts())

        return attempt

    outcomes = race(declaring(Side.COMPANY), declaring(Side.CANDIDATE))
    assert kinds(outcomes) == ["Contract", "ContractError"]
    assert look(Contract.objects.count) == 1


def test_correction_against_cancellation(race, look, offer, candidate):
    contract = ContractFactory(application__offer=offer, application__candidate=candidate, application__days=30)

    def correcting(ready):
        row = Contract.objects.select_related("application").get(pk=contract.pk)
        ready()
        return contracts.correct(contract=row, side=Side.COMPANY, by=None, reason="Date", facts=facts())

    def cancelling(ready):
        row = Contract.objects.select_related("application").get(pk=contract.pk)
        ready()
        return contracts.cancel(contract=row, side=Side.CANDIDATE, by=None, reason="Non")

    outcomes = race(correcting, cancelling)
    assert sum(isinstance(outcome, ContractError) for outcome in outcomes) == 1
    in_force = look(lambda: list(Contract.objects.in_force().values_list("pk", flat=True)))
    assert len(in_force) == int(isinstance(outcomes[1], ContractError))


def test_reminders_run_twice_at_once_write_once(race, look, offer):
    ApplicationFactory(offer=offer, days=8)

    def attempt(ready):
        ready()
        return remind_companies()

    assert sorted(race(attempt, attempt)) == [0, 1]
    assert look(OutgoingMail.objects.count) == 1


def test_closing_told_twice_at_once_writes_once(race, look, application, offer):
    type(offer).objects.update(state="filled")

    def attempt(ready):
        ready()
        return tell_of_closed_offers(offer_ids=[offer.pk])

    assert sorted(race(attempt, attempt)) == [0, 1]
    assert look(OutgoingMail.objects.count) == 1


def test_two_uploads_at_once_leave_one_current_file(race, look, candidate):
    data = pdf_file(["Python"])
    document = read_here(data)

    def attempt(ready):
        ready()
        return add_cv(owner=candidate, filename="cv.pdf", data=data, document=document)

    assert kinds(race(attempt, attempt)) == ["CV", "CV"]
    assert look(CV.objects.filter(removed_at=None).count) == 1
