"""Each figure is the number of rows behind it, for every indicator and every breakdown, on generated editions."""

from datetime import timedelta
from statistics import median

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from candidates.enums import Channel
from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CompanyFactory,
    EditionFactory,
    ExhibitorFactory,
    MarkFactory,
    MeetingFactory,
    OfferFactory,
    RepresentativeFactory,
    SectorFactory,
    TrainingFactory,
    UserFactory,
)
from demo.factories.forums import EntryFactory, at
from forums.enums import AttendeeAction, ExhibitorState, MeetingState
from forums.models import AttendeeEvent
from jobs.enums import ContractType
from jobs.models import OfferAudience
from ledger.enums import AttributionKind, EvidenceLevel
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Count, Median, Reading, Sum
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.rows import rows_of
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db

READINGS = [indicator for indicator in INDICATORS.values() if isinstance(indicator, Reading)]
SOME_CONTRACTS = (ContractType.CDI, ContractType.APPRENTICESHIP, ContractType.INTERNSHIP, ContractType.OTHER)

applications = st.fixed_dictionaries(
    {
        "days": st.integers(-70, 200),
        "channel": st.sampled_from(Channel.values),
        "incomplete": st.booleans(),
        "interview": st.booleans(),
    }
)
offers = st.fixed_dictionaries(
    {
        "training": st.booleans(),
        "contract": st.sampled_from(SOME_CONTRACTS),
        "positions": st.integers(1, 4),
        "again": st.booleans(),
        "clicks": st.integers(0, 2),
        "applications": st.lists(applications, max_size=3),
    }
)
contracts = st.fixed_dictionaries(
    {
        "type": st.sampled_from(SOME_CONTRACTS),
        "kind": st.sampled_from(AttributionKind.values),
        "level": st.sampled_from(EvidenceLevel.values),
        "days": st.integers(-1, 180),
        "renewal": st.booleans(),
    }
)
stands = st.fixed_dictionaries(
    {
        "state": st.sampled_from([ExhibitorState.ACCEPTED, ExhibitorState.ACCEPTED, ExhibitorState.WAITING]),
        "mark": st.sampled_from(["", "member", "partner"]),
        "sectors": st.lists(st.integers(0, 2), unique=True, max_size=2),
        "placed": st.booleans(),
        "offers": st.lists(offers, max_size=2),
        "meetings": st.lists(st.sampled_from(MeetingState.values), max_size=3),
        "contracts": st.lists(contracts, max_size=2),
        "came": st.booleans(),
    }
)
people = st.lists(st.fixed_dictionaries({"days": st.integers(0, 2), "walk_in": st.booleans()}), max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(stands, min_size=1, max_size=3), visitors=people)
def test_every_figure_is_its_rows(plan, visitors):
    edition = made(plan, visitors)
    scope = scope_of(edition)
    report = compute(scope)
    for reading in READINGS:
        figure = report.figures[reading.slug]
        assert figure.value == counted(reading, rows_of(reading, scope)), reading.slug
        for dimension, groups in figure.breakdowns.items():
            for group in groups:
                found = rows_of(reading, scope, MultiValueDict({dimension: [group.key]}))
                assert group.value == counted(reading, found), (reading.slug, dimension, group.key)


def counted(reading, found):
    """The figure, by hand from the list that is shown; no row is there twice."""
    rows = list(found.rows)
    assert len({row.pk for row in rows}) == len(rows)
    if isinstance(reading, Count):
        return len(rows)
    if isinstance(reading, Sum):
        return sum(getattr(row, reading.basis.value) for row in rows)
    assert isinstance(reading, Median)
    return median(reading.measure(getattr(row, reading.column), found.scope) for row in rows) if rows else None


def made(plan, visitors):
    """An edition as planned. Those of earlier examples are still there: their rows must not leak."""
    edition = EditionFactory(over=True, lasts=2)
    sectors = SectorFactory.create_batch(3)
    for stand in plan:
        _stand(edition, stand, sectors)
    for visitor in visitors:
        person = AttendeeFactory(edition=edition)
        for day in edition.days.all()[: visitor["days"]]:
            EntryFactory(attendee=person, day=day.date)
        if visitor["walk_in"]:
            AttendeeEvent.objects.create(attendee=person, action=AttendeeAction.WALK_IN, after=person.state)
    return edition


