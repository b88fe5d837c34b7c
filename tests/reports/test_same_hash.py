"""The digest of a report is of its data alone: whatever the database, the order of its rows and its collation."""

from datetime import date, timedelta

import pytest
import time_machine

from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CommuneFactory,
    CompanyFactory,
    EditionFactory,
    EntryFactory,
    LedgerEntryFactory,
    MeetingFactory,
    OccupationFactory,
    OfferFactory,
    SectorFactory,
)
from demo.factories.forums import at
from ledger.enums import AttributionKind
from ledger.models import Attribution
from reports.services.snapshots import freeze_report
from tests.reports.conftest import exhibitor

pytestmark = pytest.mark.django_db

DIGEST = "3fb1e5dd5a359b535a3cfac15040e603ef169408ca882b7de44c5e137422a410"
DAY = date(2026, 10, 8)


def made(company_ids):
    """The same edition, its rows written in the order of `company_ids`."""
    edition = EditionFactory(announced=True, event__name="Forum témoin", event__slug="temoin", event__starts_on=DAY)
    sectors = {label: SectorFactory(slug=label[0].lower(), label=label) for label in ("Échecs", "école", "Eau")}
    occupation = OccupationFactory(code="M1805", label="Études et développement")
    aix = CommuneFactory(aix=True)
    for n in company_ids:
        company = CompanyFactory(pk=n, name=f"Œuvre n° {n}", commune=aix, sectors=list(sectors.values())[: n % 4])
        offer = OfferFactory(published=True, company=company, occupations=[occupation], job__open_positions=n % 3 + 1)
        stand = exhibitor(edition, offer)
        for day in range(-2, 3):
            ApplicationFactory(offer=offer, sent_at=at(DAY + timedelta(days=day), 10), interview=True)
        person = AttendeeFactory(edition=edition)
        EntryFactory(attendee=person)
        MeetingFactory(exhibitor=stand, attendee=person, held=True)
        entry = LedgerEntryFactory(company=company, offer=offer, signed_on=DAY + timedelta(days=n % 5))
        Attribution.objects.create(entry=entry, edition=edition, kind=AttributionKind.DIRECT)
    AttendeeFactory.create_batch(2, edition=edition)
    return edition


@pytest.mark.parametrize("company_ids", [(9001, 9002, 9003), (9003, 9001, 9002)])
def test_the_same_data_have_the_same_digest(company_ids):
    with time_machine.travel(at(DAY + timedelta(days=30), 12), tick=False):
        edition = made(company_ids)
        assert freeze_report(edition=edition, by=None, addresses=[]).sha256 == DIGEST
