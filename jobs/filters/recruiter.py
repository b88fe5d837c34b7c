"""The filters of a recruiter's list."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from jobs.enums import OfferKind, OfferState
from jobs.models import Offer
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named
from referentials.place_names import place_key

SORTS = {"title": "title", "updated_at": "updated", "expires_at": "expires", "views": "views", "clicks": "clicks"}


class RecruiterOfferFilter(filters.FilterSet):
    """Over `offers_with_audience`; `sort` takes a minus sign. Without one, what was touched last comes first."""

    state = filters.ChoiceFilter(choices=OfferState, label=_("État"))
    q = LineFilter(method="named", label=_("Chercher dans mes offres"), max_length=100)
    kind = filters.ChoiceFilter(choices=OfferKind, label=_("Nature"), empty_label=_("Emplois et formations"))
    company = filters.ModelChoiceFilter(
        queryset=lambda request: Company.objects.for_user(request.user),
        label=_("Entreprise"),
        empty_label=_("Toutes mes entreprises"),
    )
    sort = filters.OrderingFilter(fields=SORTS)

    class Meta:
        model = Offer
        fields: list[str] = []

    def named(self, offers: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Words of the title or of a place; a number is the offer's own."""
        found = named(text, "title_folded") | Q(places__label__icontains=text)
        if key := place_key(text):
            found |= Q(places__commune__search_name__contains=key)
        return offers.filter(found | Q(pk=int(text)) if text.isdecimal() else found).distinct()
