"""An edition that is announced: stands asked for, people registering."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from candidates.models import CandidateProfile
from demo.loading.forum.settings import at, create_edition
from demo.loading.forum.stands import choose, create_stand, offers_by_company
from demo.loading.forum.visitors import create_attendees
from demo.loading.people import People
from forums.enums import ExhibitorState
from forums.services.badges import make_blank_badges
from forums.services.shown_offers import show_all
from jobs.models import Offer

AHEAD = 60
STANDS = (*[ExhibitorState.ACCEPTED] * 12, *[ExhibitorState.REQUESTED] * 4, ExhibitorState.WAITING)


def create_coming(rng: Random, profiles: list[CandidateProfile], people: People, now: datetime) -> None:
    """In two months; its windows are open. The named recruiter exhibits, the named candidate comes."""
    day = timezone.localdate(now) + timedelta(days=AHEAD)
    edition = create_edition(
        day, people.staff, capacity=300, exhibitors_close_at=at(day - timedelta(days=14), 18),
        attendees_close_at=at(day - timedelta(days=1), 18),
    )  # fmt: skip
    offers = offers_by_company(Offer.objects.visible().select_related("company").order_by("pk"))
    for number, company in enumerate(choose(rng, offers, people, len(STANDS))):
        state = STANDS[number]
        create_stand(
            rng, edition, company, offers[company.pk], people, state=state,
            asked=now - timedelta(days=2, hours=number * 7),
            stand=f"A{number + 1}" if state == ExhibitorState.ACCEPTED else "",
        )  # fmt: skip
    show_all(edition=edition)
    create_attendees(rng, edition, profiles[:20], visitors=30, until=now)
    make_blank_badges(edition=edition, count=24)
