"""An edition of the forum and what belongs to it. Hours are local: `at(day, 10)` is ten o'clock in the region."""

from datetime import date, datetime, time, timedelta
from typing import Any

import factory
from django.utils import timezone

from demo.factories.accounts import UserFactory
from demo.factories.companies import CompanyFactory
from forums.enums import (
    AttendeeKind,
    AttendeeState,
    EditionState,
    EntrySource,
    ExhibitorState,
    MeetingSource,
    MeetingState,
    PassKind,
)
from forums.models import (
    Action,
    Attendee,
    Badge,
    DeclaredFigure,
    Edition,
    EditionDay,
    Entry,
    Event,
    Exhibitor,
    Grant,
    Meeting,
    Pass,
    ProgrammeItem,
    Representative,
    ShownOffer,
    Venue,
)
from jobs.enums import ContractType
from jobs.models import OfferCollection
from ledger.declarations import Facts, level_of
from ledger.enums import Evidence
from ledger.models import ContractEvidence, FollowUpDate, LedgerEntry, ReportedMeeting
from reports.models import AuditLink


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class ActionFactory(factory.django.DjangoModelFactory):
    """A funded action of this year."""

    class Meta:
        model = Action

    name = factory.Sequence("Emploi numérique {}".format)
    slug = factory.Sequence("emploi-numerique-{}".format)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    budget_forecast = 110_000


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    action = factory.SubFactory(ActionFactory)
    funder = "Métropole fictive"
    file_number = factory.Sequence("ECO FICT-{}".format)
    asked = 15_000


class EventFactory(factory.django.DjangoModelFactory):
    """A day in a month; `starts_on` and `ends_on` say other ones."""

    class Meta:
        model = Event

    name = factory.Sequence("Forum Medinjob {}".format)
    slug = factory.Sequence("forum-medinjob-{}".format)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    ends_on = factory.SelfAttribute("starts_on")


def _first_day(edition: Any) -> date:
    return date(2018, 10, 4) if edition.declared else timezone.localdate() + timedelta(days=edition.starts_in)


class EditionFactory(factory.django.DjangoModelFactory):
    """A draft in a month with one hall, open from 9 to 18 each day, its collection and nobody yet.

    Traits: `announced`; `running` (announced, today), `over` (announced, `starts_in` -30 days), `closed` (over, and
    closed). `declared=True`: that of 2018, without rows. `starts_in` and `lasts` are days; `event__name`,
    `event__action`… reach the event; `venues=["Hall A", "Hall B"]` names the halls; `follow_ups=True` sets the three
    dates after.
    """

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    class Params:
        starts_in = 30
        lasts = 1
        announced = factory.Trait(
            state=EditionState.ANNOUNCED,
            announced_at=factory.LazyAttribute(lambda e: at(e.event.starts_on - timedelta(days=60), 9)),
        )
        running = factory.Trait(announced=True, starts_in=0)
        over = factory.Trait(announced=True, starts_in=-30)
        closed = factory.Trait(
            over=True,
            state=EditionState.CLOSED,
            closed_at=factory.LazyAttribute(lambda e: at(e.event.ends_on + timedelta(days=1), 9)),
        )

    event = factory.SubFactory(
        EventFactory,
        starts_on=factory.LazyAttribute(lambda event: _first_day(event.factory_parent)),
        ends_on=factory.LazyAttribute(lambda event: event.starts_on + timedelta(days=event.factory_parent.lasts - 1)),
    )
    declared = False
    state = factory.LazyAttribute(lambda e: EditionState.CLOSED if e.declared else EditionState.DRAFT)
    closed_at = factory.LazyAttribute(lambda e: at(e.event.ends_on, 20) if e.declared else None)
    collection = factory.LazyAttribute(
        lambda e: OfferCollection.objects.create(slug=e.event.slug, name=e.event.name) if not e.declared else None
    )

    @factory.post_generation
    def days(edition, create, extracted, **_):  # noqa: N805
        if create and extracted is not False and not edition.declared:
            event = edition.event
            EditionDay.objects.bulk_create(
                EditionDay(
                    edition=edition, date=event.starts_on + timedelta(days=n), opens_at=time(9), closes_at=time(18)
                )
                for n in range((event.ends_on - event.starts_on).days + 1)
            )

    @factory.post_generation
    def venues(edition, create, extracted, **_):  # noqa: N805
        if create and not edition.declared:
            for name in extracted or ["Hall fictif"]:
                Venue.objects.create(edition=edition, name=name, address="1 quai fictif, 13100 Aix-en-Provence")

    @factory.post_generation
    def follow_ups(edition, create, extracted, **_):  # noqa: N805
        if create and extracted:
            for days in (7, 90, 180):
                FollowUpDate.objects.create(edition=edition, due_on=edition.event.ends_on + timedelta(days=days))


class DeclaredFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeclaredFigure

    event = factory.SubFactory(EventFactory)
    label = "Participants"
    value = 600
    source = "Bilan fictif"


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    """An hour's talk at ten on the first day."""

    class Meta:
        model = ProgrammeItem

    edition = factory.SubFactory(EditionFactory, announced=True)
    starts_at = factory.LazyAttribute(lambda item: at(item.edition.event.starts_on, 10))
    ends_at = factory.LazyAttribute(lambda item: item.starts_at + timedelta(hours=1))
    title = factory.Sequence("Table ronde {}".format)


class ExhibitorFactory(factory.django.DjangoModelFactory):
    """A company's request; traits `accepted` (with a stand number), `waiting`, `refused`, `cancelled`.

    `shown=[offers]` shows them since two months before (in the edition's collection once accepted), `people=["Nom", …]`
    adds representatives.
    """

    class Meta:
        model = Exhibitor
        skip_postgeneration_save = True

    class Params:
        accepted = factory.Trait(state=ExhibitorState.ACCEPTED, stand=factory.Sequence("A{}".format))
        waiting = factory.Trait(state=ExhibitorState.WAITING)
        refused = factory.Trait(state=ExhibitorState.REFUSED, reason="Toutes les tables sont prises.")
        cancelled = factory.Trait(state=ExhibitorState.CANCELLED)

    edition = factory.SubFactory(EditionFactory, announced=True)
    company = factory.SubFactory(CompanyFactory)

    @factory.post_generation
    def shown(exhibitor, create, extracted, **_):  # noqa: N805
        if not create or not extracted:
            return
        long_before = at(exhibitor.edition.event.starts_on - timedelta(days=60), 9)
        shown_at = min(timezone.now(), long_before)
        ShownOffer.objects.bulk_create(
            ShownOffer(exhibitor=exhibitor, offer=offer, shown_at=shown_at) for offer in extracted
        )
        if exhibitor.state == ExhibitorState.ACCEPTED:
            exhibitor.edition.collection.offers.add(*extracted)

    @factory.post_generation
    def people(exhibitor, create, extracted, **_):  # noqa: N805
        for name in extracted or []:
            RepresentativeFactory(exhibitor=exhibitor, name=name)


class RepresentativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Representative

    exhibitor = factory.SubFactory(ExhibitorFactory, accepted=True)
    name = factory.Sequence("Recruteur Fictif {}".format)


class AttendeeFactory(factory.django.DjangoModelFactory):
    """A candidate with an account, registered, with a badge. Traits `visitor` (no account), `to_confirm`, `waiting`,
    `cancelled` (no badge), `present` (came in at ten on the first day)."""

    class Meta:
        model = Attendee
        skip_postgeneration_save = True

    class Params:
        visitor = factory.Trait(
            kind=AttendeeKind.VISITOR,
            user=None,
            name=factory.Sequence("Visite Fictive {}".format),
            email=factory.Sequence("visite{}@medinjob.example".format),
        )
        to_confirm = factory.Trait(state=AttendeeState.TO_CONFIRM)
        waiting = factory.Trait(state=AttendeeState.WAITING)
        cancelled = factory.Trait(state=AttendeeState.CANCELLED)

    edition = factory.SubFactory(EditionFactory, announced=True)
    user = factory.SubFactory(UserFactory)
    kind = AttendeeKind.CANDIDATE
    state = AttendeeState.REGISTERED
    name = factory.LazyAttribute(lambda a: a.user.name)
    email = factory.LazyAttribute(lambda a: a.user.email)

    @factory.post_generation
    def badge(attendee, create, extracted, **_):  # noqa: N805
        if create and extracted is not False and attendee.state == AttendeeState.REGISTERED:
            BadgeFactory(attendee=attendee)

    @factory.post_generation
    def present(attendee, create, extracted, **_):  # noqa: N805
        if create and extracted:
            EntryFactory(attendee=attendee)


