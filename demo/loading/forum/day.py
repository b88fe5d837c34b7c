"""The day of the past edition: who came in, who met whom, who applied on the spot, who was hired since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from candidates.enums import ApplicationAction as A
from candidates.enums import ApplicationState, Channel
from candidates.models import CV, Application, ApplyInvitation, CandidateProfile, Contract
from candidates.selectors.snapshots import frozen_profile
from candidates.signals import contracts_changed
from demo.loading.applications import Rows, contract_of, live
from demo.loading.forum.settings import at
from demo.loading.people import People, full_name
from forums.enums import (
    AttendeeAction,
    AttendeeKind,
    AttendeeState,
    EntrySource,
    MeetingAction,
    MeetingState,
    PassKind,
)
from forums.models import (
    Attendee,
    AttendeeEvent,
    Badge,
    Edition,
    Entry,
    Exhibitor,
    Meeting,
    MeetingEvent,
    Pass,
    StandApplication,
)
from jobs.enums import ApplyBy, OfferKind
from jobs.models import Offer

WALK_INS = 14
# In the proportions in which they end; a request for information about a training goes no further than a meeting.
_PATHS = (
    (A.SEE, A.SHORTLIST, A.INVITE, A.MAKE_OFFER, A.HIRE),
    (A.SEE,),
    (A.SEE, A.REFUSE),
    (A.SEE, A.SHORTLIST, A.INVITE),
    (),
    (A.SEE, A.SHORTLIST, A.REFUSE),
)
_STATES = (*[MeetingState.DONE] * 12, MeetingState.NO_SHOW, MeetingState.STARTED, MeetingState.OPENED)


class Day:
    """Hours are drawn between the opening and the end of the afternoon."""

    def __init__(self, rng: Random, edition: Edition, people: People, now: datetime) -> None:
        self.rng, self.edition, self.people, self.now = rng, edition, people, now
        self.day, self.venue = edition.event.starts_on, edition.venues.get()
        self.door = Pass.objects.create(edition=edition, kind=PassKind.DOOR, name=full_name(rng))
        self.present: list[tuple[Attendee, datetime]] = []
        self.meetings: list[Meeting] = []

    def open_doors(self, attendees: list[Attendee], exhibitors: list[Exhibitor]) -> None:
        """Four of five that registered come, some come without; exhibitors' people come in before."""
        came = [row for row in attendees if row.state == AttendeeState.REGISTERED]
        came = [row for number, row in enumerate(came) if number == 0 or self.rng.random() < 0.8]
        self.present = sorted(((row, self._hour()) for row in [*came, *self._walk_ins()]), key=lambda pair: pair[1])
        entries = [
            Entry(attendee=row, at=hour, recorded_at=hour, by_pass=self.door, source=self._source(row), **self._here())
            for row, hour in self.present
        ]
        for exhibitor in exhibitors:
            entries += [
                Entry(representative=person, at=hour, recorded_at=hour, by_pass=self.door, source=EntrySource.NAME,
                      **self._here())
                for person in exhibitor.representatives.all()
                for hour in [at(self.day, 8, self.rng.randrange(10, 59))]
            ]  # fmt: skip
        Entry.objects.bulk_create(entries)

    def meet(self, exhibitors: list[Exhibitor]) -> None:
        """Each candidate sees up to three stands."""
        for row, hour in self.present:
            if row.kind == AttendeeKind.CANDIDATE:
                stands = self.rng.sample(exhibitors, self.rng.randint(0, 3))
                self.meetings += [self._meeting(row, stand, hour, rank) for rank, stand in enumerate(stands)]
        Meeting.objects.bulk_create(self.meetings)
        MeetingEvent.objects.bulk_create(event for meeting in self.meetings for event in _events_of(meeting))

    def apply(self, profiles: Mapping[int | None, CandidateProfile]) -> None:
        """Half of those who were met and have a profile apply there and then; some are hired in the weeks after."""
        rows = Rows()
        pairs = []
        files = {cv.owner_id: cv for cv in CV.objects.filter(owner__in=list(profiles))}
        for number, (meeting, offer) in enumerate(self._answers(profiles)):
            path = _PATHS[number % len(_PATHS)] if offer.kind == OfferKind.JOB else (A.SEE,)
            profile = profiles[meeting.attendee.user_id]
            application = self._application(meeting, offer, profile, files.get(profile.user_id))
            rows.applications.append(application)
            live(rows, application, path, self.people, self.now)
            pairs.append((application, meeting))
        rows.write()
        StandApplication.objects.bulk_create(
            StandApplication(application=application, exhibitor=meeting.exhibitor, attendee=meeting.attendee)
            for application, meeting in pairs
        )
        hired = [row for row in rows.applications if row.state == ApplicationState.HIRED]
        contracts = Contract.objects.bulk_create([contract_of(row, self.people) for row in hired])
        contracts_changed.send(sender=Contract, ids=[contract.pk for contract in contracts])

    def _walk_ins(self) -> list[Attendee]:
        """Registered at the door, each with a blank badge."""
        rows = [
            Attendee(edition=self.edition, state=AttendeeState.REGISTERED, name=full_name(self.rng),
                     email=f"entree{self.edition.pk}-{number}@medinjob.example",
                     kind=AttendeeKind.VISITOR if number % 4 == 0 else AttendeeKind.CANDIDATE,
                     registered_at=self._hour())
            for number in range(WALK_INS)
        ]  # fmt: skip
        Attendee.objects.bulk_create(rows)
        AttendeeEvent.objects.bulk_create(
            AttendeeEvent(attendee=row, action=AttendeeAction.WALK_IN, after=row.state, at=row.registered_at)
            for row in rows
        )
        Badge.objects.bulk_create(
            Badge(edition=self.edition, attendee=row, blank=True, number=number, bound_at=row.registered_at)
            for number, row in enumerate(rows, start=1)
        )
        return rows

    def _meeting(self, row: Attendee, exhibitor: Exhibitor, came: datetime, rank: int) -> Meeting:
        opened = came + timedelta(minutes=10 + 25 * rank + self.rng.randrange(12))
        state = self.rng.choice(_STATES)
        met = state in (MeetingState.DONE, MeetingState.STARTED)
        return Meeting(
            exhibitor=exhibitor, attendee=row, state=state, opened_at=opened, agreed_at=opened if met else None,
            started_at=opened if met else None, shared={"name": row.name, "email": row.email} if met else {},
            ended_at=opened + timedelta(minutes=self.rng.randint(5, 15)) if state == MeetingState.DONE else None,
        )  # fmt: skip

    def _answers(self, profiles: Mapping[int | None, CandidateProfile]) -> Iterator[tuple[Meeting, Offer]]:
        """Nobody applies twice to one offer, nor to one that asks for another site, nor before an invitation to it."""
        known: set[tuple[int | None, int]] = set(Application.objects.values_list("candidate", "offer"))
        known |= set(ApplyInvitation.objects.values_list("candidate", "offer"))
        shown: dict[int, list[Offer]] = defaultdict(list)
        offers = Offer.objects.filter(shown_at__exhibitor__edition=self.edition, apply_by=ApplyBy.HERE)
        for offer in offers.select_related("company", "job").order_by("pk").distinct():
            shown[offer.company_id or 0].append(offer)
        for meeting in self.meetings:
            free = [o for o in shown[meeting.exhibitor.company_id] if (meeting.attendee.user_id, o.pk) not in known]
            wants = self.rng.random() < 0.5
            if wants and free and meeting.agreed_at and meeting.attendee.user_id in profiles:
                offer = self.rng.choice(free)
                known.add((meeting.attendee.user_id, offer.pk))
                yield meeting, offer

    def _application(self, meeting: Meeting, offer: Offer, profile: CandidateProfile, cv: CV | None) -> Application:
        sent = meeting.opened_at + timedelta(minutes=6)
        return Application(
            offer=offer, company=offer.company, candidate=profile.user, name=profile.user.name,
            email=profile.user.email, channel=Channel.FORUM, sent_at=sent, moved_at=sent, cv=cv,
            profile=frozen_profile(profile), message="Nous nous sommes vus à votre stand.",
        )  # fmt: skip

    def _here(self) -> dict[str, object]:
        return {"edition": self.edition, "venue": self.venue, "day": self.day}

    def _source(self, row: Attendee) -> EntrySource:
        if row.pk and row.registered_at >= at(self.day, 9):
            return EntrySource.WALK_IN
        return self.rng.choice((*[EntrySource.SCAN] * 8, EntrySource.NAME, EntrySource.PAPER))

    def _hour(self) -> datetime:
        return at(self.day, 9) + timedelta(minutes=self.rng.triangular(0, 450, 90))


def _events_of(meeting: Meeting) -> Iterator[MeetingEvent]:
    opened = MeetingState.OPENED
    yield MeetingEvent(meeting=meeting, action=MeetingAction.OPEN, after=opened, at=meeting.opened_at)
    if meeting.agreed_at and meeting.started_at:
        yield MeetingEvent(
            meeting=meeting, action=MeetingAction.AGREE, before=opened, after=opened, at=meeting.agreed_at
        )
        yield MeetingEvent(
            meeting=meeting, action=MeetingAction.START, before=opened, after=MeetingState.STARTED,
            at=meeting.started_at,
        )  # fmt: skip
    if meeting.ended_at:
        yield MeetingEvent(
            meeting=meeting, action=MeetingAction.FINISH, before=MeetingState.STARTED, after=meeting.state,
            at=meeting.ended_at,
        )  # fmt: skip
    if meeting.state == MeetingState.NO_SHOW:
        yield MeetingEvent(
            meeting=meeting, action=MeetingAction.MISS, before=opened, after=meeting.state, at=meeting.opened_at
        )
