"""The gallery: every component with made-up content, to look at and for the browser tests. Not served in production."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from jobs.enums import ContractType, OfferKind, OfferState, Remote
from medinjob.lib.fields import LineField, LinesField


class ExampleForm(forms.Form):
    """One field of each kind that our forms use."""

    title = LineField(label="Intitulé", max_length=80, help_text="Ce que la personne fera, sans sigle.")
    contract = forms.ChoiceField(label="Contrat", choices=[("", "—"), *ContractType.choices])
    place = LineField(label="Lieu", required=False)
    starts_on = forms.DateField(label="Début", required=False, widget=forms.DateInput({"type": "date"}))
    pay = forms.IntegerField(label="Rémunération annuelle", min_value=0, required=False)
    remote = forms.ChoiceField(
        label="Télétravail", choices=Remote.choices, widget=forms.RadioSelect({"class": "inline"})
    )
    skills = forms.MultipleChoiceField(
        label="Compétences",
        choices=[("python", "Python"), ("sql", "SQL"), ("linux", "Linux")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = LinesField(label="Description", widget=forms.Textarea, help_text="Markdown simple.")
    logo = forms.FileField(label="Logo", required=False)
    agreed = forms.BooleanField(label="Ces informations sont exactes")


@dataclass
class ExampleOffer:
    """The attributes that the offer card reads."""

    id: int
    title: str
    employer_name: str
    place_label: str
    slug: str = "exemple"
    kind: str = OfferKind.JOB
    title_html: str = ""
    excerpt_html: str = ""
    company: None = None
    distance_km: float | None = None
    more_places: int = 0
    published_at: datetime = field(default_factory=timezone.now)
    contract_label: Any = ""
    remote: str = ""
    remote_label: Any = ""
    pay_min: float | None = None
    pay_max: float | None = None
    pay_unit: str = ""
    pay_yearly_min: int | None = None
    pay_yearly_max: int | None = None
    hours: int | None = None
    modality: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    price: float | None = None
    next_session: Any = None


def example_offers() -> list[ExampleOffer]:
    now = timezone.now()
    return [
        ExampleOffer(
            1,
            "Développeuse ou développeur Python / Django",
            "Atelier Calanque",
            "Marseille 2e (13)",
            title_html=mark_safe("Développeuse ou développeur <mark>Python</mark> / Django"),
            excerpt_html=mark_safe(
                "Vous ferez évoluer la réservation : API <mark>Python</mark>, tests, une mise en production par semaine"
            ),
            distance_km=4.2,
            contract_label=ContractType.CDI.label,
            remote=Remote.PARTIAL,
            remote_label=Remote.PARTIAL.label,
            pay_min=42000,
            pay_max=50000,
            pay_unit="year",
        ),
        ExampleOffer(
            2,
            "Développeur web et données",
            "Garlaban Formation",
            "Aubagne (13)",
            kind=OfferKind.TRAINING,
            distance_km=17,
            published_at=now - timedelta(days=6),
            hours=420,
            modality=("mixed",),
            funding=("region", "cpf"),
            next_session=(now + timedelta(days=50)).date(),
            excerpt_html="De Python aux bases de données, en 12 semaines, avec un projet d’entreprise.",
        ),
        ExampleOffer(
            3,
            "Administratrice ou administrateur de systèmes et de réseaux pour une plateforme d’hébergement",
            "",
            "Provence-Alpes-Côte d’Azur",
            published_at=now - timedelta(days=90),
            contract_label=ContractType.PROFESSIONALISATION.label,
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.GALLERY:
        raise Http404
    form = ExampleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        messages.success(request, "Enregistré.")
    context = {
        "form": form,
        "offers": example_offers(),
        "states": OfferState.choices,
        "sort": request.GET.get("sort", "title"),
        "facts": [("Contrat", "CDI"), ("Salaire", "42 000 à 50 000 € par an"), ("Vide", ""), ("Postes", 2)],
        "rows": [("CDI", 24), ("Apprentissage", 9), ("CDD", 6), ("Professionnalisation", 3), ("Intérim", 0)],
        "formset": forms.formset_factory(SessionForm, extra=1, can_delete=True)(prefix="sessions"),
    }
    return render(request, "pages/gallery.html", context)


class SessionForm(forms.Form):
    starts_on = forms.DateField(label="Début", required=False, widget=forms.DateInput({"type": "date"}))
    places = forms.IntegerField(label="Places", required=False, min_value=0)
