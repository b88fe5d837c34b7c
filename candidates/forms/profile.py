from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.models import CandidateProfile
from jobs.enums import ContractType, Experience, Remote
from jobs.forms.fields import AMBIGUOUS_PLACE, UNKNOWN_PLACE, WordsField, read_places
from jobs.forms.written import commune_words
from medinjob.lib.fields import LineField, LinesField
from referentials.selectors.occupations import OccupationIndex
from referentials.selectors.places import place_index
from referentials.selectors.skills import SkillIndex

UNSAID = [("", gettext_lazy("Non précisé"))]
SIMPLE = ("headline", "distance_km", "contracts", "experience", "remote", "available_on", "career")
SEPARATED = gettext_lazy("Séparées par des virgules.")


class ProfileForm(forms.Form):
    """One's work in a few lines. Nothing about age, family, origin or looks is asked."""

    use_required_attribute = False
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    headline = LineField(
        label=gettext_lazy("En une ligne"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Par exemple : « Développeuse web, cinq ans d'expérience »."),
    )
    occupations = WordsField(
        label=gettext_lazy("Métiers recherchés"),
        most=5,
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Jusqu'à cinq, séparés par des virgules."),
    )
    skills = WordsField(
        label=gettext_lazy("Compétences"), most=40, max_length=3000, required=False, help_text=SEPARATED
    )
    place = LineField(
        label=gettext_lazy("Près de"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Votre commune ou son code postal."),
    )
    distance_km = forms.IntegerField(label=gettext_lazy("Jusqu'à (km)"), min_value=0, max_value=1000, required=False)
    contracts = forms.MultipleChoiceField(
        label=gettext_lazy("Contrats souhaités"),
        choices=ContractType,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "inline"}),
    )
    experience = forms.ChoiceField(
        label=gettext_lazy("Expérience"), choices=[*UNSAID, *Experience.choices], required=False
    )
    remote = forms.ChoiceField(label=gettext_lazy("Télétravail"), choices=[*UNSAID, *Remote.choices], required=False)
    available_on = forms.DateField(
        label=gettext_lazy("Disponible à partir du"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    career = LinesField(
        label=gettext_lazy("Parcours"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("Il tient lieu de CV quand vous n'en joignez pas."),
    )

    def clean_occupations(self) -> list[str]:
        index = OccupationIndex.load()
        typed = self.cleaned_data["occupations"]
        if unknown := [text for text in typed if index.match(text) is None]:
            near = [label for text in unknown for label in index.near(text)]
            message = _("« %(words)s » n'est pas dans le répertoire des métiers. %(near)s")
            hint = _("Peut-être : %(labels)s.") % {"labels": " · ".join(near)} if near else ""
            raise forms.ValidationError(message, params={"words": ", ".join(unknown), "near": hint})
        return [code for text in typed if (code := index.match(text))]

    def clean_skills(self) -> list[str]:
        typed = self.cleaned_data["skills"]
        index = SkillIndex.load()
        if unknown := [text for text in typed if index.match(text) is None]:
            message = _(
                "Nous ne connaissons pas : %(words)s. Choisissez dans la liste, ou dites-le dans votre parcours."
            )
            raise forms.ValidationError(message, params={"words": ", ".join(unknown)})
        return index.find(typed)

    def clean_place(self) -> str | None:
        """The INSEE code of one commune, or None."""
        typed = self.cleaned_data["place"].strip()
        if not typed:
            return None
        read = read_places(place_index(), [typed])
        if read.ambiguous:
            labels = " · ".join(proposal.label for proposal in read.ambiguous)
            message = f"{AMBIGUOUS_PLACE % {'place': typed}} {labels}"
            raise forms.ValidationError(message)
        communes = [place.code for place in read.found if place.is_commune]
        if not communes:
            raise forms.ValidationError(UNKNOWN_PLACE, params={"place": typed})
        return communes[0]

    @property
    def facts(self) -> dict[str, Any]:
        """The plain fields of a valid form, as `services.profiles.save_profile` takes them."""
        return {name: self.cleaned_data[name] for name in SIMPLE} | {"commune_id": self.cleaned_data["place"]}


def initial_of(profile: CandidateProfile) -> dict[str, Any]:
    return {
        **{name: getattr(profile, name) for name in (*SIMPLE, "version")},
        "occupations": [occupation.label for occupation in profile.occupations.order_by("label")],
        "skills": [skill.label for skill in profile.skills.order_by("label")],
        "place": commune_words(profile.commune_id, place_index()),
    }
