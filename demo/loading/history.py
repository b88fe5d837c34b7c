"""What happened to an offer of the demo: the moves that lead to its state, as `jobs.transitions` allows them, and how
often it was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from jobs.enums import JOB_LIFETIME, OfferState
from jobs.models import Offer, OfferAudience, OfferEvent
from jobs.transitions import TRANSITIONS

_REJECTIONS = (
    "L'annonce décrit une formation payante présentée comme un emploi.",
    "Le poste n'est pas dans le numérique : voyez plutôt le portail régional de l'emploi.",
    "La rémunération annoncée est inférieure au minimum légal.",
    "Le texte demande une limite d'âge, ce que la loi ne permet pas.",
    "La description tient en une ligne : dites ce que la personne fera.",
)
_WITHDRAWALS = ("Poste supprimé", "Budget reporté à l'an prochain", "")

# The moves after publication, for each state that needs some.
_ENDS = {
    OfferState.PAUSED: "pause",
    OfferState.FILLED: "fill",
    OfferState.EXPIRED: "expire",
    OfferState.WITHDRAWN: "withdraw",
}


@dataclass(frozen=True, slots=True)
class Actors:
    """Who posts and who moderates."""

    author: Any
    staff: Any


def give_life(rng: Random, offer: Offer, state: str, actors: Actors, now: datetime) -> list[OfferEvent]:
    """Sets the state and the dates of an unsaved offer, and returns the events that explain them."""
    begun = _moment(
        rng, now, longest=58 if state not in _ENDS else 150, shortest=62 if state == OfferState.EXPIRED else 3
    )
    offer.created_at = offer.updated_at = begun - timedelta(hours=rng.randint(1, 30))
    steps = list(_steps(rng, state, actors, begun, now))
    events = _as_events(offer, steps)
    _date(offer, events)
    return events


def _moment(rng: Random, now: datetime, *, longest: int, shortest: int) -> datetime:
    """A working hour of the last days, more often a recent one."""
    days = shortest + (longest - shortest) * rng.random() ** 1.5
    day = timezone.localtime(now - timedelta(days=days))
    return day.replace(hour=rng.randint(8, 18), minute=rng.randint(0, 59), second=0, microsecond=0)


def _steps(
    rng: Random, state: str, actors: Actors, begun: datetime, now: datetime
) -> Iterator[tuple[str, datetime, Any, str]]:
    """(action, at, by, reason), oldest first."""
    if state == OfferState.DRAFT:
        return
    if state in (OfferState.IN_REVIEW, OfferState.REJECTED):
        waited = now - timedelta(hours=rng.randint(2, 40)) if state == OfferState.IN_REVIEW else begun
        yield "submit", waited, actors.author, ""
        if state == OfferState.REJECTED:
            yield "reject", begun + timedelta(hours=rng.randint(3, 30)), actors.staff, rng.choice(_REJECTIONS)
        return
    if rng.random() < 0.15:
        yield "submit", begun - timedelta(hours=18), actors.author, ""
        yield "publish", begun, actors.staff, ""
    else:
        yield "publish", begun, actors.author, ""
    if state in _ENDS:
        yield _end(rng, state, actors, begun, now)


def _end(rng: Random, state: str, actors: Actors, begun: datetime, now: datetime) -> tuple[str, datetime, Any, str]:
    if state == OfferState.EXPIRED:
        return "expire", begun + JOB_LIFETIME, None, ""
    lasted = min(now - begun, JOB_LIFETIME) * (0.2 + 0.7 * rng.random())
    reason = rng.choice(_WITHDRAWALS) if state == OfferState.WITHDRAWN else ""
    return _ENDS[OfferState(state)], begun + lasted, actors.author, reason


def _as_events(offer: Offer, steps: list[tuple[str, datetime, Any, str]]) -> list[OfferEvent]:
    events = []
    for action, at, by, reason in steps:
        after = TRANSITIONS[action][1]
        events.append(
            OfferEvent(offer=offer, action=action, before=offer.state, after=after, at=at, by=by, reason=reason)
        )
        offer.state = after
    return events


def _date(offer: Offer, events: list[OfferEvent]) -> None:
    for event in events:
        offer.updated_at = event.at
        if event.action in ("submit", "publish"):
            offer.submitted_at = offer.submitted_at or event.at
        if event.action == "publish":
            offer.published_at, offer.expires_at = event.at, event.at + JOB_LIFETIME
            if offer.source_published_at:  # it was there before we took it
                offer.source_published_at = min(offer.source_published_at, event.at - timedelta(days=1))
        if event.action in ("reject", "withdraw"):
            offer.reason = event.reason


def audience_of(rng: Random, offer: Offer, now: datetime) -> list[OfferAudience]:
    """A row a day while the offer was public: many views at first, fewer later; clicks where it leads away."""
    if offer.published_at is None:
        return []
    last = min(now, offer.expires_at or now) if offer.state == OfferState.PUBLISHED else offer.updated_at
    interest = rng.randint(4, 40)
    rows = []
    for age in range(max(0, (last - offer.published_at).days) + 1):
        views = round(interest * 0.93**age * rng.uniform(0.4, 1.6))
        day = timezone.localdate(offer.published_at) + timedelta(days=age)
        clicks = rng.randint(0, views // 4) if offer.apply_url else 0
        if views:
            rows.append(OfferAudience(offer=offer, day=day, views=views, external_clicks=clicks))
    return rows
