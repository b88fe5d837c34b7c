"""What staff write about an edition: its facts, its days, its venues, its programme, and the rows
that upper apps keep of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models import Action, Edition, EditionDay, ProgrammeItem, Venue
from forums.signals import edition_rows_asked
from jobs.forms.fields import UNKNOWN_PLACE
from medinjob.lib.fields import LineField, LinesField, WebAddressField, written_field
from referentials.selectors.places import find_place, place_index

DAYS_MOST, VENUES_MOST, PROGRAMME_MOST = 14, 10, 60
ADD = "add-"
WINDOWS = (("exhibitors_open_at", "exhibitors_close_at"), ("attendees_open_at", "attendees_close_at"))


def date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput({"type": "time"}, format="%H:%M")


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class EditionForm(forms.ModelForm):
    """`name` and `action` are those of its event; `version` is the one that its editor saw."""

    use_required_attribute = False

    name = LineField(label=_("Nom"), max_length=160, help_text=_("« Forum Medinjob 2027 » : l'adresse en vient."))
    action = forms.ModelChoiceField(
        Action.objects.all(),
        label=_("Action financée"),
        required=False,
        empty_label=_("Aucune"),
        help_text=_("Celle dont le budget paie cette édition."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "action", "text")

    class Meta:
        formfield_callback = written_field
        model = Edition
        fields = (
            *("text", "with_stands", "tables", "capacity"),
            *(name for window in WINDOWS for name in window),
            "attribution_days",
        )
        widgets = {
            "text": forms.Textarea({"rows": 8}),
            **{name: moment_input() for window in WINDOWS for name in window},
        }
        help_texts = {
            "text": _("En Markdown : « ## » devant un titre, « - » devant chaque point d'une liste."),
            "with_stands": _("Sans stand : une soirée, une conférence."),
            "capacity": _("Vide : pas de limite. Au-delà, une liste d'attente."),
            "attribution_days": _(
                "Un contrat signé dans ce délai après le dernier jour peut être attribué à l'édition."
            ),
        }

    def __init__(self, *args: Any, instance: Edition | None = None, **kwargs: Any) -> None:
        if instance is not None:
            event = instance.event
            kwargs["initial"] = {"name": event.name, "action": event.action_id, "version": instance.version}
        kwargs["instance"] = instance
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        for opens, closes in WINDOWS:
            begin, end = self.cleaned_data.get(opens), self.cleaned_data.get(closes)
            if begin and end and end <= begin:
                self.add_error(closes, _("La fin vient avant le début."))
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The services write: the instance stays as it was loaded."""

    @property
    def writes(self) -> dict[str, Any]:
        """What `create_edition` and `save_edition` take."""
        data = self.cleaned_data
        fields = {name: data[name] for name in self._meta.fields or ()}
        return {"name": data["name"], "action": data["action"], "fields": fields}


class DayForm(forms.ModelForm):
    template_name = "forums/edition/desk/row.html"
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = EditionDay
        fields = ("date", "opens_at", "closes_at")
        widgets = {"date": date_input(), "opens_at": time_input(), "closes_at": time_input()}

    def clean(self) -> dict[str, Any]:
        opens_at, closes_at = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("La fermeture vient avant l'ouverture."))
        return self.cleaned_data


