from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forums.enums import AttendeeKind, AttendeeState, ExhibitorState, Live
from forums.models import Attendee, Edition, Exhibitor
from forums.selectors.dashboard import MOMENTS, live_rows
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named
from medinjob.lib.numbers import LARGEST_ID


class ExhibitorFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ExhibitorState, label=_("État"), empty_label=_("Tous les états"))
    q = LineFilter(method="named", label=_("Entreprise"), max_length=100)

    class Meta:
        model = Exhibitor
        fields: list[str] = []

    def named(self, rows: QuerySet[Exhibitor], _name: str, text: str) -> QuerySet[Exhibitor]:
        return rows.filter(named(text, "company__name_folded"))


class AttendeeFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=AttendeeState, label=_("État"), empty_label=_("Tous les états"))
    kind = filters.ChoiceFilter(choices=AttendeeKind, label=_("Vient comme"), empty_label=_("Tous"))
    q = LineFilter(method="named", label=_("Nom ou adresse e-mail"), max_length=100)

    class Meta:
        model = Attendee
        fields: list[str] = []

    def named(self, rows: QuerySet[Attendee], _name: str, text: str) -> QuerySet[Attendee]:
        return rows.filter(named(text, "name_folded") | Q(email__icontains=text))


class LiveFilter(filters.FilterSet):
    """Over the rows of one figure of an edition; hours are local. `day` comes first: it says which entry of a person
    is their first."""

    day = filters.DateFilter(method="on_day", label=_("Jour"), widget=forms.DateInput({"type": "date"}))
    hour = filters.NumberFilter(method="in_hour", label=_("Heure"), min_value=0, max_value=23)
    stand = filters.NumberFilter(method="at_stand", label=_("Stand"), min_value=1, max_value=LARGEST_ID)

    def __init__(self, data: Any, *, edition: Edition, figure: str) -> None:
        super().__init__(data, queryset=live_rows(edition, figure))
        self.edition = edition
        self.figure = figure

    def on_day(self, _rows: Any, _name: str, day: Any) -> Any:
        return live_rows(self.edition, self.figure, day)

    def in_hour(self, rows: Any, _name: str, hour: Any) -> Any:
        return rows.filter(**{f"{MOMENTS[self.figure]}__hour": int(hour)})

    def at_stand(self, rows: Any, _name: str, stand: Any) -> Any:
        """Participants belong to no stand: they stay as they are."""
        return rows if self.figure == Live.PRESENT else rows.filter(exhibitor=int(stand))
