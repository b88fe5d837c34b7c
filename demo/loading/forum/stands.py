"""Exhibitors of the demo and the offers they show."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from companies.enums import CompanyState
from companies.models import Company
from demo.loading.people import RECRUITER, People, full_name
from forums.enums import ExhibitorAction, ExhibitorState
from forums.models import Edition, Exhibitor, ExhibitorEvent, Representative, ShownOffer
from jobs.models import Offer

SHOWN_MOST = 4
_STATES = {
    ExhibitorState.ACCEPTED: ExhibitorAction.ACCEPT,
    ExhibitorState.REFUSED: ExhibitorAction.REFUSE,
    ExhibitorState.WAITING: ExhibitorAction.PUT_ON_WAITING_LIST,
}
_REASON = "Toutes les tables sont prises : nous vous écrirons pour la prochaine édition."


def offers_by_company(offers: Iterable[Offer]) -> dict[int, list[Offer]]:
    found: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.company and offer.company.state == CompanyState.TRUSTED:
            found[offer.company.pk].append(offer)
    return found


def choose(rng: Random, offers: dict[int, list[Offer]], people: People, count: int) -> list[Company]:
    """Companies with something to show, those of the named recruiter first."""
    named = [pk for pk in offers if any(user.email == RECRUITER for user in people.recruiters[pk])]
    others = sorted(set(offers) - set(named))
    rng.shuffle(others)
    rows = Company.objects.in_bulk([*named, *others][:count])
    return [rows[pk] for pk in [*named, *others][:count]]


def create_stand(
    rng: Random, edition: Edition, company: Any, offers: list[Offer], people: People, *,
    asked: datetime, state: ExhibitorState, stand: str = "",
) -> Exhibitor:  # fmt: skip
    """Asked for at `asked`, decided the day after unless it still waits for an answer."""
    by = people.recruiters[company.pk][0]
    exhibitor = Exhibitor.objects.create(
        edition=edition, company=company, state=state, stand=stand, requested_by=by, requested_at=asked,
        tables=rng.choice((1, 1, 1, 2)), needs=rng.choice(("", "", "Une prise électrique.")),
        reason=_REASON if state == ExhibitorState.REFUSED else "",
    )  # fmt: skip
    events = [ExhibitorEvent(exhibitor=exhibitor, action=ExhibitorAction.REQUEST, after="requested", by=by, at=asked)]
    if action := _STATES.get(state):
        decided = asked + timedelta(days=1)
        events.append(
            ExhibitorEvent(
                exhibitor=exhibitor, action=action, before="requested", after=state, by=people.staff, at=decided,
                reason=exhibitor.reason,
            )
        )  # fmt: skip
    ExhibitorEvent.objects.bulk_create(events)
    shown = rng.sample(offers, min(SHOWN_MOST, len(offers)))
    ShownOffer.objects.bulk_create(ShownOffer(exhibitor=exhibitor, offer=offer, shown_at=asked) for offer in shown)
    Representative.objects.bulk_create(
        Representative(exhibitor=exhibitor, name=full_name(rng)) for _ in range(rng.randint(1, 3))
    )
    return exhibitor
