"""Each headline figure on an edition whose answers are known by hand."""

from datetime import timedelta

import pytest

from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CompanyFactory,
    DeclaredFigureFactory,
    EditionFactory,
    EntryFactory,
    MarkFactory,
    MeetingFactory,
    OfferFactory,
    RepresentativeFactory,
    SectorFactory,
    TrainingFactory,
)
from demo.factories.forums import at
from forums.enums import AttendeeAction
from forums.models import AttendeeEvent, ShownOffer
from forums.services.freezing import freeze_facts
from jobs.enums import ContractType
from ledger.enums import AttributionKind
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db


def value(edition, slug):
    return compute(scope_of(edition)).value(slug)


def groups(edition, slug, dimension):
    figure = compute(scope_of(edition)).figures[slug]
    return {group.label: group.value for group in figure.breakdowns[dimension]}


def test_positions_are_those_of_accepted_exhibitors(edition):
    exhibitor(edition, OfferFactory(published=True, job__open_positions=3))
    exhibitor(edition, OfferFactory(published=True, job__open_positions=5), accepted=False, waiting=True)
    exhibitor(EditionFactory(over=True), OfferFactory(published=True))
    assert value(edition, "positions") == 3


def test_an_offer_posted_again_counts_once(edition):
    offer = OfferFactory(published=True, job__open_positions=2)
    again = OfferFactory(published=True, company=offer.company, duplicate_of=offer, job__open_positions=2)
    exhibitor(edition, offer, again)
    assert (value(edition, "positions"), value(edition, "offers")) == (2, 1)


def test_a_training_has_no_position(edition):
    exhibitor(edition, TrainingFactory(published=True))
    assert (value(edition, "positions"), value(edition, "trainings")) == (0, 1)


def test_participants_are_persons_over_days_and_venues():
    edition = EditionFactory(over=True, lasts=2, venues=["Hall A", "Hall B"])
    person = AttendeeFactory(edition=edition)
    for venue in edition.venues.all():
        for day in edition.days.all():
            EntryFactory(attendee=person, venue=venue, day=day.date)
    assert (value(edition, "participants"), value(edition, "entries")) == (1, 4)


def test_who_holds_a_stand_is_no_participant(edition):
    someone = RepresentativeFactory(exhibitor=exhibitor(edition))
    EntryFactory(attendee=None, representative=someone)
    assert (value(edition, "participants"), value(edition, "exhibitor-staff")) == (0, 1)


def test_an_entry_taken_back_is_nobodys_presence(edition):
    EntryFactory(attendee=AttendeeFactory(edition=edition), undone_at=edition.announced_at)
    assert value(edition, "participants") == 0


def test_attendance_leaves_walk_ins_out(edition):
    AttendeeFactory(edition=edition, present=True)
    AttendeeFactory.create_batch(2, edition=edition)
    walk_in = AttendeeFactory(edition=edition, present=True)
    AttendeeEvent.objects.create(attendee=walk_in, action=AttendeeAction.WALK_IN, after=walk_in.state)
    assert (value(edition, "participants"), value(edition, "registered")) == (2, 3)
    assert str(value(edition, "attendance-rate")) == "33.3"


@pytest.mark.parametrize(
    ("days", "hour", "slug"),
    [
        (-1, 23, "applications-before"),
        (0, 0, "applications-day"),
        (0, 23, "applications-day"),
        (1, 0, "applications-after"),
        (180, 23, "applications-after"),
    ],
)
def test_an_application_is_before_on_or_after_by_the_regions_day(edition, days, hour, slug):
    offer = OfferFactory(published=True)
    exhibitor(edition, offer)
    ApplicationFactory(offer=offer, sent_at=at(edition.event.starts_on + timedelta(days=days), hour, 50))
    assert (value(edition, "applications"), value(edition, slug)) == (1, 1)


@pytest.mark.parametrize("days", [-61, 181])
def test_an_application_before_the_offer_is_shown_or_past_the_window_is_not_counted(edition, days):
    offer = OfferFactory(published=True)
    exhibitor(edition, offer)
    ApplicationFactory(offer=offer, sent_at=at(edition.event.starts_on + timedelta(days=days), 10))
    assert value(edition, "applications") == 0


def test_an_incomplete_application_counts_and_is_said(edition):
    offer = OfferFactory(published=True)
    exhibitor(edition, offer)
    ApplicationFactory(offer=offer, incomplete=True)
    assert (value(edition, "applications"), value(edition, "applications-incomplete")) == (1, 1)


def test_a_request_about_a_training_is_no_application(edition):
    training = TrainingFactory(published=True)
    exhibitor(edition, training)
    ApplicationFactory(offer=training)
    assert (value(edition, "applications"), value(edition, "training-requests")) == (0, 1)


