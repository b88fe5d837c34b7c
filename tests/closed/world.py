"""An edition in each phase of its life with one of everything, and what its figures are counted from."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.utils import timezone

from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    AuditLinkFactory,
    BadgeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    LedgerEntryFactory,
    MeetingFactory,
    MembershipFactory,
    OfferFactory,
    PassFactory,
    StaffFactory,
    UserFactory,
)
from forums.actor import Actor
from forums.enums import EditionState
from forums.models import (
    Attendee,
    Edition,
    EditionDay,
    Entry,
    Event,
    Exhibitor,
    Meeting,
    Representative,
    ShownOffer,
    StandApplication,
    StandProposal,
    Venue,
)
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.models import FollowUp, FollowUpDate, ReportedMeeting
from ledger.services.entries import Declaration

PHASES = ("draft", "announced", "over", "closed", "cancelled")
FROZEN: dict[type[models.Model], tuple[str, ...]] = {
    Edition: ("state", "attribution_days", "capacity", "tables"),
    Event: ("starts_on", "ends_on", "name"),
    EditionDay: ("date",),
    Venue: ("name",),
    Exhibitor: ("state", "tables", "stand", "frozen"),
    Representative: ("exhibitor",),
    ShownOffer: ("exhibitor", "offer", "shown_at", "positions", "frozen"),
    Attendee: ("state", "kind"),
    Entry: ("day", "venue", "attendee", "representative", "undone_at"),
    Meeting: ("state", "source"),
    StandApplication: ("exhibitor", "attendee"),
}


def frozen_rows() -> dict[str, list[Any]]:
    """All that the frozen figures of a closed edition are counted from, whatever the edition."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values("pk", *fields))
        for model, fields in FROZEN.items()
    }


def world_in(phase: str) -> SimpleNamespace:
    """`phase` of one edition; a member of its exhibitor, its attendee, the team."""
    over = phase in ("over", "closed", "cancelled")
    edition = EditionFactory(over=True) if over else EditionFactory(running=True)
    staff, member, user = StaffFactory(), UserFactory(), UserFactory()
    offer, other = OfferFactory(published=True, job__open_positions=3), OfferFactory(published=True)
    other.company = offer.company
    other.save()
    MembershipFactory(company=offer.company, user=member)
    stand = ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer], people=["Alix"])
    stand.shown_offers.update(shown_at=timezone.now() - timedelta(days=60))
    attendee = AttendeeFactory(edition=edition, user=user)
    entry = EntryFactory(attendee=attendee)
    meeting = MeetingFactory(exhibitor=stand, attendee=attendee)
    done = MeetingFactory(exhibitor=stand, attendee=AttendeeFactory(edition=edition), held=True)
    waiting = ExhibitorFactory(edition=edition, waiting=True)
    date = FollowUpDate.objects.create(edition=edition, due_on=timezone.localdate())
    contract = LedgerEntryFactory(attendee=attendee, company=stand.company)
    Edition.objects.filter(pk=edition.pk).update(
        state=EditionState.ANNOUNCED if phase == "over" else phase,
        closed_at=timezone.now() if phase == "closed" else None,
    )
    # The edition of each row is the one of the database.
    for row in (stand, waiting, attendee, entry, meeting, done):
        row.refresh_from_db()
    return SimpleNamespace(
        edition=Edition.objects.select_related("event").get(pk=edition.pk),
        staff=staff, member=member, user=user, offer=offer, other=other, kept=[offer], exhibitor=stand, waiting=waiting,
        attendee=attendee, entry=entry, meeting=meeting, done=done, date=date, contract=contract,
        cancelled=AttendeeFactory(edition=edition, cancelled=True),
        to_confirm=AttendeeFactory(edition=edition, visitor=True, to_confirm=True),
        proposal=StandProposal.objects.create(meeting=done, offer=offer, message="Bonjour"),
        shown=stand.shown_offers.get(),
        venue=edition.venues.get(),
        representative=stand.representatives.get(),
        blank=BadgeFactory(edition=edition, blank=True, number=1),
        door_pass=PassFactory(edition=edition),
        stand_pass=PassFactory(edition=edition, stand=stand),
        audit_link=AuditLinkFactory(edition=edition),
        follow_up=FollowUp.objects.create(date=date, exhibitor=stand),
        reported=ReportedMeeting.objects.create(
            exhibitor=stand, name="Camille", attendee=AttendeeFactory(edition=edition)
        ),
        application=ApplicationFactory(offer=offer, candidate=user, hired=True),
        actor=Actor(user=staff),
        facts=Facts("cdi", "Dev", timezone.localdate()),
        declaration=Declaration(
            company=stand.company, facts=Facts("cdi", "Dev", timezone.localdate()), kind=Evidence.STAFF,
            attendee=attendee, source="Appel", name="Camille",
        ),
    )  # fmt: skip
