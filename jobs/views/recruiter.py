"""A recruiter's offers: the list, and what can be done with its rows."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from companies.models import Company
from jobs.enums import REMINDER_BEFORE, OfferState, RecruiterAction
from jobs.filters import RecruiterOfferFilter
from jobs.forms.actions import ActionForm, closing_done, done
from jobs.models import Offer
from jobs.selectors.recruiter import count_by_state, offers_with_audience
from jobs.services.actions import act, possible_actions
from jobs.services.editing import EDITABLE_STATES, NEVER_PUBLIC, delete_draft
from jobs.services.lifecycle import take_back, takes_back
from jobs.transitions import TAKEN_BACK
from medinjob.lib.errors import MoveError
from medinjob.lib.numbers import row_ids

PER_PAGE = 25


@login_required
@require_safe
def recruiter_offers(request: HttpRequest) -> HttpResponse:
    """Everybody's of one's companies. A wrong filter is ignored, a page beyond the end is the last one."""
    found = RecruiterOfferFilter(request.GET, queryset=offers_with_audience(request.user), request=request)
    counts = count_by_state(Offer.objects.for_user(request.user))
    context = {
        "page": _page(found, request.GET.get("page")),
        "filter": found,
        "sort": request.GET.get("sort", ""),
        "tabs": _tabs(counts, request.GET.get("state", "")),
        "total": sum(counts.values()),
        "not_filtered": request.GET.get("state", "") not in OfferState.values,
        "companies": list(Company.objects.for_user(request.user).order_by("name", "pk")),
        "actions": RecruiterAction,
        "nav": "recruiter",
    }
    return render(request, "jobs/recruiter/offers.html", context)


@dataclass(frozen=True)
class Tab:
    value: str
    label: Any
    count: int
    current: bool


def _tabs(counts: dict[str, int], state: str) -> list[Tab]:
    """The states that have offers, and the one asked for."""
    return [Tab(s, s.label, counts.get(s, 0), s == state) for s in OfferState if counts.get(s) or s == state]


def _page(found: RecruiterOfferFilter, number: str | None) -> Any:
    page: Any = Paginator(found.qs, PER_PAGE).get_page(number)
    undoable = takes_back(list(page))
    for offer in page:
        offer.can_be_taken_back = offer.pk in undoable
        offer.actions = possible_actions(offer)
        offer.is_deletable = offer.state == OfferState.DRAFT and offer.published_at is None
        offer.is_editable = offer.state in EDITABLE_STATES
        offer.ends_soon = offer.is_open and offer.expires_at and offer.expires_at - timezone.now() < REMINDER_BEFORE
    return page


@login_required
@require_POST
def offer_actions(request: HttpRequest) -> HttpResponse:
    """One row's button or the ticked rows; back to the list as it was filtered."""
    form = ActionForm(request.POST)
    if form.is_valid():
        action = form.cleaned_data["action"]
        offers = list(Offer.objects.for_user(request.user).filter(pk__in=form.ids).prefetch_related("sessions"))
        _tell(request, action, offers)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return _back_to_list(request)


@login_required
@require_POST
def offers_take_back(request: HttpRequest) -> HttpResponse:
    """*Annuler*, in the message after a closing (all its offers) or on a row."""
    ids = row_ids(" ".join(request.POST.getlist("ids")).split())
    offers = list(Offer.objects.for_user(request.user).filter(pk__in=ids))
    try:
        take_back(offers=offers, by=request.user)
    except MoveError as error:
        messages.error(request, str(error))
    else:
        if offers:
            messages.success(request, _("C'est annulé : tout est comme avant."))
    return _back_to_list(request)


@login_required
def offer_delete(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Asks, then deletes a draft that has never been public."""
    offer = get_object_or_404(Offer.objects.for_user(request.user).filter(NEVER_PUBLIC), pk=offer_id)
    if request.method != "POST":
        return render(request, "jobs/recruiter/delete.html", {"offer": offer, "nav": "recruiter"})
    try:
        delete_draft(offer=offer)
    except MoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Brouillon supprimé."))
    return redirect("recruiter-offers")


def _back_to_list(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    return redirect(f"{reverse('recruiter-offers')}?{query}" if query else "recruiter-offers")


def _tell(request: HttpRequest, action: str, offers: list[Offer]) -> None:
    try:
        moved = act(action, offers=offers, by=request.user)
    except MoveError as error:
        messages.error(request, str(error))
        return
    if moved:
        closed = [offer for offer in offers if offer.pk in takes_back(offers)]
        undo = action in TAKEN_BACK and len(closed) == moved
        messages.success(request, closing_done(action, closed) if undo else done(action, moved))
    if left := len(offers) - moved:
        text = ngettext(
            "%(n)s offre n'est pas concernée, vu son état.", "%(n)s offres ne sont pas concernées, vu leur état.", left
        )
        messages.info(request, text % {"n": left})
