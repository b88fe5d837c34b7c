from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from forums.enums import AttendeeKind, AttendeeState, AttributionKind, EvidenceLevel, ExhibitorState, Live
from forums.models import Attendee, Edition, Exhibitor, LedgerEntry
from forums.querysets import LedgerQuerySet
from forums.selectors.dashboard import MOMENTS, live_rows
from jobs.enums import ContractType
from medinjob.lib.choices import RowFilter
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import keys_named, named
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


class LedgerState(TextChoices):
    COUNTS = "counts", _("Comptés")
    DOUBTFUL = "doubtful", _("À vérifier")
    RENEWAL = "renewal", _("Renouvellements")
    CANCELLED = "cancelled", _("Annulés avant le début")
    MERGED = "merged", _("Réunis à un autre")


class LedgerFilter(filters.FilterSet):
    """Over `selectors.ledger.ledger`."""

    q = LineFilter(method="named", label=_("Personne, entreprise ou poste"), max_length=100)
    edition = RowFilter(
        field_name="attribution__edition",
        queryset=Edition.objects.filter(declared=False).select_related("event"),
        label=_("Édition"),
        empty_label=_("Toutes, et sans rattachement"),
    )
    attribution = filters.ChoiceFilter(
        "attribution__kind", choices=AttributionKind, label=_("Attribution"), empty_label=_("Toutes")
    )
    type = filters.ChoiceFilter(choices=ContractType, label=_("Contrat"), empty_label=_("Tous"))
    level = filters.ChoiceFilter(choices=EvidenceLevel, label=_("Preuve"), empty_label=_("Toutes"))
    state = filters.ChoiceFilter(choices=LedgerState, method="in_state", label=_("État"), empty_label=_("Tous"))

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def named(self, rows: QuerySet[LedgerEntry], _name: str, text: str) -> QuerySet[LedgerEntry]:
        return rows.filter(pk__in=keys_named(LedgerEntry.objects.all(), text, "name", "company__name", "job_title"))

    def in_state(self, rows: LedgerQuerySet, _name: str, state: str) -> LedgerQuerySet:
        if state == LedgerState.COUNTS:
            return rows.counting()
        if state == LedgerState.DOUBTFUL:
            return rows.counting().filter(Q(twins__gt=0) | Q(refused=True))
        if state == LedgerState.RENEWAL:
            return rows.filter(Q(renewal=True) | Q(renewal_of__isnull=False))
        if state == LedgerState.CANCELLED:
            return rows.filter(cancelled_at__isnull=False)
        return rows.filter(merged_into__isnull=False)