class BadgeFactory(factory.django.DjangoModelFactory):
    """A badge of `attendee`; `edition=…, blank=True, number=12`: one to bind."""

    class Meta:
        model = Badge

    attendee = None
    edition = factory.LazyAttribute(lambda badge: badge.attendee.edition)


class EntryFactory(factory.django.DjangoModelFactory):
    """`attendee` (or `representative`, with `attendee=None`) came in at ten on the first day, in the first hall."""

    class Meta:
        model = Entry

    attendee = factory.SubFactory(AttendeeFactory, edition__running=True)
    representative = None
    edition = factory.LazyAttribute(lambda e: e.attendee.edition if e.attendee else e.representative.exhibitor.edition)
    venue = factory.LazyAttribute(lambda e: e.edition.venues.first())
    day = factory.LazyAttribute(lambda e: e.edition.event.starts_on)
    at = factory.LazyAttribute(lambda e: at(e.day, 10))
    source = EntrySource.SCAN


class MeetingFactory(factory.django.DjangoModelFactory):
    """A badge read at a stand at eleven on the first day, nothing agreed. Traits `agreed`, `started`, `held` (agreed,
    done after ten minutes), `no_show`, `reported`."""

    class Meta:
        model = Meeting

    class Params:
        agreed = factory.Trait(
            agreed_at=factory.SelfAttribute("opened_at"),
            shared=factory.LazyAttribute(lambda m: {"name": m.attendee.name, "email": m.attendee.email}),
        )
        started = factory.Trait(agreed=True, state=MeetingState.STARTED, started_at=factory.SelfAttribute("opened_at"))
        held = factory.Trait(
            started=True,
            state=MeetingState.DONE,
            ended_at=factory.LazyAttribute(lambda m: m.opened_at + timedelta(minutes=10)),
        )
        no_show = factory.Trait(state=MeetingState.NO_SHOW)
        reported = factory.Trait(held=True, source=MeetingSource.REPORTED)

    exhibitor = factory.SubFactory(ExhibitorFactory, accepted=True, edition__running=True)
    attendee = factory.SubFactory(AttendeeFactory, edition=factory.SelfAttribute("..exhibitor.edition"))
    opened_at = factory.LazyAttribute(lambda m: at(m.exhibitor.edition.event.starts_on, 11))


class ReportedMeetingFactory(factory.django.DjangoModelFactory):
    """Somebody whom a company says it met; nobody has recognised them yet."""

    class Meta:
        model = ReportedMeeting

    exhibitor = factory.SubFactory(ExhibitorFactory, accepted=True, edition__over=True)
    name = "Nora Exemple"


class PassFactory(factory.django.DjangoModelFactory):
    """For the door; `stand=exhibitor`: for that stand. Trait `revoked`."""

    class Meta:
        model = Pass

    class Params:
        stand = None
        revoked = factory.Trait(revoked_at=factory.LazyFunction(timezone.now))

    edition = factory.LazyAttribute(lambda p: p.stand.edition if p.stand else EditionFactory(running=True))
    exhibitor = factory.SelfAttribute("stand")
    kind = factory.LazyAttribute(lambda p: PassKind.STAND if p.stand else PassKind.DOOR)
    name = factory.Sequence("Bénévole Fictif {}".format)


class LedgerEntryFactory(factory.django.DjangoModelFactory):
    """A CDI signed today, declared by the company; `evidence=[Evidence.…]` says who vouches (`[]`: nobody)."""

    class Meta:
        model = LedgerEntry
        skip_postgeneration_save = True

    attendee = None
    user = factory.LazyAttribute(lambda entry: entry.attendee.user if entry.attendee else None)
    name = factory.LazyAttribute(lambda entry: entry.attendee.name if entry.attendee else "Camille Exemple")
    company = factory.SubFactory(CompanyFactory)
    type = ContractType.CDI
    job_title = "Développement Python"
    signed_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def evidence(entry: Any, create: bool, extracted: Any, **_: Any) -> None:  # noqa: N805
        if create:
            kinds = [Evidence.COMPANY] if extracted is None else extracted
            said = Facts.of(entry).to_json()
            for kind in kinds:
                ContractEvidence.objects.create(entry=entry, kind=kind, on=entry.signed_on, facts=said)
            entry.level = level_of(kinds)
            entry.save(update_fields=["level"])


class AuditLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuditLink

    edition = factory.SubFactory(EditionFactory, closed=True)
    name = "Contrôle fictif"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
