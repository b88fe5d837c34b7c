"""Staff read offers: the queues, and one offer beside its company, with what can be decided."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from companies.selectors import resemblances
from jobs.enums import MOTIVATED_DECISIONS, Decision, ModerationQueue
from jobs.filters import ModerationFilter
from jobs.forms.fields import NOTHING_TICKED, ticked
from jobs.forms.moderation import ReasonForm
from jobs.models import Offer
from jobs.offer_view import OfferView
from jobs.selectors.moderation import count_queues, next_waiting, offers_to_moderate, offers_waiting, queue_of
from jobs.selectors.recruiter import history
from jobs.services.moderation import decide, possible_decisions
from jobs.wording import remarks
from medinjob.lib.errors import MoveError
from medinjob.lib.siret import is_siret

PER_PAGE = 50
STALE = gettext_lazy("Cette offre a été modifiée depuis que vous l'avez ouverte : relisez-la avant de décider.")
TOGETHER = {
    ModerationQueue.OFFERS: (Decision.APPROVE, Decision.REJECT),
    ModerationQueue.IMPORTS: (Decision.APPROVE, Decision.REJECT),
    ModerationQueue.CHECK: (Decision.CHECK, Decision.REJECT),
}


@staff_required
@require_http_methods(["GET", "POST"])
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """Oldest first; the ticked rows may be decided together."""
    asked = request.GET.get("queue", "")
    queue = ModerationQueue(asked) if asked in ModerationQueue.values else ModerationQueue.OFFERS
    reasons = _reasons(request)
    if request.method == "POST" and _decide_ticked(request, queue, reasons):
        return redirect(request.get_full_path())
    found = ModerationFilter(request.GET, queryset=offers_waiting(queue))
    context = {
        "queue": queue,
        "tabs": [(name, count, name == queue) for name, count in count_queues().items()],
        "filter": found,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "decisions": TOGETHER[queue],
        "motivated": MOTIVATED_DECISIONS,
        "reasons": reasons,
        "ticked": request.POST.getlist("ids"),
    }
    return render(request, "jobs/moderation/queue.html", context)


@staff_required
@require_http_methods(["GET", "POST"])
def moderation_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """One offer as the public would read it; after a decision, the next that waits in the same queue."""
    offer = get_object_or_404(offers_to_moderate(), pk=offer_id)
    reasons, queue = _reasons(request), queue_of(offer)
    if request.method == "POST" and _decide(request, offer, reasons):
        following = next_waiting(queue, after=offer)
        return redirect("moderation-offer", following.pk) if following else redirect("moderation-queue")
    context = {
        "offer": offer,
        "face": offer,
        "view": OfferView(offer),
        "remarks": remarks(offer.title, offer.text),
        "resemblances": resemblances(offer.company) if offer.company else [],
        "siret_is_valid": bool(offer.company and is_siret(offer.company.siret or "")),
        "history": history(offer),
        "decisions": possible_decisions(offer),
        "motivated": MOTIVATED_DECISIONS,
        "reasons": reasons,
        "queue": queue,
    }
    return render(request, "jobs/moderation/offer.html", context)


def _reasons(request: HttpRequest) -> ReasonForm:
    """Bound when the button pressed needs a reason."""
    return ReasonForm(request.POST if request.POST.get("decision") in MOTIVATED_DECISIONS else None)


def _decide(request: HttpRequest, offer: Offer, reasons: ReasonForm) -> bool:
    # The version on the moderator's screen, not the one just loaded.
    if request.POST.get("version") != str(offer.version):
        messages.error(request, STALE)
        return False
    return _done(request, [offer], possible_decisions(offer), reasons)


def _decide_ticked(request: HttpRequest, queue: ModerationQueue, reasons: ReasonForm) -> bool:
    ids = ticked(request.POST)
    if not ids:
        messages.error(request, NOTHING_TICKED)
        return False
    offers = offers_waiting(queue).filter(pk__in=ids)
    rows: Any = offers.prefetch_related("sessions", "company__memberships__user")
    return _done(request, list(rows), TOGETHER[queue], reasons)


def _done(request: HttpRequest, offers: list[Offer], possible: Any, reasons: ReasonForm) -> bool:
    """Whether it was done; if not, the page says why and keeps what was typed."""
    decision = request.POST.get("decision", "")
    if decision not in possible or (reasons.is_bound and not reasons.is_valid()):
        return False
    try:
        decide(decision=decision, offers=offers, by=request.user, reason=reasons.reason)
    except MoveError as error:
        messages.error(request, str(error))
        return False
    said = ngettext("%(n)s offre : %(decision)s.", "%(n)s offres : %(decision)s.", len(offers))
    messages.success(request, said % {"n": len(offers), "decision": str(Decision(decision).label).lower()})
    return True
