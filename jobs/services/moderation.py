"""What staff decide about offers, and whom it is told to. Everything raises `MoveError`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companies.enums import CompanyState
from companies.services import refuse, verify
from jobs.enums import Decision, OfferState
from jobs.models import Offer
from jobs.services import lifecycle
from jobs.services.notices import tell
from jobs.transitions import TRANSITIONS
from medinjob.lib.errors import MoveError, RefusedError

NAMED = 3


@transaction.atomic
def decide(*, decision: str, offers: Sequence[Offer], by: Any, reason: str = "") -> None:
    """Do a `Decision` to offers, with their company where it says so; recruiters are told, with `reason`.

    All of the offers or none: `MoveError` names those for which the decision does not exist."""
    if out_of_place := [offer.title for offer in offers if decision not in possible_decisions(offer)]:
        raise MoveError(_not_possible(decision, out_of_place))
    DECISIONS[decision](offers, by, reason)


def _not_possible(decision: str, titles: Sequence[str]) -> str:
    shown = ", ".join(f"« {title} »" for title in titles[:NAMED]) + ("…" if len(titles) > NAMED else "")
    said = _("« %(decision)s » n’est pas possible pour %(offers)s. Rien n’a été fait : ouvrez-la, ou décochez-la.")
    return said % {"decision": Decision(decision).label, "offers": shown}


def _approve(offers: Sequence[Offer], by: Any, _reason: str) -> None:
    lifecycle.publish(offers=offers, by=by)
    tell(offers, "jobs/mail/published.txt")


def _approve_both(offers: Sequence[Offer], by: Any, _reason: str) -> None:
    # The company first: its offer is then published as a trusted one's.
    _decide_company(verify, offers, by=by)
    _approve(offers, by, "")


def _reject(offers: Sequence[Offer], by: Any, reason: str) -> None:
    """Their recruiters may correct them and send them again."""
    lifecycle.reject(offers=offers, by=by, reason=reason)
    tell(offers, "jobs/mail/refused.txt", reason=reason)


def _reject_both(offers: Sequence[Offer], by: Any, reason: str) -> None:
    """The company's own mail says why."""
    _decide_company(refuse, offers, by=by, reason=reason)
    lifecycle.reject(offers=offers, by=by, reason=reason)


def _check(offers: Sequence[Offer], by: Any, _reason: str) -> None:
    lifecycle.mark_checked(offers=offers, by=by)


def _withdraw(offers: Sequence[Offer], by: Any, reason: str) -> None:
    """Only staff bring them back."""
    lifecycle.withdraw(offers=offers, by=by, reason=reason)
    tell(offers, "jobs/mail/withdrawn.txt", reason=reason)


def _restore(offers: Sequence[Offer], by: Any, _reason: str) -> None:
    for offer in offers:
        lifecycle.restore(offer=offer, by=by)


def _decide_company(service: Callable[..., Any], offers: Sequence[Offer], **words: Any) -> None:
    for company in {offer.company for offer in offers if offer.company and offer.company.state == CompanyState.NEW}:
        try:
            service(company=company, **words)
        except RefusedError as error:
            raise MoveError(str(error)) from error


DECISIONS: dict[str, Callable[[Sequence[Offer], Any, str], None]] = {
    Decision.APPROVE: _approve,
    Decision.APPROVE_BOTH: _approve_both,
    Decision.REJECT: _reject,
    Decision.REJECT_BOTH: _reject_both,
    Decision.CHECK: _check,
    Decision.WITHDRAW: _withdraw,
    Decision.RESTORE: _restore,
}


def possible_decisions(offer: Offer) -> list[Decision]:
    """Those that make sense for one offer, the likeliest first."""
    new = offer.company is not None and offer.company.state == CompanyState.NEW
    refused = offer.company is not None and offer.company.state == CompanyState.REFUSED
    found = {
        Decision.APPROVE_BOTH: new and offer.state == OfferState.IN_REVIEW,
        Decision.APPROVE: not new and not refused and offer.state in (OfferState.IN_REVIEW, OfferState.REJECTED),
        Decision.CHECK: offer.state == OfferState.PUBLISHED and bool(offer.flags),
        Decision.RESTORE: not refused and offer.state == OfferState.WITHDRAWN,
        Decision.REJECT: offer.state in TRANSITIONS["reject"][0],
        Decision.REJECT_BOTH: new and offer.state in TRANSITIONS["reject"][0],
        Decision.WITHDRAW: offer.state in TRANSITIONS["withdraw"][0] and offer.state != OfferState.DRAFT,
    }
    return [decision for decision, holds in found.items() if holds]
