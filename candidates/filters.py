"""What an inbox may be asked."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from candidates.enums import STAGES, ApplicationState, Channel, Stage
from candidates.models import Application
from jobs.models import Offer

LONGEST_NUMBER = 9


def _offers_of(request: Any) -> QuerySet[Any]:
    """The offers that somebody answered, of the companies of who asks."""
    answered = Application.objects.filter(offer=OuterRef("pk"), forgotten_at=None)
    return Offer.objects.for_user(request.user).filter(Exists(answered)).order_by("title", "pk")


def _day(label: Any, lookup: str) -> filters.DateFilter:
    return filters.DateFilter("sent_at", f"date__{lookup}", label=label, widget=forms.DateInput({"type": "date"}))


class InboxFilter(filters.FilterSet):
    """Over `selectors.inbox.inbox`; newest first unless `sort=sent_at`."""

    stage = filters.ChoiceFilter(choices=Stage, method="at_stage", label=_("Étape"))
    q = filters.CharFilter(method="holding", label=_("Chercher"), max_length=100)
    offer = filters.ModelChoiceFilter(queryset=_offers_of, label=_("Offre"), empty_label=_("Toutes les offres"))
    state = filters.ChoiceFilter(choices=ApplicationState, label=_("État"), empty_label=_("Tous les états"))
    channel = filters.ChoiceFilter(choices=Channel, label=_("Canal"), empty_label=_("Tous les canaux"))
    sent_from = _day(_("Reçue à partir du"), "gte")
    sent_to = _day(_("Jusqu'au"), "lte")
    sort = filters.OrderingFilter(fields={"sent_at": "sent_at"})

    class Meta:
        model = Application
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        """Dates are equal in a bulk: the id settles the order."""
        oldest_first = self.form.is_valid() and self.form.cleaned_data.get("sort") == ["sent_at"]
        return super().qs.order_by("sent_at", "pk") if oldest_first else super().qs.order_by("-sent_at", "-pk")

    def at_stage(self, rows: QuerySet[Any], _name: str, stage: str) -> QuerySet[Any]:
        return rows.filter(state__in=STAGES[stage])

    def holding(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """In the name, the address, the message, the profile's line or the words of the CV."""
        return rows.filter(
            Q(name__icontains=text)
            | Q(email__icontains=text)
            | Q(message__icontains=text)
            | Q(profile__headline__icontains=text)
            | Q(cv__text__icontains=text)
        )


class StaffApplicationFilter(filters.FilterSet):
    """Which application a message speaks of, from what is nobody's secret: its number, its offer, its company."""

    q = filters.CharFilter(method="about", label=_("Numéro, offre ou entreprise"), max_length=100)
    state = filters.ChoiceFilter(choices=ApplicationState, label=_("État"), empty_label=_("Tous les états"))

    class Meta:
        model = Application
        fields: list[str] = []

    def about(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        found = Q(offer__title__icontains=text) | Q(company__name__icontains=text)
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
            found |= Q(pk=int(text))
        return rows.filter(found)
