import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forums.enums import AttendeeKind, AttendeeState, ExhibitorState
from forums.models import Attendee, Exhibitor


class ExhibitorFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ExhibitorState, label=_("État"), empty_label=_("Tous les états"))
    q = filters.CharFilter("company__name", "icontains", label=_("Entreprise"), max_length=100)

    class Meta:
        model = Exhibitor
        fields: list[str] = []


class AttendeeFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=AttendeeState, label=_("État"), empty_label=_("Tous les états"))
    kind = filters.ChoiceFilter(choices=AttendeeKind, label=_("Vient comme"), empty_label=_("Tous"))
    q = filters.CharFilter(method="named", label=_("Nom ou adresse e-mail"), max_length=100)

    class Meta:
        model = Attendee
        fields: list[str] = []

    def named(self, rows: QuerySet[Attendee], _name: str, text: str) -> QuerySet[Attendee]:
        return rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
