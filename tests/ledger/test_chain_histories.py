"""Whatever happens through the services the chain holds; whatever happens behind them is found."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from demo.factories import AttendeeFactory, CompanyFactory, EditionFactory, StaffFactory
from forums.errors import ForumError
from jobs.enums import ContractType
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.errors import LedgerError
from ledger.models import LedgerEntry
from ledger.selectors.chain import breaks
from ledger.services import evidence
from ledger.services.chain import forget_author
from ledger.services.entries import Declaration, declare, withdraw
from ledger.services.retention import forget
from reports.services.audits import answer_audit, create_audit_link, draw_contracts, give_verdict
from reports.services.snapshots import freeze_report
from tests.ledger.altering import alterations_missed

pytestmark = pytest.mark.django_db
VERBS = ("declare", "declare", "declare", "document", "correct", "cancel", "reopen", "renew", "merge", "separate")
VERBS += ("withdraw", "forget", "author", "freeze", "audit")


class World:
    """Three people, two companies, one edition, and somebody of the team."""

    def __init__(self):
        self.edition = EditionFactory(over=True)
        self.people = AttendeeFactory.create_batch(3, edition=self.edition)
        self.companies = CompanyFactory.create_batch(2)
        self.staff = StaffFactory()

    def act(self, verb, number):
        entries = list(LedgerEntry.objects.order_by("pk"))
        entry = entries[number % len(entries)] if entries else None
        if verb in ("declare", "forget", "author", "freeze", "audit"):
            getattr(self, verb)(number)
        elif entry:
            with suppress(LedgerError):
                self.on(entry, verb, number, entries)

    def facts(self, number):
        types = (ContractType.CDI, ContractType.CDD, ContractType.APPRENTICESHIP)
        titles = ("Développement", "Exploitation")
        return Facts(types[number % 3], titles[number % 2], timezone.localdate() - timedelta(days=number % 5), None)

    def declare(self, number):
        attendee = self.people[number % 3]
        side = (Evidence.COMPANY, Evidence.CANDIDATE, Evidence.STAFF)[number % 3]
        company = self.companies[number % 2]
        said = Declaration(company, self.facts(number // 2), side, name=attendee.name, attendee=attendee, source="x")
        declare(declaration=said, by=self.staff)

    def forget(self, number):
        forget(attendee=self.people[number % 3])

    def author(self, number):
        forget_author(self.staff)

    def freeze(self, number):
        freeze_report(edition=self.edition, by=self.staff, addresses=())

    def audit(self, number):
        snapshot = self.edition.snapshots.first()
        link = create_audit_link(
            edition=self.edition, name="Région", email="", days=3, by=self.staff, snapshot=snapshot
        )  # fmt: skip
        with suppress(ForumError):  # nothing is frozen, or nothing was signed
            draw = draw_contracts(link=link, number=number, size=2)
            said = {"entry_number": draw.sample[0], "verdict": "real", "reason": "Contrat vu"}
            give_verdict(link=link, draw=draw, **said)
            answer_audit(snapshot=snapshot, entry_number=draw.sample[0], text="Oui", by=self.staff)

    def on(self, entry, verb, number, entries):
        said = {"entry": entry, "by": self.staff}
        today, why = timezone.localdate(), {"reason": "Au téléphone"}
        if verb == "document":
            evidence.see_document(**said, nature="Contrat", on=today, facts=self.facts(number))
        elif verb == "correct":
            evidence.correct(**said, **why, facts=self.facts(number))
        elif verb == "cancel":
            evidence.cancel(**said, **why, on=today)
        elif verb == "reopen":
            evidence.reopen(**said, **why)
        elif verb == "renew":
            evidence.say_renewal(**said, **why, renewal=bool(number % 2))
        elif verb == "merge":
            evidence.merge(**said, **why, into=entries[(number + 1) % len(entries)])
        elif verb == "separate":
            evidence.separate(**said, **why)
        elif verb == "withdraw" and (given := entry.evidence.first()):
            withdraw(evidence=given, by=self.staff)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(acts=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 40)), min_size=3, max_size=9))
def test_no_honest_history_is_refused(acts):
    world = World()
    for verb, number in [("declare", 0), *acts]:
        world.act(verb, number)
    assert breaks() == []


def a_history():
    world = World()
    acts = ["declare"] * 5 + ["document", "correct", "merge", "withdraw", "freeze", "audit", "forget", "declare"]
    for number, verb in enumerate(acts):
        world.act(verb, number)


@pytest.mark.no_lock_order
def test_every_random_alteration_is_found():
    a_history()
    assert breaks() == []
    assert alterations_missed(random.Random(15), 80) == []
