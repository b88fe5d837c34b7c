"""The filters of the moderators' queues."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobs.enums import Flag, OfferKind
from jobs.models import Offer
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named


class ModerationFilter(filters.FilterSet):
    q = LineFilter(method="named", label=_("Intitulé ou employeur"), max_length=100)
    flag = filters.ChoiceFilter(choices=Flag, method="flagged", label=_("Signe"), empty_label=_("Tous les signes"))
    kind = filters.ChoiceFilter(choices=OfferKind, label=_("Nature"), empty_label=_("Emplois et formations"))

    class Meta:
        model = Offer
        fields: list[str] = []

    def named(self, offers: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return offers.filter(named(text, "title_folded", "employer_folded", "company__name_folded"))

    def flagged(self, offers: Any, _name: str, flag: str) -> QuerySet[Any]:
        found: QuerySet[Any] = offers.flagged(flag)
        return found
