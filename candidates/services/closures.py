"""A candidate hears that the offer they answered is closed: once, from the transaction that closed it. The mail waits
for as long as the closing can be taken back; one that is open again by then takes mail and event with it."""

from collections.abc import Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from accounts.services import cancel_mails
from candidates.enums import ApplicationAction, Side
from candidates.models import Application, ApplicationEvent
from candidates.services.mails import closed_key, tell_candidate
from jobs.enums import CLOSED_STATES

CHUNK = 500


@transaction.atomic
def tell_of_closed_offers(*, offer_ids: Sequence[int]) -> int:
    """Write to those whose application to one of these offers is still open, if the offer is not; how many."""
    ids = iter(offer_ids)
    told = 0
    while chunk := list(islice(ids, CHUNK)):
        told += _tell(chunk)
    return told


@transaction.atomic
def take_back_news(*, offer_ids: Sequence[int]) -> int:
    """Of offers that are open again: what has not left yet is not sent, and a later closing is told anew; how many."""
    ids = iter(offer_ids)
    return sum(_untell(chunk) for chunk in iter(lambda: list(islice(ids, CHUNK)), []))


def _untell(offer_ids: list[int]) -> int:
    events = ApplicationEvent.objects.filter(application__offer__in=offer_ids, action=ApplicationAction.OFFER_CLOSED)
    told = events.exclude(application__offer__state__in=CLOSED_STATES).select_related("application")
    by_key = {closed_key(event.application): event.pk for event in told}
    cancelled = cancel_mails(keys=by_key) if by_key else set()
    ApplicationEvent.objects.filter(pk__in=[by_key[key] for key in cancelled]).delete()
    return len(cancelled)


def _tell(offer_ids: list[int]) -> int:
    closed = Application.objects.open().filter(offer__in=offer_ids, offer__state__in=CLOSED_STATES, forgotten_at=None)
    untold = closed.exclude(events__action=ApplicationAction.OFFER_CLOSED).select_for_update(of=("self",), no_key=True)
    applications = _still_untold(list(untold.select_related("offer__company", "candidate").order_by("pk")))
    now = timezone.now()
    ApplicationEvent.objects.bulk_create(
        ApplicationEvent(
            application=a,
            action=ApplicationAction.OFFER_CLOSED,
            before=a.state,
            after=a.state,
            side=Side.SYSTEM,
            at=now,
        )
        for a in applications
    )
    for application in applications:
        tell_candidate(application, "offer_closed")
    return len(applications)


def _still_untold(locked: list[Application]) -> list[Application]:
    """Who came second waited for the lock with a question asked before: it asks again what the first has told."""
    told = ApplicationEvent.objects.filter(application__in=locked, action=ApplicationAction.OFFER_CLOSED)
    ids = set(told.values_list("application", flat=True)) if locked else set()
    return [application for application in locked if application.pk not in ids]
