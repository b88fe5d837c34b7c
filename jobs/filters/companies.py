"""What the directory of companies may be asked, by its page and by the API alike."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from companies.enums import Mark
from companies.models import Company, MedinsoftMark
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named
from referentials.enums import ABROAD
from referentials.models import Sector
from referentials.selectors import Place, find_place, within


class CompanyFilterForm(forms.Form):
    def clean_place(self) -> Place | None:
        text = self.cleaned_data["place"]
        if not text:
            return None
        place = find_place(text)
        if place is None:
            raise forms.ValidationError(_("Lieu inconnu : essayez une commune, un code postal ou un département."))
        return place


class CompanyFilter(filters.FilterSet):
    q = LineFilter(method="named", label=_("Nom de l’entreprise"), max_length=100)
    place = LineFilter(method="located", label=_("Commune ou département"), max_length=100)
    sector = filters.ModelChoiceFilter(
        field_name="sectors",
        queryset=Sector.objects.filter(active=True),
        label=_("Secteur d’activité"),
        empty_label=_("Tous les secteurs"),
    )
    mark = filters.ChoiceFilter(
        choices=Mark, method="marked", label=_("Réseau Medinsoft"), empty_label=_("Toutes les entreprises")
    )
    hiring = filters.BooleanFilter(
        method="with_offers", label=_("Qui recrutent en ce moment"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Company
        form = CompanyFilterForm
        fields: list[str] = []

    def named(self, companies: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return companies.filter(named(text, "name_folded"))

    def located(self, companies: QuerySet[Any], _name: str, place: Place) -> QuerySet[Any]:
        """A company of Monaco has no commune of France, its country says where it is."""
        if place.department in ABROAD:
            return companies.filter(within(place) | Q(country=place.department))
        return companies.filter(within(place))

    def marked(self, companies: QuerySet[Any], _name: str, mark: str) -> QuerySet[Any]:
        holders = MedinsoftMark.objects.on(timezone.localdate()).filter(mark=mark).values("company")
        return companies.filter(pk__in=holders)

    def with_offers(self, companies: QuerySet[Any], _name: str, wanted: bool) -> QuerySet[Any]:
        """`companies` come from `employers()`, which counts their open offers."""
        return companies.filter(open_offers__gt=0) if wanted else companies
