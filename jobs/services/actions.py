"""What a recruiter may do with offers, from a list or from a mail, by name."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from jobs.enums import RENEWABLE_BEFORE, OfferKind, OfferState, RecruiterAction
from jobs.models import Offer
from jobs.services import lifecycle
from jobs.transitions import TRANSITIONS

VERBS: dict[str, Callable[..., Any]] = {
    RecruiterAction.RENEW: lifecycle.renew,
    RecruiterAction.RESUME: lifecycle.resume,
    RecruiterAction.PAUSE: lifecycle.pause,
    RecruiterAction.FILL: lifecycle.fill,
    RecruiterAction.UNSUBMIT: lifecycle.unsubmit,
    RecruiterAction.WITHDRAW: lifecycle.withdraw,
}


def act(action: str, *, offers: Sequence[Offer], by: Any) -> int:
    """Do a `RecruiterAction` to those of `offers` whose state allows it; to how many. Raises `MoveError`,
    and then has done nothing."""
    able = [offer for offer in offers if offer.state in TRANSITIONS[action][0]]
    VERBS[action](offers=able, by=by)
    return len(able)


def possible_actions(offer: Offer) -> list[RecruiterAction]:
    """Those worth showing for one offer, the likeliest first; reads the offer's sessions if it is a training."""
    return [a for a in RecruiterAction if offer.state in TRANSITIONS[a][0] and _makes_sense(a, offer)]


def _makes_sense(action: RecruiterAction, offer: Offer) -> bool:
    over = offer.expires_at is not None and offer.expires_at <= timezone.now()
    if action == RecruiterAction.RESUME:
        return not over
    if action == RecruiterAction.RENEW:
        return _may_last_longer(offer) and (offer.state != OfferState.PAUSED or over)
    return True


def _may_last_longer(offer: Offer) -> bool:
    """A training lasts as long as its sessions: a later one is added, not a date moved."""
    if offer.kind == OfferKind.TRAINING and offer.sessions.all():
        return False
    return offer.expires_at is None or offer.expires_at - timezone.now() < RENEWABLE_BEFORE