def test_an_interview_counts_whatever_came_of_it(edition):
    offer = OfferFactory(published=True)
    exhibitor(edition, offer)
    ApplicationFactory(offer=offer, hired=True)
    ApplicationFactory.create_batch(2, offer=offer, refused=True)
    assert (value(edition, "interviews"), str(value(edition, "interview-rate"))) == (1, "33.3")


def test_direct_and_assisted_are_apart_and_an_internship_is_no_contrat_de_travail(edition):
    company = exhibitor(edition).company
    contract(edition, company)
    contract(edition, company, AttributionKind.ASSISTED)
    contract(edition, company, type=ContractType.INTERNSHIP)
    contract(edition, company, type=ContractType.FREELANCE)
    found = compute(scope_of(edition))
    slugs = ("contracts", "contracts-assisted", "internships", "freelance")
    assert [found.value(slug) for slug in slugs] == [1, 1, 1, 1]


def test_renewed_cancelled_and_merged_contracts_do_not_count(edition):
    company = exhibitor(edition).company
    kept = contract(edition, company)
    contract(edition, company, renewal=True)
    contract(edition, company, cancelled_at=edition.announced_at)
    contract(edition, company, merged_into=kept)
    assert value(edition, "contracts") == 1


def test_median_of_two_delays_is_between_them(edition):
    company = exhibitor(edition).company
    for days in (10, 15):
        contract(edition, company, signed_on=edition.event.ends_on + timedelta(days=days))
    assert str(value(edition, "days-to-signature")) == "12.5"


def test_a_median_of_nothing_is_nothing(edition):
    assert value(edition, "days-to-signature") is None


def test_meetings_held_and_missed(edition):
    stand = exhibitor(edition)
    MeetingFactory(exhibitor=stand, held=True)
    MeetingFactory(exhibitor=stand, started=True)
    MeetingFactory(exhibitor=stand, no_show=True)
    MeetingFactory(exhibitor=stand)
    assert [value(edition, slug) for slug in ("meetings", "no-shows", "badges-read")] == [2, 1, 1]


def test_membership_is_that_of_the_first_day(edition):
    member, late = exhibitor(edition), exhibitor(edition)
    MarkFactory(company=member.company)
    MarkFactory(company=late.company, since=edition.event.starts_on + timedelta(days=1))
    assert groups(edition, "companies", "membership") == {"Membre Medinsoft": 1, "Ni membre ni partenaire": 1}


def test_a_company_of_two_sectors_is_in_both_groups(edition):
    sectors = SectorFactory.create_batch(2)
    exhibitor(edition, company=CompanyFactory(sectors=sectors))
    assert groups(edition, "companies", "sector") == {sector.label: 1 for sector in sectors}


def test_a_frozen_edition_does_not_see_later_changes(edition):
    stand = exhibitor(edition, OfferFactory(published=True, job__open_positions=4))
    freeze_facts(edition=edition)
    before = compute(scope_of(edition)).figures
    stand.company.sectors.add(SectorFactory())
    stand.shown_offers.get().offer.job.__class__.objects.update(open_positions=9, contract=ContractType.CDD)
    assert compute(scope_of(edition)).figures == before


def test_freezing_again_keeps_what_was_frozen_and_takes_what_was_added(edition):
    stand = exhibitor(edition, OfferFactory(published=True, job__open_positions=4))
    freeze_facts(edition=edition)
    row = ShownOffer.objects.get()
    row.offer.job.__class__.objects.update(open_positions=9)
    added = OfferFactory(published=True, company=stand.company, job__open_positions=2)
    stand.shown_offers.create(offer=added, shown_at=row.shown_at)
    freeze_facts(edition=edition)
    row.refresh_from_db()
    assert (row.positions, row.frozen["positions"], value(edition, "positions")) == (4, 4, 6)


def test_a_declared_edition_shows_what_was_declared_and_opens_nothing():
    edition = EditionFactory(declared=True)
    DeclaredFigureFactory(event=edition.event, indicator="participants", value=600)
    figure = compute(scope_of(edition)).figures["participants"]
    assert (figure.value, figure.declared, figure.opens) == (600, True, False)


def test_queries_do_not_grow_with_the_rows(edition, django_assert_num_queries):
    def fill():
        offer = OfferFactory(published=True)
        stand = exhibitor(edition, offer)
        ApplicationFactory(offer=offer)
        MeetingFactory(exhibitor=stand, held=True)
        contract(edition, stand.company)

    fill()
    with django_assert_num_queries(19):
        compute(scope_of(edition))
    fill()
    fill()
    with django_assert_num_queries(19):
        compute(scope_of(edition))
