import pytest

from demo.factories import ApplicationFactory, CompanyFactory, OfferFactory, UserFactory


@pytest.fixture
def recruiter():
    return UserFactory(name="Dominique Recruteur")


@pytest.fixture
def company(recruiter):
    return CompanyFactory(recruiter=recruiter)


@pytest.fixture
def offer(company):
    return OfferFactory(published=True, company=company)


@pytest.fixture
def candidate():
    return UserFactory(name="Camille Exemple")


@pytest.fixture
def application(offer, candidate):
    return ApplicationFactory(offer=offer, candidate=candidate)


@pytest.fixture
def as_recruiter(client, recruiter):
    client.force_login(recruiter)
    return client


@pytest.fixture
def as_candidate(client, candidate):
    client.force_login(candidate)
    return client
