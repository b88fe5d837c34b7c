"""Random writes to a closed edition, as people make them: some are added, some are refused."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from candidates.enums import ApplicationAction, Side
from candidates.models import Application, ApplicationEvent
from demo.factories import ApplicationFactory, AttendeeFactory, StaffFactory, UserFactory
from forums.actor import Actor
from forums.enums import EntrySource
from forums.errors import ForumError
from forums.models import Attendee, Edition, Entry, Exhibitor, Meeting, ShownOffer
from forums.services import attendees, door, editions, exhibitors, late, meetings
from jobs.models import JobDetails
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.models import ContractEvidence, LedgerEntry
from ledger.services import entries, evidence
from ledger.services.entries import Declaration

TYPES = ("cdi", "cdd", "stage", "freelance", "interim", "autre")


class LateWriter:
    """`one()` makes a write; what is not possible then is refused by the services and changes nothing."""

    def __init__(self, edition: Edition, seed: int) -> None:
        self.rng, self.edition, self.staff = Random(seed), edition, StaffFactory()
        self.verbs = [
            self.declare, self.declare, self.declare, self.withdraw, self.correct, self.see, self.cancel,
            self.bring_back,
            self.merge, self.separate, self.renew, self.add_entry, self.add_entry, self.add_meeting, self.take_back,
            self.positions, self.apply, self.invite, self.edit_offer, self.edit_company, self.refused, self.refused,
            self.thaw,
        ]  # fmt: skip

    def one(self) -> str:
        verb = self.rng.choice(self.verbs)
        with suppress(ForumError):
            verb()
        return verb.__name__

    def some(self, rows: Any) -> Any:
        """One of the rows, or a `ForumError` when there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise ForumError("nobody")
        return self.rng.choice(found)

    def stand(self) -> Exhibitor:
        rows = Exhibitor.objects.filter(edition=self.edition).select_related("company", "edition__event")
        return self.some(rows)

    def person(self) -> Attendee:
        if self.rng.random() < 0.2:
            return AttendeeFactory(edition=self.edition, holds_stand=False)
        return self.some(Attendee.objects.filter(edition=self.edition))

    def entry(self) -> LedgerEntry:
        return self.some(LedgerEntry.objects.select_related("company", "merged_into"))

    def facts(self) -> Facts:
        signed = self.edition.event.starts_on + timedelta(days=self.rng.choice((-1, 0, 5, 10, 40, 170, 182)))
        starts = signed + timedelta(days=20) if self.rng.random() < 0.4 else None
        return Facts(self.rng.choice(TYPES), self.rng.choice(("Dev", "Architecte")), signed, starts)

    def said(self) -> dict[str, Any]:
        return {"source": "Liste papier", "said_on": timezone.localdate(), "by": self.staff}

    def declare(self) -> None:
        who, kind = self.person(), self.rng.choice((Evidence.COMPANY, Evidence.CANDIDATE, Evidence.STAFF))
        entries.declare(
            declaration=Declaration(
                company=self.stand().company, facts=self.facts(), kind=kind, name=who.name, attendee=who, source="Appel"
            )
        )

    def withdraw(self) -> None:
        entries.withdraw(evidence=self.some(ContractEvidence.objects.filter(withdrawn_at=None, contract=None)))

    def correct(self) -> None:
        evidence.correct(entry=self.entry(), by=self.staff, reason="Vu", facts=self.facts())

    def see(self) -> None:
        evidence.see_document(
            entry=self.entry(), by=self.staff, nature="Contrat", on=timezone.localdate(), facts=self.facts()
        )

    def cancel(self) -> None:
        evidence.take_out(entry=self.entry(), by=self.staff, reason="Non")

    def bring_back(self) -> None:
        evidence.reopen(entry=self.entry(), by=self.staff, reason="Si")

    def merge(self) -> None:
        entry = self.entry()
        into = self.some(LedgerEntry.objects.filter(company=entry.company).exclude(pk=entry.pk))
        evidence.merge(entry=entry, into=into, by=self.staff, reason="Le même")

    def separate(self) -> None:
        evidence.separate(entry=self.entry(), by=self.staff, reason="Deux")

    def renew(self) -> None:
        evidence.say_renewal(entry=self.entry(), by=self.staff, reason="Dit", renewal=self.rng.random() < 0.5)

    def add_entry(self) -> None:
        day = self.rng.choice([row.date for row in self.edition.days.all()])
        who = {"name": "Nora Exemple"} if self.rng.random() < 0.3 else {"attendee": self.person()}
        late.add_late_entry(venue=self.some(self.edition.venues.all()), day=day, **who, **self.said())

    def add_meeting(self) -> None:
        late.add_late_meeting(exhibitor=self.stand(), attendee=self.person(), **self.said())

    def take_back(self) -> None:
        rows = Entry.objects.standing().filter(edition=self.edition, attendee__isnull=False)
        late.take_back_late(entry=self.some(rows), **self.said())

    def positions(self) -> None:
        rows = ShownOffer.objects.filter(exhibitor__edition=self.edition, exhibitor__state="accepted")
        late.correct_positions(shown=self.some(rows), positions=self.rng.randrange(9), **self.said())

    def apply(self) -> None:
        shown = self.some(ShownOffer.objects.filter(exhibitor__edition=self.edition).select_related("offer"))
        days = timedelta(days=self.rng.randrange(2, 25))
        sent_at = timezone.make_aware(
            timezone.datetime.combine(self.edition.event.starts_on + days, timezone.datetime.min.time())  # type: ignore[attr-defined]
        )
        ApplicationFactory(offer=shown.offer, candidate=UserFactory(), sent_at=sent_at)

    def invite(self) -> None:
        row = self.some(Application.objects.all())
        ApplicationEvent.objects.create(
            application=row, action=ApplicationAction.INVITE, after="interview", side=Side.COMPANY
        )

    def edit_offer(self) -> None:
        details = self.some(JobDetails.objects.all())
        JobDetails.objects.filter(pk=details.pk).update(open_positions=self.rng.randrange(1, 60))

    def edit_company(self) -> None:
        company = self.stand().company
        company.size = self.rng.choice(("1", "2-9", "10-49"))
        company.save()

    def thaw(self) -> None:
        """Reopened and closed again."""
        edition = Edition.objects.select_related("event").get(pk=self.edition.pk)
        editions.reopen(edition=edition, by=self.staff, reason="Relire")
        editions.close(edition=edition, by=self.staff)

    def refused(self) -> None:
        """What a closed edition does not take, by whoever tries."""
        who, stand, actor = self.person(), self.stand(), Actor(user=self.staff)
        self.rng.choice([
            lambda: attendees.cancel(attendee=who),
            lambda: exhibitors.cancel(exhibitor=stand, by=self.staff),
            lambda: exhibitors.accept(exhibitor=stand, by=self.staff),
            lambda: meetings.finish(meeting=self.some(Meeting.objects.filter(exhibitor=stand)), actor=actor),
            lambda: door.check_in(
                person=who, venue=self.some(self.edition.venues.all()), source=EntrySource.SCAN, actor=actor
            ),
            lambda: exhibitors.change_stand(exhibitor=stand, fields={}, offers=[], people=[]),
        ])()  # fmt: skip
