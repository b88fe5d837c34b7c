"""An edition that is over, and short ways to fill it."""

from datetime import timedelta

import pytest

from demo.factories import CompanyFactory, EditionFactory, ExhibitorFactory, LedgerEntryFactory, StaffFactory
from demo.factories.forums import at
from ledger.enums import AttributionKind
from ledger.models import Attribution


def exhibitor(edition, *offers, **traits):
    """Showing its offers since two months before."""
    company = offers[0].company if offers else CompanyFactory()
    made = ExhibitorFactory(edition=edition, **{"company": company, "accepted": True, **traits}, shown=offers)
    made.shown_offers.update(shown_at=at(edition.event.starts_on - timedelta(days=60), 9))
    return made


def contract(edition, company, kind=AttributionKind.DIRECT, **fields):
    """Signed ten days after."""
    entry = LedgerEntryFactory(company=company, **{"signed_on": edition.event.ends_on + timedelta(days=10), **fields})
    Attribution.objects.create(entry=entry, edition=edition, kind=kind)
    return entry


@pytest.fixture
def edition():
    return EditionFactory(over=True)


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client
