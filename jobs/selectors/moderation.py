"""What waits for staff: the three queues of offers, the reports, and the numbers of their home page."""

from typing import Any, NamedTuple

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from accounts.enums import MailState
from accounts.models import OutgoingMail
from companies.models import Company
from jobs.enums import ModerationQueue, OfferState, ReportState
from jobs.models import Offer, OfferReport
from jobs.selectors.public_offer import offers_for_page


def offers_waiting(queue: str) -> QuerySet[Any]:
    """The offers of one queue, oldest first, with what their rows show."""
    offers: Any = Offer.objects.to_check() if queue == ModerationQueue.CHECK else Offer.objects.to_review()
    if queue != ModerationQueue.CHECK:
        offers = offers.filter(company__isnull=queue == ModerationQueue.IMPORTS)
    return offers.select_related("company", "job").prefetch_related("places")


def queue_of(offer: Offer) -> ModerationQueue:
    """The queue that an offer stands in, or would stand in."""
    if offer.state == OfferState.PUBLISHED:
        return ModerationQueue.CHECK
    return ModerationQueue.OFFERS if offer.company_id else ModerationQueue.IMPORTS


def next_waiting(queue: str, *, after: Offer) -> Offer | None:
    """The oldest of a queue but for one that was just decided."""
    return offers_waiting(queue).exclude(pk=after.pk).first()


def count_queues() -> dict[ModerationQueue, int]:
    """How many offers stand in each queue: one query."""
    in_review = Q(state=OfferState.IN_REVIEW)
    counts = Offer.objects.aggregate(
        offers=Count("pk", filter=in_review & Q(company__isnull=False)),
        imports=Count("pk", filter=in_review & Q(company__isnull=True)),
        check=Count("pk", filter=Q(state=OfferState.PUBLISHED) & ~Q(flags=[])),
    )
    return {queue: counts[queue.value] for queue in ModerationQueue}


def offers_to_moderate() -> QuerySet[Any]:
    """One offer with all that its page of review shows."""
    return offers_for_page().prefetch_related("company__sectors", "company__memberships__user", _open_reports())


def reported_offers() -> QuerySet[Any]:
    """Offers with open reports (`open_reports`, oldest first), the longest waiting first."""
    return (
        Offer.objects.filter(reports__state=ReportState.RECEIVED)
        .annotate(since=Min("reports__created_at"))
        .select_related("company")
        .prefetch_related(_open_reports())
        .order_by("since", "pk")
    )


def _open_reports() -> Prefetch:
    """As `open_reports`, oldest first."""
    open_ones = OfferReport.objects.filter(state=ReportState.RECEIVED).order_by("id")
    return Prefetch("reports", queryset=open_ones, to_attr="open_reports")


def settled_reports() -> QuerySet[Any]:
    """The log of decisions, newest first."""
    settled = OfferReport.objects.exclude(state=ReportState.RECEIVED)
    return settled.select_related("offer__company", "decided_by").order_by("-decided_at", "-id")


class Waiting(NamedTuple):
    """What waits for staff."""

    offers: int
    imports: int
    checks: int
    reports: int
    companies: int
    mails: int


def waiting() -> Waiting:
    """Four queries."""
    queues = count_queues()
    return Waiting(
        offers=queues[ModerationQueue.OFFERS],
        imports=queues[ModerationQueue.IMPORTS],
        checks=queues[ModerationQueue.CHECK],
        reports=OfferReport.objects.filter(state=ReportState.RECEIVED).count(),
        companies=Company.objects.to_verify().count(),
        mails=OutgoingMail.objects.filter(state__in=(MailState.FAILED, MailState.UNCERTAIN)).count(),
    )
