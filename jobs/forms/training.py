import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import Funding, Modality, OfferKind
from jobs.forms.fields import UNKNOWN_PLACE, EurosField, WordsField
from jobs.forms.job import level_field
from jobs.forms.offer import OfferForm
from jobs.forms.written import commune_words, place_row
from jobs.models import Offer
from jobs.services.editing import Content
from medinjob.lib.fields import LineField
from referentials.selectors.places import find_place, place_index

CERTIFICATION = re.compile(r"(RNCP|RS)\s*(\d{1,6})", re.IGNORECASE)
FORMACODE = re.compile(r"\d{5}")
MOST_SESSIONS = 20
PREFIX = "sessions"
SHOWN = ("starts_on", "ends_on", "place", "modality", "places_left")
OVER = _("La dernière session est passée : ajoutez-en une pour publier.")


class SessionForm(forms.Form):
    template_name = "jobs/posting/session.html"
    use_required_attribute = False

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    starts_on = forms.DateField(label=_("Début"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Fin"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    modality = forms.ChoiceField(label=_("Modalité"), choices=Modality)
    place = LineField(label=_("Commune"), max_length=120, required=False)
    places_left = forms.IntegerField(label=_("Places restantes"), min_value=0, max_value=10_000, required=False)

    def clean_place(self) -> str | None:
        """The commune's code; None when nothing is given."""
        text = self.cleaned_data["place"]
        place = find_place(text) if text else None
        if text and (place is None or not place.is_commune):
            raise forms.ValidationError(UNKNOWN_PLACE, params={"place": text})
        return place.code if place else None

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("La session finit avant d'avoir commencé."))
        return self.cleaned_data


Sessions = forms.formset_factory(
    SessionForm, extra=0, min_num=0, max_num=MOST_SESSIONS, validate_max=True, can_delete=True
)


class TrainingForm(OfferForm):
    kind = OfferKind.TRAINING
    details = (
        *("certification_code", "certification_label", "formacodes", "hours", "price", "funding"),
        *("level_in", "level_out"),
    )

    certification_code = LineField(
        label=_("Code RNCP ou RS"), max_length=20, required=False, help_text=_("« RNCP37674 », « RS6776 ».")
    )
    certification_label = LineField(label=_("Certification"), max_length=250, required=False)
    formacodes = WordsField(
        label=_("Formacodes"),
        most=10,
        max_length=200,
        required=False,
        help_text=_("Cinq chiffres chacun, par virgules."),
    )
    hours = forms.IntegerField(label=_("Durée en heures"), min_value=1, max_value=20_000, required=False)
    price = EurosField(label=_("Prix en euros"), help_text=_("0 si elle est gratuite."))
    funding = forms.MultipleChoiceField(
        label=_("Financements possibles"),
        choices=Funding,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "inline"}),
    )
    level_in = level_field(_("Niveau d'entrée"))
    level_out = level_field(_("Niveau de sortie"))

    def __init__(self, data: Any = None, *args: Any, offer: Offer | None = None, **kwargs: Any) -> None:
        super().__init__(data, *args, offer=offer, **kwargs)
        self.fields["occupations"].label = _("Métiers auxquels elle mène")
        self.fields["places"].label = _("Lieux de la formation")
        self.sessions = Sessions(data, prefix=PREFIX, initial=_sessions_of(offer) if offer else [{}])

    def clean_certification_code(self) -> str:
        text = self.cleaned_data["certification_code"].strip()
        if not text:
            return ""
        if not (found := CERTIFICATION.fullmatch(text)):
            raise forms.ValidationError(_("Un code s'écrit « RNCP » ou « RS », puis un nombre."))
        return f"{found[1].upper()}{found[2]}"

    def clean_formacodes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["formacodes"]
        if wrong := [code for code in codes if not FORMACODE.fullmatch(code)]:
            message = _("Un Formacode a cinq chiffres : « %(code)s » n'en est pas un.")
            raise forms.ValidationError(message, params={"code": wrong[0]})
        return codes

    def check(self) -> None:
        super().check()
        if Funding.CPF in self.cleaned_data.get("funding", []) and not self.cleaned_data.get("certification_code"):
            self.add_error("funding", _("Le CPF ne finance qu'une formation qui a un code RNCP ou RS : indiquez-le."))
        if "places" not in self.errors and not self.kept["places"]:
            communes = (place_index().commune(row["commune_id"] or "") for row in self.session_rows or [])
            self.kept["places"] = [place_row(place) for place in dict.fromkeys(communes) if place]

    def missing(self) -> Iterator[tuple[str | None, Any]]:
        yield from super().missing()
        ends = [row["ends_on"] for row in self.session_rows or []]
        if ends and max(ends) < timezone.localdate():
            yield None, OVER

    @cached_property
    def session_rows(self) -> list[dict[str, Any]] | None:
        """The columns of the sessions that stay, blank rows left out; None while one is wrong."""
        if not self.sessions.is_valid():
            return None
        rows = [form.cleaned_data for form in self.sessions if form.cleaned_data and not form.cleaned_data["DELETE"]]
        names = ("id", "starts_on", "ends_on", "modality", "places_left")
        return [{"commune_id": row["place"], **{name: row[name] for name in names}} for row in rows]

    def is_valid(self) -> bool:
        return super().is_valid() and self.session_rows is not None

    @property
    def content(self) -> Content:
        return replace(super().content, sessions=self.session_rows)

    def shown(self) -> dict[str, tuple[str, str]]:
        rows = ("  ".join(str(form[name].value() or "") for name in SHOWN) for form in self.sessions)
        return {**super().shown(), PREFIX: (str(_("Sessions")), "\n".join(row for row in rows if row.strip()))}

    @property
    def changed_data(self) -> list[str]:
        return [*super().changed_data, *([PREFIX] if self.sessions.has_changed() else [])]

    @property
    def slips(self) -> list[str]:
        return [*super().slips, *([str(_("Sessions"))] if self.session_rows is None else [])]


def _sessions_of(offer: Offer) -> list[dict[str, Any]]:
    index = place_index()
    return [
        {
            "id": session.pk,
            "starts_on": session.starts_on,
            "ends_on": session.ends_on,
            "modality": session.modality,
            "place": commune_words(session.commune_id, index),
            "places_left": session.places_left,
        }
        for session in offer.sessions.all()
    ]
