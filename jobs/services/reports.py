"""Reports: what somebody says of an offer, and what staff decide, with a reason sent to both sides."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.services import queue_template_mail
from jobs.enums import ReportOutcome, ReportState
from jobs.models import Offer, OfferEvent, OfferReport
from jobs.services import lifecycle
from jobs.services.notices import tell
from medinjob.lib.errors import MoveError


@transaction.atomic
def report_offer(*, offer: Offer, reason: str, message: str, email: str, user: Any) -> OfferReport:
    """Acknowledged by mail when there is an address, in the language of the page."""
    report = OfferReport.objects.create(
        offer=offer,
        reason=reason,
        message=message,
        email=email,
        language=get_language() or "fr",
        user=user if user.is_authenticated else None,
    )
    _answer(report, "jobs/mail/report_received.txt")
    return report


@transaction.atomic
def decide_reports(*, offer: Offer, by: Any, outcome: str, decision: str) -> list[OfferReport]:
    """All open reports of an offer at once. `decision` goes to the reporters, whose addresses are then forgotten, and
    to the company unless dismissed.

    Raises `MoveError` when there is none any more, or when the offer cannot be moved as `outcome` asks."""
    reports = list(OfferReport.objects.filter(offer=offer, state=ReportState.RECEIVED))
    state = ReportState.DISMISSED if outcome == ReportOutcome.DISMISS else ReportState.UPHELD
    settled = OfferReport.objects.filter(pk__in=[report.pk for report in reports], state=ReportState.RECEIVED).update(
        state=state, decision=decision, decided_by=by, decided_at=timezone.now()
    )
    if not reports or settled != len(reports):
        raise MoveError(_("Quelqu'un vient de décider de ces signalements : rechargez la page."))
    _apply(offer, outcome, by, decision)
    for report in reports:
        report.state, report.decision = state, decision
        _answer(report, "jobs/mail/report_decided.txt")
    # The answer is written: the address has served.
    OfferReport.objects.filter(pk__in=[report.pk for report in reports]).update(email="")
    return reports


def _apply(offer: Offer, outcome: str, by: Any, decision: str) -> None:
    """An event always; then the offer moves and its recruiters are told, unless the reports were dismissed."""
    OfferEvent.objects.create(
        offer=offer, action=f"report_{outcome}", before=offer.state, after=offer.state, by=by, reason=decision
    )
    if outcome == ReportOutcome.WITHDRAW:
        lifecycle.withdraw(offers=[offer], by=by, reason=decision)
    elif outcome == ReportOutcome.REJECT:
        lifecycle.reject(offers=[offer], by=by, reason=decision)
    if outcome != ReportOutcome.DISMISS:
        tell([offer], "jobs/mail/report_upheld.txt", reason=decision)


def _answer(report: OfferReport, template: str) -> None:
    if report.email:
        key = f"report-{report.pk}-{report.state}"
        context = {"report": report, "offer": report.offer}
        queue_template_mail(to=report.email, template=template, context=context, language=report.language, key=key)
