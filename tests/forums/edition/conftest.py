from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import CompanyFactory, EditionFactory, OfferFactory, StaffFactory, UserFactory


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def edition():
    return EditionFactory(announced=True)


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
def mails():
    """Subject and address of each mail written so far, in order."""
    return lambda: list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


@pytest.fixture
def in_days():
    return lambda days: timezone.localdate() + timedelta(days=days)
