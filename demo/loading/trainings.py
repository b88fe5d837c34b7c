from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from companies.models import Company
from demo.factories import OfferFactory, SessionFactory, TrainingDetailsFactory
from demo.library import Course, courses
from demo.loading.history import Actors, audience_of, give_life
from demo.loading.people import People
from demo.loading.places import Places
from demo.loading.rows import OfferRows
from demo.writing import french_spaces, training_text
from jobs.enums import Modality, OfferKind, OfferState
from jobs.models import Offer, OfferEvent, TrainingDetails, TrainingSession
from referentials.models import Commune
from referentials.selectors import SkillIndex

# The trainings that are not published, by their place in the list.
_STATES = {
    7: OfferState.EXPIRED,
    13: OfferState.IN_REVIEW,
    20: OfferState.PAUSED,
    27: OfferState.EXPIRED,
    33: OfferState.REJECTED,
    41: OfferState.DRAFT,
}
_HOURS_A_WEEK = 35


@dataclass(slots=True)
class TrainingMaker:
    """Makes unsaved trainings with their sessions, past and to come."""

    rng: Random
    now: datetime
    companies: dict[str, Company]
    people: People
    places: Places
    skills: SkillIndex

    def make_all(self) -> Iterator[OfferRows]:
        titles = [
            (course, title, provider)
            for course in courses()
            for title, provider in zip(course.titles, course.providers, strict=True)
        ]
        for number, (course, title, provider) in enumerate(titles):
            state = _STATES.get(number, OfferState.PUBLISHED)
            yield self.make(course, title, self.companies[provider], state)

    def make(self, course: Course, title: str, company: Company, state: str) -> OfferRows:
        communes = self.places.draw(self.rng, company.commune_id or "", several=False)
        place = communes[0].short_name
        offer: Offer = OfferFactory.build(
            kind=OfferKind.TRAINING,
            company=company,
            title=french_spaces(title),
            text=training_text(self.rng, course, place=place),
            job=None,
        )
        actors = Actors(self.rng.choice(self.people.recruiters[company.pk]), self.people.staff)
        offer.author = actors.author
        sessions = self._sessions(course, offer, communes[0], past=state == OfferState.EXPIRED)
        events = give_life(self.rng, offer, state, actors, self.now)
        _end_with(offer, sessions, events)
        return OfferRows(
            offer,
            self._details(course, offer),
            places=[self.places.of(offer, commune) for commune in communes],
            sessions=sessions,
            events=events,
            audience=audience_of(self.rng, offer, self.now),
            occupations=course.occupations,
            skills=self.skills.find(course.skills),
            sectors=("formation-edtech",),
        )

    def _details(self, course: Course, offer: Offer) -> TrainingDetails:
        details: TrainingDetails = TrainingDetailsFactory.build(
            offer=offer,
            certification_code=course.code,
            certification_label=course.label,
            formacodes=list(course.formacodes),
            hours=course.hours,
            price=course.price,
            funding=[funding for funding in course.funding if funding != "cpf" or course.code],
            level_in=course.level_in,
            level_out=course.level_out,
        )
        return details

    def _sessions(self, course: Course, offer: Offer, commune: Commune, *, past: bool) -> list[TrainingSession]:
        """One that is over, and up to three to come; an expired training has only the first."""
        length = timedelta(weeks=max(1, course.hours // _HOURS_A_WEEK))
        today = timezone.localdate(self.now)
        over = _monday(today - length - timedelta(days=self.rng.randint(20, 90)))
        begins = [over] if past or self.rng.random() < 0.5 else []
        if not past:
            next_one = _monday(today + timedelta(days=self.rng.randint(10, 120)))
            begins += [next_one + timedelta(weeks=26 * number) for number in range(self.rng.randint(1, 3))]
        return [self._session(offer, commune, day, length, today) for day in begins]

    def _session(self, offer: Offer, commune: Commune, day: date, length: timedelta, today: date) -> TrainingSession:
        modality = self.rng.choices((Modality.ON_SITE, Modality.MIXED, Modality.REMOTE), (60, 25, 15))[0]
        session: TrainingSession = SessionFactory.build(
            offer=offer,
            starts_on=day,
            ends_on=day + length - timedelta(days=3),
            commune=None if modality == Modality.REMOTE else commune,
            modality=modality,
            places_left=0 if day < today else self.rng.randint(0, 14),
        )
        return session


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _end_with(offer: Offer, sessions: list[TrainingSession], events: list[OfferEvent]) -> None:
    """A training is over with its last session, as `jobs.services.lifecycle.expiry` counts."""
    if offer.expires_at is None:
        return
    last = max(session.ends_on for session in sessions) + timedelta(days=1)
    offer.expires_at = timezone.make_aware(datetime.combine(last, time.min))
    if offer.state == OfferState.EXPIRED:
        offer.updated_at = events[-1].at = offer.expires_at
        for event in events[:-1]:
            event.at = min(event.at, offer.expires_at - timedelta(days=40))
        offer.published_at = events[-2].at
