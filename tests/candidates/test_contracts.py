from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.enums import ContractKind, Side
from candidates.errors import ContractError
from candidates.models import Contract
from candidates.selectors.contracts import contract_in_force
from candidates.services import contracts
from demo.factories import (
    ApplicationFactory,
    CompanyFactory,
    ContractFactory,
    OfferFactory,
    TrainingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter():
    return UserFactory()


@pytest.fixture
def hired(recruiter):
    return ApplicationFactory(offer__company=CompanyFactory(recruiter=recruiter), hired=True, days=40)


def facts(**changes):
    today = timezone.localdate()
    return {"type": "cdi", "job_title": "Dev", "signed_on": today, "starts_on": today + timedelta(days=30)} | changes


def declare(application, side=Side.COMPANY, by=None, **changes):
    return contracts.declare(application=application, side=side, by=by, facts=facts(**changes))


def field_of(application, **changes):
    with pytest.raises(ContractError) as caught:
        declare(application, **changes)
    assert Contract.objects.count() == 0
    return caught.value.field


def test_company_declares_and_the_candidate_is_told(hired, recruiter):
    contract = declare(hired, by=recruiter)
    assert (contract.declared_by, contract.declared_side) == (recruiter, Side.COMPANY)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [hired.candidate.email]
    assert f"/mes-candidatures/{hired.pk}/" in OutgoingMail.objects.get().body


def test_candidate_declares_and_the_company_is_told(hired, recruiter):
    declare(hired, side=Side.CANDIDATE, by=hired.candidate)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [recruiter.email]
    assert f"/recruteur/candidatures/{hired.pk}/" in OutgoingMail.objects.get().body


def test_second_declaration_is_told_of_the_first(hired):
    declare(hired)
    with pytest.raises(ContractError, match="déjà déclaré"):
        declare(hired, side=Side.CANDIDATE)
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("state", ["seen", "interview", "refused"])
def test_contract_comes_after_the_hiring(state):
    assert field_of(ApplicationFactory(days=40, **{state: True})) is None


def test_training_has_no_contract():
    assert field_of(ApplicationFactory(offer=TrainingFactory(published=True), hired=True)) is None


def test_signature_is_not_in_the_future(hired):
    assert field_of(hired, signed_on=timezone.localdate() + timedelta(days=1)) == "signed_on"


def test_signature_does_not_precede_the_application(hired):
    assert field_of(hired, signed_on=timezone.localdate() - timedelta(days=41)) == "signed_on"


@pytest.mark.parametrize("days", [-32, 367])
def test_start_is_near_the_signature(hired, days):
    assert field_of(hired, starts_on=timezone.localdate() + timedelta(days=days)) == "starts_on"


@pytest.mark.parametrize("days", [-31, 0, 366])
def test_start_may_be_a_little_before_or_well_after(hired, days):
    assert declare(hired, starts_on=timezone.localdate() + timedelta(days=days))


def test_start_may_be_unknown(hired):
    assert declare(hired, starts_on=None).starts_on is None


def test_correction_is_a_row_that_counts_instead(hired):
    first = declare(hired)
    corrected = contracts.correct(
        contract=first, side=Side.CANDIDATE, by=hired.candidate, reason="C'est un CDD.", facts=facts(type="cdd")
    )
    assert contract_in_force(hired) == corrected
    assert Contract.objects.get(pk=first.pk).type == "cdi"
    assert list(Contract.objects.in_force()) == [corrected]


def test_contract_corrected_meanwhile_is_not_corrected_twice(hired):
    first = declare(hired)
    contracts.correct(contract=first, side=Side.COMPANY, by=None, reason="Date", facts=facts())
    with pytest.raises(ContractError, match="rechargez"):
        contracts.correct(contract=first, side=Side.CANDIDATE, by=None, reason="Type", facts=facts())
    assert Contract.objects.count() == 2


def test_correction_is_checked_like_a_declaration(hired):
    first = declare(hired)
    with pytest.raises(ContractError):
        contracts.correct(
            contract=first, side=Side.COMPANY, by=None, reason="Date", facts=facts(signed_on=date(2099, 1, 1))
        )


def test_cancelled_before_its_start_counts_no_more(hired):
    contract = declare(hired)
    contracts.cancel(contract=contract, side=Side.CANDIDATE, by=hired.candidate, reason="J'ai changé d'avis.")
    assert contract_in_force(hired) is None
    assert Contract.objects.count() == 1


def test_after_a_cancellation_another_contract_is_declared(hired):
    first = declare(hired)
    contracts.cancel(contract=first, side=Side.COMPANY, by=None, reason="Autre date")
    second = declare(hired, side=Side.CANDIDATE, by=hired.candidate, type="cdd")
    assert contract_in_force(hired) == second
    assert Counter(contract.kind for contract in Contract.objects.in_force()) == {ContractKind.EMPLOYMENT: 1}
    with pytest.raises(ContractError, match="déjà déclaré"):
        declare(hired)
    contracts.cancel(contract=second, side=Side.COMPANY, by=None, reason="Encore")
    assert [declare(hired).rank, first.rank, second.rank] == [3, 1, 2]


def test_cancelled_correction_leaves_room_for_another_contract(hired):
    first = declare(hired)
    corrected = contracts.correct(contract=first, side=Side.COMPANY, by=None, reason="Type", facts=facts(type="cdd"))
    contracts.cancel(contract=corrected, side=Side.COMPANY, by=None, reason="Annulé")
    assert contract_in_force(hired) is None
    third = declare(hired)
    again = contracts.correct(contract=third, side=Side.COMPANY, by=None, reason="Type", facts=facts(type="stage"))
    assert (corrected.rank, third.rank, again.rank) == (1, 2, 2)
    assert contract_in_force(hired) == again


def test_database_refuses_two_contracts_at_a_time(hired):
    declare(hired)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractFactory(application=hired)


def test_contract_that_has_begun_is_not_cancelled(hired):
    contract = declare(hired, starts_on=timezone.localdate())
    with pytest.raises(ContractError, match="commencé"):
        contracts.cancel(contract=contract, side=Side.COMPANY, by=None, reason="Trop tard")


def test_cancelled_contract_is_not_corrected(hired):
    contract = declare(hired)
    contracts.cancel(contract=contract, side=Side.COMPANY, by=None, reason="Annulé")
    with pytest.raises(ContractError):
        contracts.correct(contract=contract, side=Side.COMPANY, by=None, reason="Date", facts=facts())


def test_kinds_are_counted_apart_and_only_in_force(hired):
    for kind in ("cdd", "apprentissage", "stage", "freelance", "autre"):
        ContractFactory(type=kind, application__offer=OfferFactory(published=True))
    wrong = declare(hired, type="stage")
    contracts.correct(contract=wrong, side=Side.COMPANY, by=None, reason="CDI", facts=facts())
    assert Counter(contract.kind for contract in Contract.objects.in_force()) == {
        ContractKind.EMPLOYMENT: 3,
        ContractKind.INTERNSHIP: 1,
        ContractKind.FREELANCE: 1,
        None: 1,
    }
    assert Contract.objects.in_force().of_kind(ContractKind.EMPLOYMENT).count() == 3
