from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.enums import ApplyBy
from jobs.models import Offer
from jobs.services.audience import count_external_click
from jobs.views.access import offer_in_sight
from medinjob.lib.visitors import is_person


@require_safe
@never_cache
def offer_apply_external(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Out to the employer's own page, counted. A GET, since a posted form may not leave the site under our CSP; robots
    and prefetches are not counted. An offer that is over leads to its page, which says so."""
    offer, _sight = offer_in_sight(request, Offer.objects.select_related("company", "duplicate_of"), offer_id)
    if offer.apply_by != ApplyBy.EXTERNAL or not Offer.objects.visible().filter(pk=offer_id).exists():
        return redirect(offer)
    if request.method == "GET" and is_person(request.headers):
        count_external_click(offer_id=offer_id)
    response = redirect(offer.apply_url)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