class VenueForm(forms.ModelForm):
    template_name = "forums/edition/desk/row.html"
    use_required_attribute = False

    place = LineField(label=_("Commune"), max_length=120, required=False)
    url = WebAddressField(label=_("Adresse en ligne"), required=False, assume_scheme="https")
    field_order = ("kind", "name", "address", "place", "url")

    class Meta:
        formfield_callback = written_field
        model = Venue
        fields = ("kind", "name", "address", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commune = place_index().commune(self.instance.commune_id or "")
        self.initial["place"] = commune.label if commune else ""

    def clean_place(self) -> str:
        text = self.cleaned_data["place"]
        place = find_place(text) if text else None
        if text and (place is None or not place.is_commune):
            raise forms.ValidationError(UNKNOWN_PLACE, params={"place": text})
        self.instance.commune_id = place.code if place else None
        return text


class _Needed(forms.BaseInlineFormSet):
    default_error_messages = {"too_few_forms": _("Il en faut au moins un.")}


class _VenueFormSet(_Needed):
    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.entries.exists():
                form.add_error(None, _("Des personnes y sont entrées : ce lieu ne se supprime plus."))
                raise forms.ValidationError(_("Un lieu où l'on est entré ne se supprime plus."))


class ProgrammeForm(forms.ModelForm):
    template_name = "forums/edition/desk/row.html"
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = ProgrammeItem
        fields = ("title", "starts_at", "ends_at", "venue", "speakers", "text")
        widgets = {
            "starts_at": moment_input(),
            "ends_at": moment_input(),
            "text": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, venues: list[Venue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["venue"]
        field.queryset = Venue.objects.filter(pk__in=[venue.pk for venue in venues])
        # Read once for all the rows of the page.
        field.choices = [("", _("Partout")), *((venue.pk, venue.name) for venue in venues)]

    def clean(self) -> dict[str, Any]:
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("La fin vient avant le début."))
        return self.cleaned_data


def edition_rows(model: Any, most: int, **options: Any) -> Any:
    """The class of a formset of rows that belong to an edition, at most `most` of them."""
    options = {"extra": 0, "can_delete": True, "max_num": most, "validate_max": True, **options}
    return forms.inlineformset_factory(Edition, model, **options)


Days = edition_rows(EditionDay, DAYS_MOST, form=DayForm, formset=_Needed, min_num=1, validate_min=True)
Venues = edition_rows(Venue, VENUES_MOST, form=VenueForm, formset=_VenueFormSet, min_num=1, validate_min=True)
Programme = edition_rows(ProgrammeItem, PROGRAMME_MOST, form=ProgrammeForm)


class EditionPage:
    """The form of an edition and its rows, as one. `data` with an "add-…" button only asks for one more blank row."""

    def __init__(self, data: Any, edition: Edition | None = None) -> None:
        self.asks_row = data is not None and any(name.startswith(ADD) for name in data)
        data = with_row(data) if self.asks_row else data
        self.form = EditionForm(data, instance=edition)
        instance = edition or Edition()
        self.days = Days(data, instance=instance, prefix="days")
        self.venues = Venues(data, instance=instance, prefix="venues")
        answers = edition_rows_asked.send(sender=Edition, edition=instance, data=data)
        self.other_rows = [rows for _receiver, rows in answers]

    @property
    def rows(self) -> tuple[Any, ...]:
        return self.days, self.venues, *self.other_rows

    def is_valid(self) -> bool:
        # A list: each part says what is wrong with it, not only the first.
        valid = [part.is_valid() for part in (self.form, *self.rows)]
        return all(valid)

    def overtaken(self, version: int, words: str) -> None:
        """Saved elsewhere meanwhile: the next save, over `version`, is deliberate."""
        data: Any = self.form.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.form.data = data
        self.form.add_error(None, words)

    @property
    def dates(self) -> list[date]:
        return list(_kept(self.days, "date"))

    @property
    def writes(self) -> dict[str, Any]:
        return {**self.form.writes, "dates": self.dates, "rows": self.rows}


def with_row(data: Any) -> Any:
    """The same, with one more blank row where its button was pressed."""
    data = data.copy()
    for prefix in [name.removeprefix(ADD) for name in data if name.startswith(ADD)]:
        total = data.get(f"{prefix}-TOTAL_FORMS", "")
        data[f"{prefix}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() and len(total) < 4 else 1)
    return data


def _kept(rows: Any, name: str) -> Iterator[Any]:
    for form in rows:
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and form.cleaned_data.get(name):
            yield form.cleaned_data[name]


class CopyForm(forms.Form):
    use_required_attribute = False

    name = LineField(label=_("Nom de la nouvelle édition"), max_length=160)
    starts_on = forms.DateField(
        label=_("Premier jour"),
        widget=date_input(),
        help_text=_("Jours, horaires, programme, périodes d'inscription et suivis se décalent d'autant."),
    )


class DeclareForm(forms.Form):
    """An edition of before Medinjob."""

    use_required_attribute = False

    name = LineField(label=_("Nom"), max_length=160)
    starts_on = forms.DateField(label=_("Premier jour"), widget=date_input(), required=False)
    ends_on = forms.DateField(label=_("Dernier jour"), widget=date_input(), required=False)
    year = forms.IntegerField(
        label=_("Année seulement"),
        min_value=1990,
        max_value=2100,
        required=False,
        help_text=_("Quand le jour n'est pas connu : les deux dates restent vides."),
    )
    text = LinesField(label=_("Présentation"), max_length=8000, required=False, widget=forms.Textarea({"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """A year alone holds all its days."""
        data = self.cleaned_data
        year, days = data.pop("year", None), [name for name in ("starts_on", "ends_on") if data.get(name)]
        data["year_only"] = bool(year) and not days
        if data["year_only"]:
            data |= {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        self._check_days(data)
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        for name in ("starts_on", "ends_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Donnez les deux jours, ou seulement l'année."))
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("La fin vient avant le début."))
        last = starts_on if data.get("year_only") else ends_on
        if last and last >= timezone.localdate():
            where = "year" if data.get("year_only") else "ends_on"
            self.add_error(where, _("Une édition qui n'est pas passée se prépare : créez-la."))


class MoveForm(forms.Form):
    """A step of an edition; `reason` where its service asks for one."""

    use_required_attribute = False

    reason = LineField(label=_("Motif"), max_length=300, required=False)
