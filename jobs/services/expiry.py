"""What time does to offers: it closes them, and their recruiters are told a week before."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import MailUrgency
from accounts.models import OutgoingMail, User
from accounts.services import queue_template_mail
from jobs import deadline
from jobs.enums import OfferState
from jobs.models import Offer
from jobs.services import duplicates, lifecycle
from jobs.services.notices import recipients
from jobs.signals import offers_changed
from medinjob.lib.errors import MoveError

BATCH = 500


def close_due_offers() -> int:
    """Expire what is past its date; how many. A batch in which somebody moves an offer meanwhile waits for the next
    run. A re-post that still runs is shown in place of one that ended."""
    closed = last = 0
    while batch := list(Offer.objects.overdue().filter(pk__gt=last).order_by("id")[:BATCH]):
        last = batch[-1].pk
        try:
            closed += len(lifecycle.expire(offers=batch))
        except MoveError:
            continue
    if closed:
        duplicates.settle()
    return closed


@transaction.atomic
def prolong(*, offers: QuerySet[Offer], until: datetime) -> int:
    """Open offers that would end before `until` end then instead; how many. For what must outlast its own lifetime,
    such as an offer that an event shows; no recruiter has renewed it."""
    open_states = (OfferState.PUBLISHED, OfferState.PAUSED)
    short = offers.filter(state__in=open_states, expires_at__lt=until, expires_at__gt=timezone.now())
    ids = sorted(short.values_list("pk", flat=True))
    if ids:
        Offer.objects.filter(pk__in=ids).update(expires_at=until)
        offers_changed.send(sender=Offer, ids=ids)
    return len(ids)


def remind_expiring_offers() -> int:
    """A mail for each offer that ends within a week, once for each date and recipient; how many were written."""
    offers = Offer.objects.expiring_soon().select_related("company").prefetch_related("company__memberships__user")
    wanted = {_key(offer, user): (offer, user) for offer in offers for user in recipients(offer)}
    # Asked once for all, so that an hourly run without news is two queries; the key itself is what makes a mail once.
    known = set(OutgoingMail.objects.filter(key__in=wanted).values_list("key", flat=True))
    missing = {key: pair for key, pair in wanted.items() if key not in known}
    for key, (offer, user) in missing.items():
        _remind(offer, user, key)
    return len(missing)


def _key(offer: Offer, user: User) -> str:
    return f"offer-{offer.pk}-expires-{offer.expires_at:%Y-%m-%d}-to-{user.pk}"


def _remind(offer: Offer, user: User, key: str) -> None:
    assert offer.expires_at is not None
    token = deadline.sign(deadline.Deadline(offer.pk, user.pk, offer.expires_at))
    queue_template_mail(
        to=user.email,
        template="jobs/mail/expiry_reminder.txt",
        context={"offer": offer, "user": user, "token": token},
        language=user.language,
        key=key,
        urgency=MailUrgency.BULK,
    )
