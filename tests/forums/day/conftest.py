import pytest

from demo.factories import AttendeeFactory, EditionFactory, ExhibitorFactory, OfferFactory, UserFactory


@pytest.fixture
def edition():
    return EditionFactory(running=True)


@pytest.fixture
def attendee(edition):
    return AttendeeFactory(edition=edition, user__name="Camille Exemple")


@pytest.fixture
def recruiter():
    return UserFactory(name="Dominique Recruteur")


@pytest.fixture
def exhibitor(edition, recruiter):
    """Its company's recruiter is `recruiter`, and it shows one offer."""
    exhibitor = ExhibitorFactory(edition=edition, accepted=True, company__recruiter=recruiter)
    exhibitor.shown_offers.create(offer=OfferFactory(published=True, company=exhibitor.company))
    return exhibitor


@pytest.fixture
def offer(exhibitor):
    return exhibitor.shown_offers.get().offer
