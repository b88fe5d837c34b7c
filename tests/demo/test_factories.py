from datetime import timedelta

import factory
import pytest
from django.utils import timezone
from stdnum.fr import siret as siret_rules

from accounts.models import User
from demo import factories
from jobs.enums import OfferKind, OfferState
from jobs.models import Offer, OfferPlace, TrainingSession

pytestmark = pytest.mark.django_db


# Made with the object that they are a part of, which stands in the list.
PARTS = {"BadgeFactory", "JobDetailsFactory", "OfferPlaceFactory", "TrainingDetailsFactory"}
FACTORIES = [
    made
    for name, made in vars(factories).items()
    if isinstance(made, type) and issubclass(made, factory.django.DjangoModelFactory) and name not in PARTS
]


@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_twenty_thousandth_object_fits_its_columns(made):
    """A process of the tests makes thousands; PostgreSQL refuses a text too long, SQLite takes it."""
    row = made(__sequence=20_000)
    lengths = {
        field.name: (value, field.max_length)
        for field in row._meta.concrete_fields
        if field.max_length and isinstance(value := field.value_from_object(row), str)
    }
    assert {name: value for name, (value, longest) in lengths.items() if len(value) > longest} == {}


def test_siret_passes_the_official_checks_and_never_repeats():
    numbers = [factories.siret(n) for n in range(300)]
    assert all(siret_rules.is_valid(number) for number in numbers)
    assert len(set(numbers)) == 300


def test_user_has_a_verified_address_and_the_common_password():
    user = factories.UserFactory()
    assert user.check_password(factories.PASSWORD)
    assert user.emailaddress_set.get().verified


def test_user_address_none_leaves_the_address_unverified():
    assert not factories.UserFactory(address=None).emailaddress_set.exists()


def test_staff_is_of_the_team():
    assert factories.StaffFactory().is_staff


@pytest.mark.parametrize("state", OfferState.values)
def test_offer_has_a_trait_for_each_state(state):
    traits = {} if state == OfferState.DRAFT else {state: True}
    assert Offer.objects.get(pk=factories.OfferFactory(**traits).pk).state == state


def test_offer_published_is_visible_and_the_others_are_not():
    shown = factories.OfferFactory(published=True)
    for trait in ("in_review", "paused", "filled", "expired", "overdue", "withdrawn", "rejected"):
        factories.OfferFactory(**{trait: True})
    assert list(Offer.objects.visible()) == [shown]


def test_offer_costs_no_event_and_one_company():
    offer = factories.OfferFactory(published=True)
    assert offer.events.count() == 0
    assert offer.company.memberships.count() == 0


def test_offer_details_are_reached_by_their_name():
    assert factories.OfferFactory(job__contract="cdd").job.contract == "cdd"


def test_offer_takes_places_occupations_skills_and_sectors():
    offer = factories.OfferFactory(
        places=[factories.CommuneFactory(aix=True), factories.CommuneFactory(nice=True)],
        occupations=[factories.OccupationFactory(web=True)],
        skills=[factories.SkillFactory(label="C#"), factories.SkillFactory(label="C++")],
        sectors=[factories.SectorFactory()],
    )
    assert [place.label for place in offer.places.all()] == ["Aix-en-Provence", "Nice"]
    assert offer.skills.count() == 2
    assert offer.occupations.get().code == "M1855"


def test_offer_imported_has_an_employer_and_no_company():
    offer = factories.OfferFactory(imported=True, published=True)
    assert (offer.company, offer.employer) == (None, "Employeur importé")
    assert offer.apply_url == offer.source_url != ""


def test_offer_overdue_is_published_with_its_date_past():
    offer = factories.OfferFactory(overdue=True)
    assert offer.state == OfferState.PUBLISHED
    assert offer.expires_at < timezone.now() < offer.expires_at + timedelta(days=2)


def test_training_has_its_details_and_sessions_when_asked():
    training = factories.TrainingFactory(published=True, session=True)
    assert training.kind == OfferKind.TRAINING
    assert training.training.certification_code
    assert training.sessions.get().starts_on > timezone.localdate()


def test_session_past_is_over():
    session = factories.SessionFactory(past=True)
    assert session.ends_on < timezone.localdate()
    assert TrainingSession.objects.count() == 1


def test_commune_asked_for_twice_is_the_same_row():
    assert factories.CommuneFactory(aix=True) == factories.CommuneFactory(aix=True)


def test_membership_brings_its_user_and_company():
    membership = factories.MembershipFactory(admin=True)
    assert membership.role == "admin"
    assert User.objects.get() == membership.user


def test_company_takes_its_members():
    admin, recruiter = factories.UserFactory.create_batch(2)
    company = factories.CompanyFactory(admin=admin, recruiter=recruiter)
    assert list(company.memberships.values_list("user", "role")) == [(admin.pk, "admin"), (recruiter.pk, "recruiter")]


def test_report_place_and_invitation_stand_alone():
    assert factories.ReportFactory().offer.is_open
    assert factories.InvitationFactory(expired=True).expires_at < timezone.now()
    assert factories.OfferPlaceFactory(offer=factories.OfferFactory()).postcode == "13080"
    assert OfferPlace.objects.count() == 1