def _stand(edition, plan, sectors):
    place = {} if plan["placed"] else {"commune": None}
    company = CompanyFactory(sectors=[sectors[n] for n in plan["sectors"]], **place)
    if plan["mark"]:
        MarkFactory(company=company, mark=plan["mark"])
    shown = [offer for one in plan["offers"] for offer in _offers(company, one, edition)]
    stand = ExhibitorFactory(edition=edition, company=company, state=plan["state"], shown=shown)
    stand.shown_offers.update(shown_at=at(edition.event.starts_on - timedelta(days=60), 9))
    for state in plan["meetings"]:
        MeetingFactory(exhibitor=stand, state=state)
    for one in plan["contracts"]:
        days = edition.event.ends_on + timedelta(days=one["days"])
        facts = {name: one[name] for name in ("type", "kind", "level", "renewal")}
        contract(edition, company, signed_on=days, offer=shown[0] if shown else None, **facts)
    if plan["came"]:
        EntryFactory(attendee=None, representative=RepresentativeFactory(exhibitor=stand))


def _offers(company, plan, edition):
    if plan["training"]:
        offer = TrainingFactory(published=True, company=company)
    else:
        details = {"job__contract": plan["contract"], "job__open_positions": plan["positions"]}
        offer = OfferFactory(published=True, company=company, **details)
    for one in plan["applications"]:
        sent_at = at(edition.event.starts_on + timedelta(days=one["days"]), 12)
        traits = {"interview": True} if one["interview"] else {}
        facts = {"channel": one["channel"], "incomplete": one["incomplete"]}
        ApplicationFactory(offer=offer, sent_at=sent_at, **facts, **traits)
    if plan["clicks"]:
        OfferAudience.objects.create(offer=offer, day=edition.event.starts_on, external_clicks=plan["clicks"])
    yield offer
    if plan["again"] and not plan["training"]:
        yield OfferFactory(published=True, company=company, duplicate_of=offer)


def rows_url(edition, indicator, name="report-rows", *more):
    return reverse(name, args=[edition.event.slug, indicator, *more])


def test_rows_page_lists_what_the_figure_counts(as_staff, edition):
    AttendeeFactory(edition=edition, present=True, user=UserFactory(name="Camille Venue"))
    AttendeeFactory(edition=edition, user=UserFactory(name="Dominique Absence"))
    answer = as_staff.get(rows_url(edition, "participants"))
    assertContains(answer, "Camille Venue")
    assertNotContains(answer, "Dominique Absence")


def test_rows_page_narrows_as_the_breakdown_does(as_staff, edition):
    ours, theirs = (exhibitor(edition, OfferFactory(published=True)) for _ in range(2))
    answer = as_staff.get(rows_url(edition, "offers"), {"company": ours.company_id})
    assertContains(answer, ours.company.name)
    assertNotContains(answer, theirs.company.name)


@pytest.mark.parametrize("query", ["day=hier", "company=%00", "sector=inconnu&sector=", "couleur=bleu", "page=x"])
def test_a_wrong_filter_is_never_an_error(as_staff, edition, query):
    EntryFactory(attendee=AttendeeFactory(edition=edition))
    for indicator in ("entries", "positions", "contracts"):
        assert as_staff.get(f"{rows_url(edition, indicator)}?{query}").status_code == 200


@pytest.mark.parametrize("slug", ["nothing", "attendance-rate", "cost"])
def test_what_has_no_rows_is_not_there(as_staff, edition, slug):
    assert as_staff.get(rows_url(edition, slug)).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_are_taken_away_as_they_are_filtered(as_staff, edition, kind):
    exhibitor(edition, OfferFactory(published=True, title="=Formule"))
    answer = as_staff.get(rows_url(edition, "positions", "report-rows-file", kind))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(b"\xef\xbb\xbf" if kind == "csv" else b"PK")
    if kind == "csv":
        assert "'=Formule" in content.decode()


def test_rows_page_costs_the_same_queries(as_staff, edition, django_assert_num_queries):
    def fill():
        offer = OfferFactory(published=True)
        exhibitor(edition, offer)
        ApplicationFactory(offer=offer)

    fill()
    url = rows_url(edition, "applications")
    as_staff.get(url)
    with django_assert_num_queries(15):
        as_staff.get(url)
    fill()
    fill()
    with django_assert_num_queries(15):
        as_staff.get(url)
