"""The public page of an offer, and what stands at its address when it is no longer one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from jobs.enums import OfferKind
from jobs.models import Offer
from jobs.offer_view import OfferView
from jobs.selectors.public_offer import Sight, offers_for_page, open_offer_version
from jobs.services.audience import count_view
from jobs.views.access import offer_in_sight
from medinjob.lib.public_pages import answer_by_version
from medinjob.lib.visitors import is_person
from search.criteria import SearchCriteria
from search.service.search import breaker, revision, similar, trainings_for
from search.web.page import parts_of, search_url
from search.web.structured_data import structured_data

NO_LONGER = {Sight.ENDED: 410, Sight.PAUSED: 404}


@require_safe
def offer_page(request: HttpRequest, offer_id: int, slug: str) -> HttpResponse:
    version = open_offer_version(offer_id)
    whole = f"{version} {revision()} {_back(request)}" if version else ""
    response = answer_by_version(request, whole, lambda: _page(request, offer_id))
    if version and request.method == "GET" and response.status_code in {200, 304} and is_person(request.headers):
        count_view(offer_id=offer_id)
    return response


def _page(request: HttpRequest, offer_id: int) -> HttpResponse:
    """404 for what was never public, 410 with similar offers for what has ended; staff and members see all states."""
    offer, sight = offer_in_sight(request, offers_for_page(), offer_id)
    if sight == Sight.MOVED and offer.duplicate_of is not None:
        return redirect(offer.duplicate_of, permanent=True)
    if request.path != offer.get_absolute_url():
        return redirect(offer, permanent=True)
    if sight in NO_LONGER:
        context = {"offer": offer, "similar": similar(offer, limit=6), "sight": sight}
        return render(request, "offers/ended.html", context, status=NO_LONGER[sight])
    response = render(request, "offers/offer.html", _context(request, offer, sight))
    if breaker.is_open:  # Without what is similar: not to be kept.
        patch_cache_control(response, no_cache=True)
    return response


def _context(request: HttpRequest, offer: Offer, sight: Sight) -> dict[str, Any]:
    is_job = offer.kind == OfferKind.JOB
    view = OfferView(offer)
    return {
        "offer": offer,
        "sight": sight,
        "view": view,
        "json_ld": structured_data(view) if sight == Sight.SHOWN else "",
        "similar": similar(offer),
        "trainings": trainings_for([row.code for row in offer.occupations.all()]) if is_job else (),
        "back_url": _back(request),
        "nav": "offers" if is_job else "trainings",
    }


def _back(request: HttpRequest) -> str:
    """The address of the search that the visitor comes from; built again from its criteria, so that it cannot lead to
    another site."""
    came_from = parts_of(request.headers.get("Referer", ""))
    try:
        name = resolve(came_from.path).url_name if came_from.netloc == request.get_host() else ""
    except Resolver404:
        name = ""
    if name not in {"search", "trainings"}:
        return ""
    criteria = SearchCriteria.from_query(QueryDict(came_from.query))
    return search_url(
        criteria.with_(kind=(OfferKind.TRAINING,), page=criteria.page) if name == "trainings" else criteria
    )
