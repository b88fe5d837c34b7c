"""A simulated edition with every trap that once gave a wrong figure."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from candidates.enums import ApplicationAction, Side
from candidates.models import ApplicationEvent
from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    OccupationFactory,
    OfferFactory,
    RepresentativeFactory,
    TrainingFactory,
    UserFactory,
)
from demo.factories.forums import at
from forums.enums import AttendeeAction
from forums.models import AttendeeEvent, StandApplication
from jobs.models import OfferEvent
from ledger.declarations import Facts
from ledger.enums import Evidence
from ledger.services import entries, evidence
from ledger.services.entries import Declaration


def trap_edition() -> SimpleNamespace:
    """Two days, thirty days ago; an accepted stand, a refused one, and one of the edition after."""
    edition = EditionFactory(over=True, lasts=2, venues=["Hall A", "Hall B"])
    stand = ExhibitorFactory(edition=edition, accepted=True, people=["Alix"], tables=2)
    refused = ExhibitorFactory(edition=edition, refused=True)
    later = EditionFactory(over=True, starts_in=-10)
    again = ExhibitorFactory(edition=later, company=stand.company, accepted=True)
    made = SimpleNamespace(edition=edition, stand=stand, refused=refused, later=later, again=again)
    _offers(made)
    _people(made)
    _applications(made)
    _contracts(made)
    return made


def day(made: Any, days: int = 0, hour: int = 11) -> Any:
    return at(made.edition.event.starts_on + timedelta(days=days), hour)


def offer(
    made: Any, *, stand: Any = None, shown: Any = None, events: Any = (), factory: Any = OfferFactory, **fields: Any
) -> Any:
    """Shown sixty days before unless `shown`; `events` are (action, before, after, instant)."""
    stand = stand or made.stand
    row = factory(**{"published": True, "company": stand.company, **fields})
    for action, before, after, instant in events:
        OfferEvent.objects.create(offer=row, action=action, before=before, after=after, at=instant)
    stand.shown_offers.create(offer=row, shown_at=shown or day(made, -60))
    return row


def _offers(made: Any) -> None:
    published = ("publish", "in_review", "published")
    occupation = OccupationFactory()
    made.job = offer(made, job__open_positions=3, occupations=[occupation], events=[(*published, day(made, -70))])
    offer(made, job__open_positions=4, rejected=True, published=False)
    offer(made, job__open_positions=5, published=False)
    offer(made, job__open_positions=6, shown=day(made, 30))
    offer(made, job__open_positions=7, duplicate_of=made.job, events=[(*published, day(made, -70))])
    # Hidden before it was shown and never again public before the end.
    gone = [(*published, day(made, -90)), ("pause", "published", "paused", day(made, -80))]
    offer(made, job__open_positions=8, events=[*gone, ("resume", "paused", "published", day(made, 5))])
    # Public for a day between its showing and the end.
    brief = [(*published, day(made, -20)), ("reject", "published", "rejected", day(made, -19))]
    offer(made, job__open_positions=9, job__contract="cdd", events=brief)
    made.training = offer(made, factory=TrainingFactory)
    made.late = offer(made, job__open_positions=2, shown=day(made, 30))
    made.of_refused = offer(made, stand=made.refused, job__open_positions=10)


def _people(made: Any) -> None:
    edition = made.edition
    second = edition.venues.order_by("pk")[1]
    came = AttendeeFactory(edition=edition, present=True)
    EntryFactory(attendee=came, venue=second)
    EntryFactory(attendee=came, day=edition.event.ends_on)
    EntryFactory(attendee=AttendeeFactory(edition=edition), undone_at=timezone.now())
    AttendeeFactory(edition=edition)
    AttendeeFactory(edition=edition, cancelled=True)
    walk_in = AttendeeFactory(edition=edition, visitor=True, present=True)
    AttendeeEvent.objects.create(attendee=walk_in, action=AttendeeAction.WALK_IN, after=walk_in.state)
    holder = RepresentativeFactory(exhibitor=made.stand, email="Stand@Medinjob.example")
    EntryFactory(attendee=None, representative=holder)
    AttendeeFactory(edition=edition, visitor=True, email="stand@medinjob.example", present=True)
    RepresentativeFactory(exhibitor=made.refused, email="refusee@medinjob.example")
    AttendeeFactory(edition=edition, visitor=True, email="refusee@medinjob.example", present=True)
    MeetingFactory(exhibitor=made.stand, attendee=came, held=True)
    MeetingFactory(exhibitor=made.refused, attendee=came, held=True)
    MeetingFactory(exhibitor=made.stand, attendee=walk_in, no_show=True)
    MeetingFactory(exhibitor=made.stand, attendee=AttendeeFactory(edition=edition))


def _applications(made: Any) -> None:
    for days, hour in ((-61, 10), (-60, 12), (-1, 23), (0, 0), (1, 23), (2, 0), (181, 23), (182, 0)):
        ApplicationFactory(offer=made.job, sent_at=day(made, days, hour))
    ApplicationFactory(offer=made.job, sent_at=day(made, 1), incomplete=True)
    ApplicationFactory(offer=made.job, sent_at=day(made, -2), interview=True)
    ApplicationFactory(offer=made.training, sent_at=day(made, 0))
    ApplicationFactory(offer=made.late, sent_at=day(made, 31))
    ApplicationFactory(offer=made.of_refused, sent_at=day(made, 0))


def person(made: Any, **fields: Any) -> Any:
    return AttendeeFactory(edition=made.edition, **fields)


def signed(
    made: Any,
    *,
    who: Any = None,
    user: Any = None,
    stand: Any = None,
    days: int = 10,
    type_: str = "cdi",
    title: str = "Dev",
    kind: Any = Evidence.COMPANY,
) -> Any:
    facts = Facts(type_, title, made.edition.event.starts_on + timedelta(days=days))
    company = (stand or made.stand).company
    name = who.name if who else "Camille"
    said = Declaration(company=company, facts=facts, kind=kind, attendee=who, user=user, name=name)
    return entries.declare(declaration=said)


def met(made: Any, who: Any, stand: Any = None) -> Any:
    MeetingFactory(exhibitor=stand or made.stand, attendee=who, held=True)
    return who


def _contracts(made: Any) -> None:
    signed(made, who=met(made, person(made)))
    signed(made, who=met(made, person(made)), type_="stage")
    signed(made, who=met(made, person(made), made.refused), stand=made.refused)
    signed(made, who=met(made, person(made)), days=-1)
    signed(made, who=met(made, person(made)), days=182)
    signed(made, who=person(made, present=True))
    _by_application(made)
    _under_way(made)
    _merged(made)
    _differing(made)
    _of_two_editions(made)


def _by_application(made: Any) -> None:
    for shown, at_stand in ((made.job, False), (made.job, True), (made.late, False), (made.training, True)):
        who = person(made)
        row = ApplicationFactory(offer=shown, candidate=who.user, sent_at=day(made), events=False)
        if at_stand:
            StandApplication.objects.create(application=row, exhibitor=made.stand, attendee=who)
        signed(made, who=who)
    who = person(made)
    row = ApplicationFactory(offer=made.of_refused, candidate=who.user, sent_at=day(made), events=False)
    StandApplication.objects.create(application=row, exhibitor=made.refused, attendee=who)
    signed(made, who=who, stand=made.refused)


def interviewed(made: Any, user: Any, *then: Any) -> Any:
    """At interview three days before, by an application of its own."""
    row = ApplicationFactory(offer=made.job, candidate=user, sent_at=day(made, -5), events=False)
    for number, action in enumerate((ApplicationAction.INVITE, *then)):
        ApplicationEvent.objects.create(
            application=row, action=action, after="interview", side=Side.COMPANY, at=day(made, -3, 8 + number)
        )
    return row


def _under_way(made: Any) -> None:
    one, other, ended = person(made), person(made), person(made)
    interviewed(made, one.user)
    signed(made, who=met(made, one))
    interviewed(made, other.user, ApplicationAction.COMPLETE)
    row = ApplicationFactory(offer=offer(made), candidate=other.user, sent_at=day(made), events=False, channel="forum")
    StandApplication.objects.create(application=row, exhibitor=made.stand, attendee=other)
    entry = signed(made, who=other)
    type(entry).objects.filter(pk=entry.pk).update(application=row, offer=row.offer)
    interviewed(made, ended.user, ApplicationAction.REFUSE)
    signed(made, who=met(made, ended))


def _merged(made: Any) -> None:
    """One person under two addresses: the application and the meeting are those of the other one."""
    user = UserFactory()
    row = ApplicationFactory(offer=made.job, candidate=user, sent_at=day(made), events=False, channel="forum")
    AttendeeFactory(edition=made.edition, user=user)
    of_site = signed(made, user=user)
    type(of_site).objects.filter(pk=of_site.pk).update(application=row, offer=row.offer)
    kept = signed(made, who=person(made, visitor=True))
    evidence.merge(entry=of_site, into=kept, by=None, reason="Deux adresses")


def _differing(made: Any) -> None:
    who = met(made, person(made))
    signed(made, who=who, kind=Evidence.CANDIDATE)
    signed(made, who=who, type_="freelance")
    renewed = met(made, person(made))
    signed(made, who=renewed, type_="cdd")
    signed(made, who=renewed, days=60)
    other_title = met(made, person(made))
    signed(made, who=other_title, type_="cdd")
    signed(made, who=other_title, days=60, title="Architecte")
    cancelled = signed(made, who=met(made, person(made)))
    evidence.cancel(entry=cancelled, by=None, reason="Non", on=timezone.localdate())
    staff = met(made, person(made))
    signed(made, who=staff, kind=Evidence.STAFF)
    signed(made, who=staff, kind=Evidence.STAFF, type_="cdd", title="Autre")


def _of_two_editions(made: Any) -> None:
    who = met(made, person(made))
    same = AttendeeFactory(edition=made.later, user=who.user)
    met(made, same, made.again)
    signed(made, who=who, days=25)
