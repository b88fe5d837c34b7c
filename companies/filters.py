from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.enums import CompanyState, Mark
from companies.models import Company, MedinsoftMark
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named


class StaffCompanyFilter(django_filters.FilterSet):
    """The team's list of companies: words of the name or a SIRET, state, mark in force today."""

    q = LineFilter(method="with_text", label=_("Nom ou SIRET"))
    state = django_filters.ChoiceFilter(
        choices=CompanyState.choices, method="with_state", label=_("État"), empty_label=_("Tous")
    )
    mark = django_filters.ChoiceFilter(
        choices=Mark.choices, method="with_mark", label=_("Qualité"), empty_label=_("Toutes")
    )

    class Meta:
        model = Company
        fields = ("q", "state", "mark")

    def with_text(self, companies: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        words, digits = value.strip(), "".join(value.split())
        found = named(words, "name_folded")
        if digits.isdigit():
            found |= Q(siret__startswith=digits)
        return companies.filter(found)

    def with_state(self, companies: QuerySet[Company], name: str, value: Any) -> QuerySet[Company]:
        return companies.to_verify() if value == CompanyState.NEW else companies.filter(state=value)  # type: ignore[attr-defined]

    def with_mark(self, companies: QuerySet[Company], name: str, value: Any) -> QuerySet[Company]:
        return companies.filter(
            pk__in=MedinsoftMark.objects.on(timezone.localdate()).filter(mark=value).values("company")
        )
