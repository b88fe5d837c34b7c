"""An edition that took place, with all that its report counts."""

from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from candidates.models import CandidateProfile
from demo.loading.forum.after import follow_up
from demo.loading.forum.day import Day
from demo.loading.forum.settings import at, create_action, create_edition
from demo.loading.forum.stands import choose, create_stand, offers_by_company
from demo.loading.forum.visitors import create_attendees
from demo.loading.people import People
from forums.enums import EditionAction, EditionState, ExhibitorState
from forums.models import Edition, EditionEvent, Exhibitor
from forums.services.freezing import freeze_facts
from jobs.models import Offer
from reports.services.closing import close_report
from reports.services.snapshots import freeze_report

AGO = 40
STANDS, REFUSED, VISITORS = 16, 2, 110


def create_past(rng: Random, profiles: list[CandidateProfile], people: People, now: datetime) -> None:
    """Forty days ago, closed two days later. The named recruiter was there, and the named candidate."""
    day = timezone.localdate(now) - timedelta(days=AGO)
    edition = create_edition(day, people.staff, create_action(day.year))
    exhibitors = _stands(rng, edition, day, people)
    attendees = create_attendees(rng, edition, profiles, visitors=VISITORS, until=at(day, 8))
    lived = Day(rng, edition, people, now)
    lived.open_doors(attendees, exhibitors)
    lived.meet(exhibitors)
    lived.apply({profile.user_id: profile for profile in profiles})
    _close(edition, people)
    follow_up(rng, edition, people)
    freeze_report(edition=edition, by=people.staff, addresses=[])


def _stands(rng: Random, edition: Edition, day: date, people: People) -> list[Exhibitor]:
    """Those that had something to show that day."""
    before = Offer.objects.filter(published_at__lt=at(day - timedelta(days=1), 0), duplicate_of=None)
    offers = offers_by_company(before.select_related("company", "job").order_by("pk"))
    found = []
    for number, company in enumerate(choose(rng, offers, people, STANDS + REFUSED)):
        refused = number >= STANDS
        exhibitor = create_stand(
            rng, edition, company, offers[company.pk], people, asked=at(day - timedelta(days=40), 9 + number % 8),
            state=ExhibitorState.REFUSED if refused else ExhibitorState.ACCEPTED,
            stand="" if refused else f"B{number + 1}",
        )  # fmt: skip
        found += [] if refused else [exhibitor]
    assert edition.collection is not None
    edition.collection.offers.set(Offer.objects.filter(shown_at__exhibitor__in=found))
    return found


def _close(edition: Edition, people: People) -> None:
    closed = at(edition.event.ends_on + timedelta(days=2), 10)
    edition.state, edition.closed_at = EditionState.CLOSED, closed
    edition.save(update_fields=["state", "closed_at"])
    EditionEvent.objects.create(
        edition=edition, action=EditionAction.CLOSE, before=EditionState.ANNOUNCED, after=edition.state,
        by=people.staff, at=closed,
    )  # fmt: skip
    freeze_facts(edition=edition)
    close_report(edition=edition, by=people.staff, as_of=closed)
