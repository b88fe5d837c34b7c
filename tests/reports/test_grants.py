"""Budgets, shares and the cost of one event: the figures of the deliberation of 2019, and those around them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from demo.factories import (
    ActionFactory,
    AttendeeFactory,
    CompanyFactory,
    DeclaredFigureFactory,
    EditionFactory,
    EventFactory,
    GrantFactory,
)
from forums.enums import BudgetSide, CostKey, Rounding
from forums.models import BudgetLine
from jobs.enums import ContractType
from ledger.enums import AttributionKind
from reports.indicators.cost import allocate, cost_of
from reports.indicators.readings import share
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.grants import grant_kit
from tests.reports.conftest import contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def action():
    return ActionFactory(budget_forecast=110_000)


@pytest.mark.parametrize(
    ("asked", "base", "rounding", "printed"),
    [
        (15_000, 110_000, Rounding.TRUNCATED, "13.63"),
        (15_000, 110_000, Rounding.HALF_UP, "13.64"),
        (50_000, 570_000, Rounding.TRUNCATED, "8.77"),
        (50_000, 570_000, Rounding.HALF_UP, "8.77"),
        (1, 8, Rounding.HALF_UP, "12.50"),
        (1, 3, Rounding.TRUNCATED, "33.33"),
    ],
)
def test_share_is_printed_as_its_mode_says(asked, base, rounding, printed):
    assert str(share(asked, base, rounding=rounding)) == printed


@given(asked=st.integers(0, 10**7), base=st.integers(1, 10**7))
def test_truncated_is_never_above_and_half_up_never_further_than_half_a_hundredth(asked, base):
    exact = Decimal(asked) * 100 / base
    assert 0 <= exact - share(asked, base) < Decimal("0.01")
    assert abs(exact - share(asked, base, rounding=Rounding.HALF_UP)) <= Decimal("0.005")


def test_share_is_of_what_was_granted_once_it_is(action):
    GrantFactory(action=action, asked=15_000)
    GrantFactory(action=action, asked=60_000, granted=50_000, base=570_000)
    assert [str(found.share) for found in grant_kit(action).grants] == ["13.63", "8.77"]


def test_a_share_without_base_is_not_said():
    grant = GrantFactory(action__budget_forecast=None)
    assert grant_kit(grant.action).grants[0].share is None


def test_equal_parts_are_those_of_the_actions_events(action):
    EventFactory.create_batch(3, action=action)
    EventFactory(action=ActionFactory(budget_forecast=900_000))
    assert [found.cost for found in allocate(action)] == [Decimal("36666.67")] * 3


def test_an_actual_budget_replaces_the_forecast(action):
    event = EventFactory(action=action)
    action.budget_actual = 90_000
    action.save()
    assert cost_of(event) == 90_000


def test_stated_shares_are_percents(action):
    action.cost_key = CostKey.STATED
    action.save()
    events = [EventFactory(action=action, cost_share=share_) for share_ in (60, 25, None)]
    assert [cost_of(event) for event in events] == [66_000, 27_500, 0]


def test_participants_are_counted_or_declared(action):
    action.cost_key = CostKey.PARTICIPANTS
    action.save()
    edition = EditionFactory(over=True, event__action=action)
    AttendeeFactory.create_batch(3, edition=edition, present=True)
    AttendeeFactory(edition=edition)
    sibling = EventFactory(action=action)
    DeclaredFigureFactory(event=sibling, indicator="participants", value=7)
    assert (cost_of(edition.event), cost_of(sibling)) == (33_000, 77_000)


def test_a_key_that_gives_nothing_gives_no_cost(action):
    action.cost_key = CostKey.PARTICIPANTS
    action.save()
    assert cost_of(EventFactory(action=action)) is None


def test_an_event_of_no_action_has_no_cost():
    assert cost_of(EventFactory(action=None)) is None


def test_cost_per_contract_divides_one_events_share_by_its_own_contracts(action):
    edition = EditionFactory(over=True, event__action=action)
    EventFactory.create_batch(2, action=action)
    company = CompanyFactory()
    contract(edition, company)
    contract(edition, company)
    contract(edition, company, type=ContractType.INTERNSHIP)
    contract(edition, company, AttributionKind.ASSISTED)
    contract(EditionFactory(over=True), company)
    report = compute(scope_of(edition))
    assert report.value("cost") == Decimal("36666.67")
    assert str(report.value("cost-per-contract")) == "18333.34"
    found = {cost.allocation.event: cost for cost in grant_kit(action).costs}[edition.event]
    assert (found.contracts, found.cost_per_contract) == (report.value("contracts"), report.value("cost-per-contract"))


def test_a_sibling_without_rows_has_no_cost_per_contract(action):
    EventFactory(action=action)
    assert grant_kit(action).costs[0].cost_per_contract is None


def budget(action, *rows):
    for side, account, forecast, actual in rows:
        BudgetLine.objects.create(
            action=action, side=side, account=account, label="Ligne", forecast=forecast, actual=actual
        )


def test_lines_are_summed_by_chapter_with_their_rate(action):
    budget(
        action,
        (BudgetSide.EXPENSE, "60", 1_000, 900),
        (BudgetSide.EXPENSE, "606", 500, 600),
        (BudgetSide.EXPENSE, "641", 2_000, None),
        (BudgetSide.INCOME, "74", 3_500, 3_000),
    )
    expenses, income = grant_kit(action).sides
    purchases = expenses.chapters[0].heading
    assert (purchases.account, purchases.forecast, purchases.actual, str(purchases.rate)) == (
        "60",
        1500,
        1500,
        "100.00",
    )
    assert (expenses.chapters[1].heading.actual, expenses.total.forecast) == (None, 3500)
    assert str(income.total.rate) == "85.71"


def test_grants_stand_for_account_74_while_no_line_does(action):
    GrantFactory(action=action, asked=15_000, paid=12_000)
    income = grant_kit(action).sides[1]
    assert (income.total.forecast, income.total.actual) == (15_000, 12_000)
    budget(action, (BudgetSide.INCOME, "741", 20_000, None))
    assert grant_kit(action).sides[1].total.forecast == 20_000


def test_an_account_of_no_chapter_is_not_lost(action):
    budget(action, (BudgetSide.EXPENSE, "99", 10, None))
    assert grant_kit(action).sides[0].total.forecast == 10
    assert len(grant_kit(action).sides[0].chapters) == 1


def test_a_budget_out_of_balance_is_said(as_staff, action):
    budget(action, (BudgetSide.EXPENSE, "60", 10, None))
    assertContains(as_staff.get(reverse("report-grants", args=[action.pk])), "Charges et produits prévus diffèrent")


def test_page_prints_the_share_with_its_mode(as_staff, action):
    GrantFactory(action=action, asked=15_000)
    answer = as_staff.get(reverse("report-grants", args=[action.pk]))
    assertContains(answer, "13,63\u00a0%")
    assertContains(answer, "tronquée")


def test_page_costs_the_same_queries(as_staff, action, django_assert_num_queries):
    address = reverse("report-grants", args=[action.pk])

    def fill():
        GrantFactory(action=action)
        EditionFactory(over=True, event__action=action)
        budget(action, (BudgetSide.EXPENSE, "60", 10, None))

    fill()
    as_staff.get(address)
    with django_assert_num_queries(9):
        as_staff.get(address)
    fill()
    fill()
    with django_assert_num_queries(9):
        as_staff.get(address)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_kit_is_taken_away(as_staff, action, kind):
    EditionFactory(over=True, event__action=action, event__starts_on=date(2019, 10, 3))
    GrantFactory(action=action, funder="=Formule")
    answer = as_staff.get(reverse("report-grants-file", args=[action.pk, kind]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(b"\xef\xbb\xbf" if kind == "csv" else b"PK")
