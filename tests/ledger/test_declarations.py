"""Which declarations are one contract, whose dates count, what they amount to."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.declarations import (
    Facts,
    Statement,
    facts_that_count,
    level_of,
    level_that_counts,
    same_contract,
    same_job,
    they_differ,
)
from ledger.enums import Evidence, EvidenceLevel
from ledger.models import LedgerEntry

SIGNED = date(2026, 10, 12)


def facts(type_="cdi", title="Développement Python", signed=SIGNED, starts=None):
    return Facts(type_, title, signed, starts)


@pytest.mark.parametrize(("days", "same"), [(0, True), (31, True), (-31, True), (32, False)])
def test_signatures_within_a_month_are_one_contract(days, same):
    assert same_contract(facts(), facts(title="Dev", signed=SIGNED + timedelta(days=days))) is same


def test_the_same_start_is_one_contract_however_far_the_signatures():
    starts = date(2027, 1, 4)
    assert same_contract(facts(starts=starts), facts(signed=SIGNED + timedelta(days=60), starts=starts))


def test_a_type_written_wrongly_by_one_side_is_one_contract():
    assert same_contract(facts("cdi"), facts("stage"))


def test_an_internship_and_a_job_that_begin_far_apart_are_two():
    internship = facts("stage", starts=date(2026, 11, 2))
    job = facts("cdi", starts=date(2027, 5, 3))
    assert not same_contract(internship, job)


def test_an_internship_and_a_job_that_begin_a_month_apart_are_one():
    internship = facts("stage", starts=date(2026, 11, 2))
    assert same_contract(internship, facts("cdi", starts=internship.starts_on + timedelta(days=31)))
    assert not same_contract(internship, facts("cdi", starts=internship.starts_on + timedelta(days=32)))


def test_a_correction_has_the_place_of_what_it_corrects():
    internship = Statement(2, Evidence.CANDIDATE, facts("stage"), first=2)
    corrected = Statement(3, Evidence.COMPANY, facts("cdi"), first=1)
    assert facts_that_count([internship, corrected]) == corrected.facts


def test_facts_are_those_of_the_row():
    row = LedgerEntry(type="cdd", job_title="Dev", signed_on=SIGNED, starts_on=date(2026, 11, 2))
    assert Facts.of(row) == facts("cdd", "Dev", SIGNED, date(2026, 11, 2))


def test_same_job_reads_titles_as_people_write_them():
    assert same_job(facts(title="Développeuse  Web"), facts("cdd", title="developpeuse web"))
    assert not same_job(facts(title="Développeuse web"), facts(title="Administratrice réseaux"))


def test_an_internship_that_becomes_a_job_is_no_renewal():
    assert not same_job(facts("stage"), facts("cdi"))


@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        ([], EvidenceLevel.STAFF),
        (["staff"], EvidenceLevel.STAFF),
        (["candidate", "staff"], EvidenceLevel.CANDIDATE),
        (["company"], EvidenceLevel.COMPANY),
        (["company", "candidate"], EvidenceLevel.BOTH),
        (["staff", "document"], EvidenceLevel.DOCUMENT),
    ],
)
def test_level_says_what_the_evidence_amounts_to(kinds, level):
    assert {level_of(order) for order in permutations(kinds)} == {level}


def said(number, kind, title, **more):
    return Statement(number, Evidence(kind), facts(title=title), **more)


def test_the_company_is_heard_before_the_candidate_and_staff():
    assert (
        facts_that_count([said(1, "company", "A"), said(2, "candidate", "B"), said(3, "staff", "C")]).job_title == "A"
    )


def test_the_latest_word_of_one_side_counts():
    assert facts_that_count([said(1, "company", "A"), said(2, "company", "B")]).job_title == "B"


def test_what_both_see_on_the_application_counts_before_a_follow_up():
    rows = [said(1, "candidate", "Application", on_application=True), said(2, "company", "Suivi")]
    assert facts_that_count(rows).job_title == "Application"


def test_a_document_counts_before_what_is_said_and_a_decision_before_all():
    rows = [said(1, "document", "Vu"), said(2, "company", "Dit")]
    assert facts_that_count(rows).job_title == "Vu"
    assert facts_that_count([*rows, said(3, "staff", "Tranché", decides=True)]).job_title == "Tranché"


statements = st.lists(
    st.builds(
        Statement,
        st.integers(1, 50),
        st.sampled_from(Evidence),
        st.builds(Facts, st.just("cdi"), st.text(max_size=3), st.dates(), st.none()),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row.number,
)


@given(statements, st.randoms())
def test_order_of_the_evidence_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert facts_that_count(rows) == facts_that_count(shuffled)
    assert level_of(row.kind for row in rows) == level_of(row.kind for row in shuffled)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-100, 100))
def test_being_the_same_contract_is_mutual(day, distance):
    one, other = facts(signed=day), facts("stage", signed=day + timedelta(days=distance), starts=day)
    assert same_contract(one, other) == same_contract(other, one)


def test_facts_survive_json():
    whole = facts(starts=date(2027, 1, 4))
    assert (Facts.from_json(whole.to_json()), Facts.from_json(facts().to_json())) == (whole, facts())


def test_a_mission_does_not_turn_a_contract_into_one_unless_staff_settle_it():
    rows = [Statement(1, Evidence.CANDIDATE, facts("cdi")), Statement(2, Evidence.COMPANY, facts("freelance"))]
    assert (facts_that_count(rows).type, level_that_counts(rows)) == ("cdi", EvidenceLevel.CANDIDATE)
    assert they_differ(rows)
    settled = [*rows, Statement(3, Evidence.STAFF, facts("freelance"), decides=True)]
    assert (facts_that_count(settled).type, they_differ(settled)) == ("freelance", False)


def test_what_staff_enter_does_not_replace_what_they_entered_before():
    rows = [said(1, "staff", "Première"), said(2, "staff", "Autre")]
    assert facts_that_count(rows).job_title == "Première"


def test_what_staff_were_told_again_by_the_same_side_replaces_it():
    rows = [said(5, "staff", "Corrigée", first=1), said(2, "staff", "Autre")]
    assert facts_that_count(rows).job_title == "Corrigée"


@pytest.mark.parametrize(("one", "other"), [
    (facts("cdi"), facts("cdd")),
    (facts(), facts(signed=SIGNED + timedelta(days=1))),
    (facts(starts=SIGNED), facts(starts=SIGNED + timedelta(days=1))),
])  # fmt: skip
def test_two_sides_that_differ_in_type_or_date_have_not_both_declared_it(one, other):
    rows = [Statement(1, Evidence.COMPANY, one), Statement(2, Evidence.CANDIDATE, other)]
    assert (level_that_counts(rows), they_differ(rows)) == (EvidenceLevel.COMPANY, True)


def test_a_title_or_a_start_that_only_one_knows_separates_nobody():
    rows = [said(1, "company", "A"), Statement(2, Evidence.CANDIDATE, facts(starts=SIGNED))]
    assert (level_that_counts(rows), they_differ(rows)) == (EvidenceLevel.BOTH, False)
