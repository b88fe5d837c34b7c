"""What staff add to a closed edition."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Attendee, Edition, Entry, Exhibitor, ShownOffer, Venue
from medinjob.lib.fields import LineField


class LateForm(forms.Form):
    """Where it is known from, and since when."""

    use_required_attribute = False
    source = LineField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("Liste papier de l'entrée, courriel de l'entreprise… Elle est écrite au bilan."),
    )
    said_on = forms.DateField(
        label=gettext_lazy("Date de la source"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def __init__(self, data: Any, *, edition: Edition, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.edition = edition
        self.narrow(edition)

    def narrow(self, edition: Edition) -> None:
        """The rows that can be chosen."""

    def clean_said_on(self) -> Any:
        said_on = self.cleaned_data["said_on"]
        if said_on > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans le futur."))
        return said_on

    def registered(self, typed: str) -> Attendee | None:
        return self.edition.attendees.filter(email__iexact=typed).exclude(email="").first()


class LateEntryForm(LateForm):
    person = LineField(
        label=gettext_lazy("Adresse inscrite, ou nom"),
        max_length=254,
        help_text=gettext_lazy("Une adresse inscrite est cette personne ; un nom en inscrit une nouvelle."),
    )
    day = forms.TypedChoiceField(label=gettext_lazy("Jour"), coerce=date.fromisoformat)
    venue = forms.ModelChoiceField(label=gettext_lazy("Lieu"), queryset=Venue.objects.none(), empty_label=None)
    field_order = ("person", "day", "venue", "source", "said_on")

    def narrow(self, edition: Edition) -> None:
        days = edition.days.values_list("date", flat=True)
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "j F Y")) for day in days]  # type: ignore[attr-defined]
        self.fields["venue"].queryset = edition.venues.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who it is: `attendee`, or the `name` of somebody new."""
        data = self.cleaned_data
        typed = data.pop("person", "").strip()
        attendee = self.registered(typed) if typed else None
        if "@" in typed and attendee is None:
            self.add_error("person", _("Personne n'est inscrit sous cette adresse à cette édition."))
        return {**data, "attendee": attendee, "name": "" if attendee else typed[:120]}


class LateMeetingForm(LateForm):
    exhibitor = forms.ModelChoiceField(label=gettext_lazy("Stand"), queryset=Exhibitor.objects.none(), empty_label="–")
    person = LineField(label=gettext_lazy("Adresse e-mail de la personne"), max_length=254)
    field_order = ("exhibitor", "person", "source", "said_on")

    def narrow(self, edition: Edition) -> None:
        field: Any = self.fields["exhibitor"]
        field.queryset = edition.exhibitors.accepted().select_related("company", "edition__event")
        field.label_from_instance = lambda row: row.company.name

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        typed = data.pop("person", "").strip()
        attendee = self.registered(typed) if typed else None
        if typed and attendee is None:
            self.add_error("person", _("Personne n'est inscrit sous cette adresse à cette édition."))
        return {**data, "attendee": attendee}


class LatePositionsForm(LateForm):
    shown = forms.ModelChoiceField(label=gettext_lazy("Offre"), queryset=ShownOffer.objects.none(), empty_label="–")
    positions = forms.IntegerField(label=gettext_lazy("Postes ce jour-là"), min_value=0, max_value=999)
    field_order = ("shown", "positions", "source", "said_on")

    def narrow(self, edition: Edition) -> None:
        field: Any = self.fields["shown"]
        rows = ShownOffer.objects.filter(exhibitor__edition=edition)
        field.queryset = rows.select_related("exhibitor__edition__event", "offer", "exhibitor__company")
        field.label_from_instance = lambda row: f"{row.exhibitor.company} · {row.offer.title} ({row.positions})"


class LateUndoForm(LateForm):
    entry = forms.ModelChoiceField(label=gettext_lazy("Entrée"), queryset=Entry.objects.none(), empty_label="–")
    field_order = ("entry", "source", "said_on")

    def narrow(self, edition: Edition) -> None:
        field: Any = self.fields["entry"]
        rows = Entry.objects.standing().filter(edition=edition, attendee__isnull=False)
        field.queryset = rows.select_related("attendee", "venue", "edition__event").order_by("attendee__name", "day")
        field.label_from_instance = lambda row: f"{row.attendee.name or '–'} · {row.day:%d/%m/%Y} · {row.venue}"
