"""One entry a person, company and job, however many sides declare it and wherever."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from candidates.enums import Side
from candidates.services import contracts as candidates_contracts
from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CompanyFactory,
    ContractFactory,
    LedgerEntryFactory,
    OfferFactory,
    StaffFactory,
    UserFactory,
)
from ledger.declarations import Facts
from ledger.enums import Evidence, EvidenceLevel, LedgerAction
from ledger.errors import LedgerError
from ledger.models import ContractEvidence, LedgerEntry, LedgerEvent
from ledger.services import entries as ledger
from ledger.services import evidence
from ledger.services.contracts import record_contracts, record_missing_contracts
from ledger.services.entries import Declaration

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
SIGNED = date(2026, 10, 12)


@pytest.fixture
def person():
    return UserFactory(name="Camille Exemple")


@pytest.fixture
def company():
    return CompanyFactory()


@pytest.fixture
def hired(person, company):
    return ApplicationFactory(candidate=person, offer__company=company, offer__published=True, hired=True, days=60)


def facts(type_="cdi", title="Développement Python", signed=SIGNED, starts=None):
    return Facts(type_, title, signed, starts)


def declare(company, kind=Evidence.COMPANY, said=None, **who):
    declaration = Declaration(company=company, facts=said or facts(), kind=kind, name="Camille Exemple", **who)
    return ledger.declare(declaration=declaration)


def on_application(application, side=Side.COMPANY, **changes):
    today = timezone.localdate()
    said = {"type": "cdi", "job_title": "Dev", "signed_on": today, "starts_on": today + timedelta(days=30)} | changes
    return candidates_contracts.declare(application=application, side=side, by=None, facts=said)


def counted():
    return LedgerEntry.objects.counting().count()


def actions(entry):
    return [event.action for event in entry.events.exclude(action=LedgerAction.ATTRIBUTE)]


def test_a_contract_of_an_application_is_written_where_it_is_declared(hired, person, company):
    contract = on_application(hired)
    entry = LedgerEntry.objects.get()
    assert (entry.user, entry.company, entry.application, entry.offer) == (person, company, hired, hired.offer)
    assert (entry.type, entry.job_title, entry.signed_on) == ("cdi", "Dev", contract.signed_on)
    assert (entry.level, actions(entry)) == (EvidenceLevel.COMPANY, ["record"])


def test_a_correction_by_the_other_side_is_an_event_and_its_author_vouches(hired):
    contract = on_application(hired)
    said = {"type": "cdd", "job_title": "Dev", "signed_on": contract.signed_on, "starts_on": None}
    candidates_contracts.correct(contract=contract, side=Side.CANDIDATE, by=None, reason="C'est un CDD.", facts=said)
    entry = LedgerEntry.objects.get()
    assert (entry.type, entry.level, actions(entry)) == ("cdd", EvidenceLevel.CANDIDATE, ["record", "vouch", "correct"])
    correction = entry.events.get(action=LedgerAction.CORRECT)
    assert (correction.before["type"], correction.after["type"]) == ("cdi", "cdd")


def test_a_contract_cancelled_before_its_start_is_taken_out_by_an_event(hired):
    contract = on_application(hired)
    candidates_contracts.cancel(contract=contract, side=Side.COMPANY, by=None, reason="Désistement")
    entry = LedgerEntry.objects.get()
    assert (counted(), entry.cancelled_at is not None) == (0, True)
    assert entry.events.get(action=LedgerAction.CANCEL).reason == "Désistement"


def test_a_contract_declared_again_after_a_cancellation_is_the_same_entry_and_counts(hired):
    first = on_application(hired)
    candidates_contracts.cancel(contract=first, side=Side.COMPANY, by=None, reason="Report")
    on_application(hired, type="cdd")
    entry = LedgerEntry.objects.get()
    assert (counted(), entry.type) == (1, "cdd")
    assert actions(entry) == ["record", "cancel", "reopen", "vouch", "correct"]
    record_contracts(ids=[first.pk])
    assert counted() == 1


def test_contracts_recorded_twice_are_recorded_once(hired):
    contract = on_application(hired)
    assert record_contracts(ids=[contract.pk, contract.pk]) == 0
    assert (LedgerEntry.objects.count(), ContractEvidence.objects.count()) == (1, 1)


def test_contracts_older_than_the_ledger_come_in_and_only_once():
    ContractFactory.create_batch(3)
    assert (record_missing_contracts(), record_missing_contracts()) == (3, 0)
    assert counted() == 3


def test_a_contract_without_a_registered_company_is_no_entry(person):
    offer = OfferFactory(published=True, company=None, employer_name="Employeur fictif")
    ContractFactory(application=ApplicationFactory(offer=offer, company=None, candidate=person, hired=True))
    assert record_missing_contracts() == 0


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_four_sides_in_any_order_are_one_contract(order, person, company, hired):
    attendee = AttendeeFactory(user=person, edition__over=True)
    today = timezone.localdate()
    sides = [
        lambda: on_application(hired),
        lambda: declare(company, said=facts(signed=today - timedelta(days=9)), attendee=attendee),
        lambda: declare(
            company, Evidence.CANDIDATE, facts("cdd", signed=today - timedelta(days=20)), attendee=attendee
        ),
        lambda: declare(company, Evidence.STAFF, facts(title="?", signed=today - timedelta(days=5)), user=person),
    ]
    for number in order:
        sides[number]()
    entry = LedgerEntry.objects.get()
    assert (entry.evidence.count(), entry.level, entry.application) == (4, EvidenceLevel.COMPANY, hired)
    assert (entry.job_title, entry.signed_on) == ("Dev", today)


def test_a_visitor_who_opens_an_account_under_the_same_address_is_one_person(company):
    visitor = AttendeeFactory(visitor=True, edition__over=True, email="Nora@medinjob.example")
    declare(company, attendee=visitor)
    entry = declare(company, Evidence.CANDIDATE, user=UserFactory(email="nora@medinjob.example"))
    assert (counted(), entry.level) == (1, EvidenceLevel.BOTH)


def test_one_visitor_at_two_editions_is_one_person(company):
    first, second = (AttendeeFactory(visitor=True, edition__over=True, email="nora@medinjob.example") for _ in "ab")
    assert declare(company, attendee=first) == declare(company, Evidence.CANDIDATE, attendee=second)


def test_two_persons_or_two_companies_are_two_contracts(company, person):
    declare(company, user=person)
    declare(company, user=UserFactory())
    declare(CompanyFactory(), user=person)
    assert (counted(), LedgerEntry.objects.values("person").distinct().count()) == (3, 2)


def test_two_applications_for_two_jobs_are_two_contracts(person, company):
    for title in ("Administration réseaux", "Développement web"):
        offer = OfferFactory(published=True, company=company, title=title)
        on_application(ApplicationFactory(candidate=person, offer=offer, hired=True), job_title=title)
    assert counted() == 2


def test_two_applications_to_one_offer_published_twice_are_one_contract(person, company):
    first = OfferFactory(published=True, company=company)
    again = OfferFactory(published=True, company=company, duplicate_of=first)
    for offer, title in ((first, "Dev A"), (again, "Dev B")):
        on_application(ApplicationFactory(candidate=person, offer=offer, hired=True), job_title=title)
    assert counted() == 1


def test_a_later_contract_for_the_same_job_is_a_renewal(company, person):
    first = declare(company, said=facts("cdd"), user=person)
    later = declare(company, said=facts("cdi", signed=SIGNED + timedelta(days=200)), user=person)
    later.refresh_from_db()
    assert (counted(), later.renewal_of) == (1, first)


def test_a_renewal_declared_before_the_first_contract_is_found_out(company, person):
    later = declare(company, said=facts(signed=SIGNED + timedelta(days=200)), user=person)
    first = declare(company, user=person)
    assert (counted(), LedgerEntry.objects.get(pk=later.pk).renewal_of) == (1, first)


def test_when_the_first_contract_is_cancelled_the_next_one_counts(company, person):
    first = declare(company, user=person)
    later = declare(company, said=facts(signed=SIGNED + timedelta(days=200)), user=person)
    evidence.cancel(entry=first, by=None, reason="Désistement", on=SIGNED)
    assert list(LedgerEntry.objects.counting()) == [later]


def test_a_job_after_an_internship_counts(company, person):
    declare(company, said=facts("stage"), user=person)
    declare(company, said=facts("cdi", signed=SIGNED + timedelta(days=180)), user=person)
    assert counted() == 2


def test_what_a_company_calls_a_renewal_does_not_count(company, person):
    declaration = Declaration(company=company, facts=facts(), kind=Evidence.COMPANY, user=person, renewal=True)
    ledger.declare(declaration=declaration)
    assert (counted(), LedgerEntry.objects.count()) == (0, 1)


def test_staff_may_say_that_it_is_no_renewal(company, person):
    declare(company, user=person)
    later = declare(company, said=facts(signed=SIGNED + timedelta(days=500)), user=person)
    evidence.say_renewal(entry=later, by=None, reason="Autre service", renewal=False)
    assert counted() == 2
    ledger.settle(entry=later)
    assert counted() == 2


def test_a_document_seen_says_the_facts_and_the_level(company, person):
    entry = declare(company, user=person)
    staff = StaffFactory()
    evidence.see_document(entry=entry, by=staff, nature="Contrat", on=SIGNED, facts=facts("cdd"))
    entry.refresh_from_db()
    row = entry.evidence.get(kind=Evidence.DOCUMENT)
    assert (entry.type, entry.level, row.by, row.nature) == ("cdd", EvidenceLevel.DOCUMENT, staff, "Contrat")


def test_what_staff_settle_stands_against_later_words(company, person):
    entry = declare(company, user=person)
    evidence.correct(entry=entry, by=None, reason="Vu avec les deux", facts=facts("cdd", signed=SIGNED))
    declare(company, said=facts("freelance"), user=person)
    entry.refresh_from_db()
    assert (entry.type, entry.events.get(action=LedgerAction.CORRECT).reason) == ("cdd", "Vu avec les deux")


def test_a_contract_that_had_begun_is_not_cancelled(company, person):
    entry = declare(company, said=facts(starts=SIGNED + timedelta(days=1)), user=person)
    with pytest.raises(LedgerError, match="commencé"):
        evidence.cancel(entry=entry, by=None, reason="Rupture", on=SIGNED + timedelta(days=1))
    assert counted() == 1


def test_cancelled_twice_is_told(company, person):
    entry = declare(company, user=person)
    evidence.cancel(entry=entry, by=None, reason="Non", on=SIGNED)
    with pytest.raises(LedgerError, match="quelqu'un d'autre"):
        evidence.cancel(entry=entry, by=None, reason="Non", on=SIGNED)


def test_said_again_after_a_cancellation_stays_out_until_staff_decide(company, person):
    entry = declare(company, user=person)
    evidence.cancel(entry=entry, by=None, reason="Désistement", on=SIGNED)
    declare(company, Evidence.CANDIDATE, user=person)
    assert (counted(), LedgerEntry.objects.count()) == (0, 1)
    evidence.reopen(entry=entry, by=None, reason="Erreur")
    assert counted() == 1


def test_what_is_withdrawn_by_its_only_side_counts_no_more_and_comes_back_if_said_again(company, person):
    entry = declare(company, user=person)
    ledger.withdraw(evidence=entry.evidence.get())
    assert counted() == 0
    declare(company, user=person)
    assert (counted(), LedgerEntry.objects.count()) == (1, 1)
    assert actions(entry) == ["record", "withdraw", "reopen", "vouch"]


def test_what_one_side_withdraws_still_counts_by_the_other(company, person):
    entry = declare(company, user=person)
    declare(company, Evidence.CANDIDATE, user=person)
    ledger.withdraw(evidence=entry.evidence.get(kind=Evidence.COMPANY))
    entry.refresh_from_db()
    assert (counted(), entry.level) == (1, EvidenceLevel.CANDIDATE)


def test_merged_entries_count_once_with_the_evidence_of_both(company):
    one, other = declare(company, user=UserFactory()), declare(company, Evidence.CANDIDATE, user=UserFactory())
    evidence.merge(entry=other, into=one, by=None, reason="Deux adresses, une personne")
    one.refresh_from_db()
    assert (counted(), one.level) == (1, EvidenceLevel.BOTH)
    evidence.separate(entry=other, by=None, reason="Deux personnes")
    one.refresh_from_db()
    assert (counted(), one.level) == (2, EvidenceLevel.COMPANY)


def test_entries_of_two_companies_are_not_merged(company, person):
    one, other = declare(company, user=person), declare(CompanyFactory(), user=person)
    with pytest.raises(LedgerError):
        evidence.merge(entry=one, into=other, by=None, reason="?")


def test_a_merged_entry_is_not_touched_by_itself(company):
    one, other = declare(company, user=UserFactory()), declare(company, user=UserFactory())
    evidence.merge(entry=other, into=one, by=None, reason="Une personne")
    for verb in (evidence.correct, evidence.see_document):
        more = {"nature": "Contrat", "on": SIGNED} if verb is evidence.see_document else {"reason": "?"}
        with pytest.raises(LedgerError, match="réuni"):
            verb(entry=other, by=None, facts=facts(), **more)


def test_what_is_declared_of_a_merged_application_goes_to_the_entry_that_counts(company, person, hired):
    on_application(hired)
    of_application = LedgerEntry.objects.get()
    kept = LedgerEntryFactory(company=company, user=UserFactory())
    evidence.merge(entry=of_application, into=kept, by=None, reason="Une personne")
    said = {"type": "cdd", "job_title": "Dev", "signed_on": TODAY(), "starts_on": None}
    contract = hired.contracts.get()
    candidates_contracts.correct(contract=contract, side=Side.CANDIDATE, by=None, reason="CDD", facts=said)
    kept.refresh_from_db()
    assert (counted(), kept.type) == (1, "cdd")


def test_the_level_kept_is_that_of_the_standing_evidence(company, person):
    for kind in (Evidence.STAFF, Evidence.CANDIDATE, Evidence.COMPANY):
        entry = declare(company, kind, user=person)
        entry.refresh_from_db()
    assert (entry.level, LedgerEvent.objects.filter(entry=entry, action="vouch").count()) == (EvidenceLevel.BOTH, 2)
