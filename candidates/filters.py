"""What an inbox may be asked."""

from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from candidates.enums import STAGES, ApplicationState, Channel, Stage
from candidates.models import Application, CandidateProfile
from candidates.selectors.profiles import near
from jobs.enums import ContractType, Experience, Remote
from jobs.filters.companies import CompanyFilterForm
from jobs.models import Offer
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import named
from referentials.enums import PlaceLevel
from referentials.selectors import Place, SkillIndex, within
from referentials.selectors.occupations import occupation_index

LONGEST_NUMBER = 9
RADII = (10, 20, 30, 50, 100)
USUAL_RADIUS = 30


def _offers_of(request: Any) -> QuerySet[Any]:
    """The offers that somebody answered, of the companies of who asks."""
    answered = Application.objects.filter(offer=OuterRef("pk"), forgotten_at=None)
    return Offer.objects.for_user(request.user).filter(Exists(answered)).order_by("title", "pk")


def _day(label: Any, lookup: str) -> filters.DateFilter:
    return filters.DateFilter("sent_at", f"date__{lookup}", label=label, widget=forms.DateInput({"type": "date"}))


class InboxFilter(filters.FilterSet):
    """Over `selectors.inbox.inbox`; newest first unless `sort=sent_at`."""

    stage = filters.ChoiceFilter(choices=Stage, method="at_stage", label=_("Étape"))
    q = LineFilter(method="holding", label=_("Chercher"), max_length=100)
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
            named(text, "name_folded")
            | Q(email__icontains=text)
            | Q(message__icontains=text)
            | Q(profile__headline__icontains=text)
            | Q(cv__text__icontains=text)
        )


class StaffApplicationFilter(filters.FilterSet):
    """Which application a message speaks of, from what is nobody's secret: its number, its offer, its company."""

    q = LineFilter(method="about", label=_("Numéro, offre ou entreprise"), max_length=100)
    state = filters.ChoiceFilter(choices=ApplicationState, label=_("État"), empty_label=_("Tous les états"))

    class Meta:
        model = Application
        fields: list[str] = []

    def about(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        found = named(text, "offer__title_folded", "company__name_folded")
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
            found |= Q(pk=int(text))
        return rows.filter(found)


class Chip(NamedTuple):
    """A filter in use, and the query string without it."""

    label: Any
    url: str


class ProfileFilterForm(CompanyFilterForm):
    """Words become a place, a ROME code, the slug of a skill."""

    def clean_occupation(self) -> str | None:
        text = self.cleaned_data["occupation"]
        code = occupation_index().match(text) if text else None
        if text and code is None:
            raise forms.ValidationError(_("Métier inconnu : choisissez dans la liste qui s'ouvre en tapant."))
        return code

    def clean_skill(self) -> str | None:
        text = self.cleaned_data["skill"]
        slug = SkillIndex.load().match(text) if text else None
        if text and slug is None:
            raise forms.ValidationError(_("Compétence inconnue : choisissez dans la liste qui s'ouvre en tapant."))
        return slug


class ProfileFilter(filters.FilterSet):
    """Over `selectors.profiles.shown_profiles`. The radius goes with a commune."""

    occupation = LineFilter("occupations", label=_("Métier"), max_length=200)
    skill = LineFilter("skills", label=_("Compétence"), max_length=100)
    place = LineFilter(method="located", label=_("Commune ou département"), max_length=100)
    radius = filters.ChoiceFilter(
        choices=[(str(km), f"{km} km") for km in RADII],
        method="within",
        label=_("Autour de la commune"),
        empty_label=f"{USUAL_RADIUS} km",
    )
    contract = filters.ChoiceFilter(
        choices=ContractType, method="wanting", label=_("Contrat souhaité"), empty_label=_("Tous les contrats")
    )
    experience = filters.ChoiceFilter(choices=Experience, label=_("Expérience"), empty_label=_("Toutes"))
    remote = filters.ChoiceFilter(choices=Remote, label=_("Télétravail"), empty_label=_("Indifférent"))
    available = filters.DateFilter(
        method="free_by", label=_("Disponible au plus tard le"), widget=forms.DateInput({"type": "date"})
    )

    class Meta:
        model = CandidateProfile
        form = ProfileFilterForm
        fields: list[str] = []

    @property
    def more(self) -> bool:
        """Is one of those in use that are folded away?"""
        return any(self.form[name].value() for name in ("contract", "experience", "remote", "available"))

    @property
    def chips(self) -> list[Chip]:
        """Those that are wrong do not count."""
        self.form.is_valid()
        used = self.form.cleaned_data.items()
        return [self._chip(name, value) for name, value in used if value and name != "radius"]

    @property
    def km(self) -> int:
        return int(self.form.cleaned_data.get("radius") or USUAL_RADIUS)

    def located(self, rows: QuerySet[Any], _name: str, place: Place) -> QuerySet[Any]:
        if place.level == PlaceLevel.COMMUNE:
            return near(rows, place, self.km)
        return rows.filter(within(place))

    def within(self, rows: QuerySet[Any], _name: str, _km: int) -> QuerySet[Any]:
        """A radius alone asks nothing: `located` reads it."""
        return rows

    def wanting(self, rows: QuerySet[Any], _name: str, contract: str) -> QuerySet[Any]:
        """`contracts` is JSON: as text, a quoted value is found alike by every database."""
        return rows.annotate(wanted=Cast("contracts", TextField())).filter(wanted__contains=f'"{contract}"')

    def free_by(self, rows: QuerySet[Any], _name: str, day: Any) -> QuerySet[Any]:
        """Who gives no date may be free."""
        return rows.filter(Q(available_on__lte=day) | Q(available_on=None))

    def _chip(self, name: str, value: Any) -> Chip:
        field = self.form.fields[name]
        label = dict(getattr(field, "choices", ())).get(value) or self.form[name].value()
        if name == "place" and value.level == PlaceLevel.COMMUNE:
            label = f"{value.label} · {self.km} km"
        elif name == "available":
            label = _("Disponible le %(day)s") % {"day": date_format(value, "j F Y")}
        left = self.data.copy()
        for gone in (name, "page", *(["radius"] if name == "place" else [])):
            left.pop(gone, None)
        return Chip(label, f"?{left.urlencode()}")
