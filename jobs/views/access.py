"""Which offers somebody may know of: every page about one offer asks here, so that they all say the same."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from jobs.models import Offer
from jobs.selectors.public_offer import Sight, sight_of


def offer_in_sight(request: HttpRequest, offers: "QuerySet[Offer]", offer_id: int) -> tuple[Offer, Sight]:
    """The offer, of those given, and what this visitor gets of it. `Http404` for one that is hidden from them, also
    where the answer would only lead to its page: an address with its title tells of it."""
    offer = get_object_or_404(offers, pk=offer_id)
    sight = sight_of(offer, request.user, as_staff=acts_as_staff(request))
    if sight == Sight.HIDDEN:
        raise Http404
    return offer, sight
