"""What the OpenAPI schema promises holds for requests that nobody would think of."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from rest_framework.throttling import AnonRateThrottle
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, TrainingFactory
from medinjob.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offers")]
schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)

# An unknown value is left out of a search and said, not refused; a sector or a place that does not exist is refused.
NOT_PROMISED = [negative_data_rejection, positive_data_acceptance]


@pytest.fixture
def one_connection():
    """As Django's own client does: the end of a request must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def offers(index, monkeypatch, one_connection):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": None})
    company = CompanyFactory()
    OfferFactory(published=True, company=company, place=CommuneFactory(aix=True))
    OfferFactory(expired=True, company=company)
    TrainingFactory(published=True, company=company)
    index()


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_api_keeps_its_promises(case):
    # Its client of WSGI applications reads no compressed answer.
    case.call_and_validate(excluded_checks=NOT_PROMISED, headers={"Accept-Encoding": "identity"})
