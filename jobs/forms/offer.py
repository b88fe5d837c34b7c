"""The one posting form: what a job and a training share.

It is always judged as if the offer were published now. A draft keeps whatever is valid of it, so that an unfinished
form loses nothing: hence the three parts of a cleaned form: `kept`, the `slips` to correct, what is only missing.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.enums import ApplyBy
from jobs.forms.fields import AMBIGUOUS_PLACE, UNKNOWN_PLACE, Proposal, WordsField, read_places
from jobs.forms.written import initial_of, label_row, place_row
from jobs.models import Offer
from jobs.services.editing import Content
from jobs.wording import Remark, remarks
from medinjob.lib.choices import RowsField
from medinjob.lib.fields import LineField, LinesField, WebAddressField
from referentials.models import Sector
from referentials.selectors.occupations import occupation_index
from referentials.selectors.places import Place, place_index
from referentials.selectors.skills import SkillIndex

MISSING = _("Il manque : sans cela, l'offre ne peut pas être publiée.")


class NotedField(forms.BoundField):
    """A field of the posting page, with what is said beside it."""

    @property
    def remarks(self) -> list[Remark]:
        return self._form.remarks.get(self.name, [])

    @property
    def proposals(self) -> list[Proposal]:
        return self._form.proposals.get(self.name, []) if self.errors else []

    @property
    def _form(self) -> "OfferForm":
        return cast("OfferForm", self.form)


class OfferForm(forms.Form):
    """Give `offer` to edit one, loaded with its relations. `version` is the one that was read."""

    needed: ClassVar[tuple[str, ...]] = ("title", "occupations", "places", "text", "apply_by")
    details: ClassVar[tuple[str, ...]] = ()
    never_empty: ClassVar[frozenset[str]] = frozenset({"apply_by", "contract", "open_positions"})
    together: ClassVar[frozenset[str]] = frozenset()

    use_required_attribute = False
    bound_field_class = NotedField
    remarked: ClassVar[tuple[str, ...]] = ("title", "text")

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    title = LineField(
        label=_("Intitulé"),
        max_length=200,
        help_text=_("Comme les gens le cherchent, pour tout le monde : « Développeuse ou développeur Python (F/H) »."),
    )
    occupations = WordsField(
        label=_("Métiers"), most=5, max_length=1000, help_text=_("Un ou plusieurs, séparés par des virgules.")
    )
    places = WordsField(
        label=_("Lieux"), most=10, max_length=1000, help_text=_("Communes ou codes postaux, séparés par des virgules.")
    )
    skills = WordsField(
        label=_("Compétences"), most=25, max_length=3000, required=False, help_text=_("Séparées par des virgules.")
    )
    sectors = RowsField(
        Sector.objects.filter(active=True),
        label=_("Secteurs d'activité"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "inline"}),
    )
    text = LinesField(label=_("Description"), max_length=30_000, strip=True, widget=forms.Textarea({"rows": 16}))
    apply_by = forms.ChoiceField(
        label=_("Où postule-t-on ?"), choices=ApplyBy, widget=forms.RadioSelect({"class": "inline"})
    )
    apply_url = WebAddressField(
        label=_("Adresse de candidature"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Si c'est sur un autre site. Medinjob compte les clics pour vous."),
    )

    def __init__(self, *args: Any, offer: Offer | None = None, **kwargs: Any) -> None:
        if offer:
            kwargs["initial"] = initial_of(offer, self.details)
        super().__init__(*args, **kwargs)
        self.offer = offer
        # What `clean_…` understood, then all that is valid: what a draft writes.
        self.kept: dict[str, Any] = {}
        self.fields["apply_by"].initial = ApplyBy.HERE
        self._demand(True)
        self.proposals: dict[str, list[Proposal]] = {}

    def clean_occupations(self) -> list[str]:
        index = occupation_index()
        codes = {text: index.match(text) for text in self.cleaned_data["occupations"]}
        self.kept["occupations"] = list(dict.fromkeys(code for code in codes.values() if code))
        if unknown := [text for text, code in codes.items() if code is None]:
            self.proposals["occupations"] = [Proposal(text, label) for text in unknown for label in index.near(text)]
            message = _("« %(words)s » n'est pas dans le répertoire des métiers (ROME) : choisissez le plus proche.")
            raise forms.ValidationError(message, params={"words": ", ".join(unknown)}, code="unknown")
        return self.kept["occupations"]

    def clean_places(self) -> list[Place]:
        read = read_places(place_index(), self.cleaned_data["places"])
        unclear = list(dict.fromkeys(proposal.typed for proposal in read.ambiguous))
        self.kept["places"] = [*map(place_row, read.found), *map(label_row, [*read.unknown, *unclear])]
        self.proposals["places"] = [*read.ambiguous, *read.near]
        errors = [forms.ValidationError(UNKNOWN_PLACE, params={"place": text}) for text in read.unknown]
        errors += [forms.ValidationError(AMBIGUOUS_PLACE, params={"place": text}) for text in unclear]
        if errors:
            raise forms.ValidationError(errors)
        return read.found

    def clean_skills(self) -> list[str]:
        """Known skills; the other words stay this offer's own."""
        typed = self.cleaned_data["skills"]
        index = SkillIndex.load()
        self.kept["other_skills"] = [word for word in typed if index.match(word) is None]
        return index.find(typed)

    def clean(self) -> dict[str, Any]:
        self.check()
        self.kept = self.cleaned_data | self.kept
        # One wrong amount of a range beside the old other one could break the database's own rule: keep all or none.
        if not self.together <= self.kept.keys():
            self.kept = {name: value for name, value in self.kept.items() if name not in self.together}
        for name, message in self.missing():
            self.add_error(name, forms.ValidationError(message, code="missing"))
        return self.cleaned_data

    def check(self) -> None:
        """Add an error to what is wrong between fields: a draft does not keep it either."""
        if self.cleaned_data.get("apply_by") == ApplyBy.EXTERNAL and not self.cleaned_data.get("apply_url"):
            self.add_error("apply_url", _("Donnez l'adresse où l'on postule, ou choisissez « Sur Medinjob »."))

    def missing(self) -> Iterator[tuple[str | None, Any]]:
        """(field, what to say) for what publishing needs and is not there; a draft does without."""
        for name in self.needed:
            if name not in self.errors and not self.kept.get(name):
                yield name, MISSING

    def full_clean(self) -> None:
        """Nothing is required while the fields are read: what lacks must be told from what is wrong."""
        self.kept = {}
        self._demand(False)
        super().full_clean()
        self._demand(True)

    @property
    def slips(self) -> list[str]:
        """The labels of what could not be kept as typed, whatever else is missing."""
        wrong = [name for name, errors in self.errors.as_data().items() if any(e.code != "missing" for e in errors)]
        return [str(self.fields[name].label) for name in wrong if name in self.fields]

    @property
    def content(self) -> Content:
        """What can be written now; all of it when the form is valid."""
        self.is_valid()
        columns = ("title", "text", "other_skills", "apply_by", "apply_url")
        filled = {name: value for name, value in self.kept.items() if value or name not in self.never_empty}
        return Content(
            fields={name: filled[name] for name in columns if name in filled},
            details={name: filled[name] for name in self.details if name in filled},
            places=self.kept.get("places"),
            occupations=self.kept.get("occupations"),
            skills=self.kept.get("skills"),
            sectors=self.kept.get("sectors"),
        )

    @cached_property
    def remarks(self) -> dict[str, list[Remark]]:
        """Gentle remarks on what is in the `remarked` fields, right or wrong: they forbid nothing."""
        said: dict[str, list[Remark]] = {name: [] for name in self.remarked}
        for remark in self.all_remarks():
            said[remark.field].append(remark)
        return said

    @property
    def changed_data(self) -> list[str]:
        """Names of what is really different: "13100" says the same as "Aix-en-Provence (13)"."""
        return [name for name in super().changed_data if name != "version" and not self._says_the_same(name)]

    def shown(self) -> dict[str, tuple[str, str]]:
        """Name → label and what the field holds, in words: to show two versions side by side."""
        return {name: (str(self[name].label), _in_words(self[name])) for name in self.fields}

    def all_remarks(self) -> list[Remark]:
        """Also on what is refused for its length: then on as much of it as the field may hold."""
        title, text = (str(self[name].value() or "")[: _longest(self.fields[name])] for name in ("title", "text"))
        return remarks(title, text)

    def _says_the_same(self, name: str) -> bool:
        if self.offer is None or name in self.errors:
            return False
        if name == "places":
            rows = [(place.commune_id, place.commune_id or place.label) for place in self.offer.places.all()]
            return rows == [(row["commune_id"], row["commune_id"] or row["label"]) for row in self.kept["places"]]
        if name == "skills":
            known = {skill.pk for skill in self.offer.skills.all()}
            return known == set(self.kept["skills"]) and self.offer.other_skills == self.kept["other_skills"]
        codes = [occupation.pk for occupation in self.offer.occupations.all()]
        return name == "occupations" and set(codes) == set(self.kept["occupations"])

    def _demand(self, on: bool) -> None:
        for name in self.needed:
            self.fields[name].required = on


def _in_words(bound: forms.BoundField) -> str:
    value, choices = bound.value(), getattr(bound.field, "choices", None)
    if choices is None:
        return str("" if value is None else value).strip()
    wanted = {str(item) for item in (value if isinstance(value, (list, tuple)) else [value])}
    return ", ".join(str(label) for key, label in choices if str(key) in wanted)


def _longest(field: forms.Field) -> int:
    return cast("forms.CharField", field).max_length or 0
