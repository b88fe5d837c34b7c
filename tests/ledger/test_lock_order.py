"""Who erases and who declares at the same moment: both end, in whatever order. On PostgreSQL two that take locks in
different orders end with one of them refused (`OperationalError`, deadlock detected)."""

from itertools import combinations

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.services import close_account
from candidates.services.contracts import declare as declare_contract
from candidates.services.privacy import forget as forget_candidate
from candidates.services.words import add_message
from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    EditionFactory,
    ExhibitorFactory,
    MeetingFactory,
    StaffFactory,
    UserFactory,
)
from forums.actor import Actor
from forums.services.attendees import cancel
from forums.services.meetings import finish
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.services.entries import Declaration, declare
from ledger.services.retention import erase_names, forget
from reports.services.audits import create_audit_link
from reports.services.snapshots import freeze_report

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """One person with an account, who met a company at an edition and was hired by it."""

    def __init__(self):
        self.user = UserFactory()
        self.edition = EditionFactory(running=True)
        stand = ExhibitorFactory(edition=self.edition, accepted=True)
        self.attendee = AttendeeFactory(edition=self.edition, user=self.user, email=self.user.email)
        self.meeting = MeetingFactory(exhibitor=stand, attendee=self.attendee)
        self.company, self.staff = stand.company, StaffFactory()
        self.application = ApplicationFactory(candidate=self.user, offer__company=self.company, hired=True)
        self.today = timezone.localdate()
        declare(declaration=self.said(Evidence.STAFF), by=self.user)

    def said(self, kind):
        facts = Facts("cdi", "Développement", self.today)
        return Declaration(self.company, facts, kind, attendee=self.attendee, name=self.attendee.name, source="x")

    def contract(self):
        facts = {"type": "cdi", "job_title": "Dev", "signed_on": self.today, "starts_on": None}
        declare_contract(application=self.application, side="company", by=self.staff, facts=facts)


ACTS = {
    "declare": lambda world: declare(declaration=world.said(Evidence.COMPANY), by=world.user),
    "contract": lambda world: world.contract(),
    "freeze": lambda world: freeze_report(edition=world.edition, by=world.user, addresses=()),
    "audit": lambda world: create_audit_link(edition=world.edition, name="Nora", email="", days=3, by=world.user),
    "meet": lambda world: finish(meeting=world.meeting, actor=Actor(world.staff)),
    "cancel": lambda world: cancel(attendee=world.attendee, by=world.user),
    "write": lambda world: add_message(application=world.application, by=world.user, side="candidate", text="Bonjour"),
    "forget": lambda world: forget(attendee=world.attendee),
    "anonymise": lambda world: forget_candidate(user=world.user, action="anonymised"),
    "close": lambda world: close_account(user=world.user),
    "erase": lambda world: erase_names(),
}
ERASING = {"forget", "anonymise", "close", "erase"}
PAIRS = [pair for pair in combinations(ACTS, 2) if ERASING & set(pair)]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_both_end(pair, race):
    world = World()

    def attempt(name):
        def run(ready):
            ready()
            ACTS[name](world)

        return run

    outcomes = race(*(attempt(name) for name in pair))
    assert [outcome for outcome in outcomes if isinstance(outcome, OperationalError)] == []
