"""What one side says of those it met: one small form a line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import CONTRACT_START_AFTER, CONTRACT_START_BEFORE
from forums.models import Attendee, Edition, Exhibitor
from jobs.enums import ContractType
from ledger.declarations import Facts
from ledger.enums import AnswerSource, Outcome
from ledger.models import FollowUp
from ledger.selectors.follow_up import Met
from ledger.services.follow_up import Answer
from medinjob.lib.fields import AddressField, LineField

OUTCOMES = [(value, label) for value, label in Outcome.choices if value != Outcome.NO_NEWS]
BY_STAFF = [(source.value, source.label) for source in (AnswerSource.PHONE, AnswerSource.MAIL, AnswerSource.PAPER)]


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class FactsForm(forms.Form):
    """What was signed. `earliest`: the first day on which it may have been."""

    use_required_attribute = False
    earliest: date | None = None
    type = forms.ChoiceField(label=gettext_lazy("Contrat"), choices=[("", "–"), *ContractType.choices])
    job_title = LineField(label=gettext_lazy("Poste"), max_length=200)
    signed_on = day_field(gettext_lazy("Signé le"))
    starts_on = day_field(gettext_lazy("Début"), required=False)

    @property
    def facts(self) -> Facts:
        names = ("type", "job_title", "signed_on", "starts_on")
        return Facts(**{name: self.cleaned_data[name] for name in names})

    def clean_signed_on(self) -> date | None:
        signed_on: date | None = self.cleaned_data["signed_on"]
        if signed_on and signed_on > timezone.localdate():
            raise forms.ValidationError(_("La date de signature ne peut pas être dans le futur."))
        if signed_on and self.earliest and signed_on < self.earliest:
            raise forms.ValidationError(_("La signature ne peut pas précéder le forum."))
        return signed_on

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        signed_on, starts_on = data.get("signed_on"), data.get("starts_on")
        if signed_on and starts_on and not CONTRACT_START_BEFORE >= signed_on - starts_on >= -CONTRACT_START_AFTER:
            said = _("Le début doit se situer entre un mois avant la signature et un an après : vérifiez l'année.")
            self.add_error("starts_on", said)
        return data


class MetForm(FactsForm):
    """One person, or one company, that was met; its contract is asked for only when somebody was hired."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Où en est-on ?"),
        choices=OUTCOMES,
        required=False,
        widget=forms.RadioSelect({"class": "inline"}),
    )
    renewal = forms.BooleanField(
        label=gettext_lazy("Ce contrat en prolonge un autre, déjà signé avec cette personne"), required=False
    )
    field_order: tuple[str, ...] = ("outcome", "type", "job_title", "signed_on", "starts_on", "renewal")

    def __init__(self, data: Any, *, line: Met, earliest: date, prefix: str = "") -> None:
        prefix = prefix or f"{line.exhibitor.pk}-{line.attendee.pk}"
        super().__init__(data, initial=_initial(line), prefix=prefix)
        self.line, self.earliest = line, earliest
        for name in ("type", "job_title", "signed_on"):
            self.fields[name].required = self.is_hiring

    @property
    def is_hiring(self) -> bool:
        return self.data.get(self.add_prefix("outcome")) == Outcome.HIRED

    def answer(self, silent: Outcome | None) -> Answer | None:
        """`silent`: what is said of a line that was left blank."""
        pair: dict[str, Any] = {"exhibitor": self.line.exhibitor, "attendee": self.line.attendee}
        if not self.cleaned_data.get("outcome"):
            return Answer(**pair, outcome=silent) if silent and not self.line.is_settled else None
        if not self.is_hiring:
            return Answer(**pair, outcome=Outcome(self.cleaned_data["outcome"]))
        renewal = True if self.cleaned_data["renewal"] else None
        return Answer(**pair, outcome=Outcome.HIRED, facts=self.facts, renewal=renewal)

    def clean(self) -> dict[str, Any]:
        if self.is_hiring:
            return super().clean()
        # What is typed below another answer is left alone.
        for name in ("type", "job_title", "signed_on", "starts_on"):
            self.errors.pop(name, None)
        return self.cleaned_data


class ExhibitorField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.company.name)


class OtherForm(MetForm):
    """A company that a person met, or that hired them, though no badge was read there."""

    exhibitor = ExhibitorField(
        label=gettext_lazy("Entreprise"), queryset=Exhibitor.objects.none(), required=False, empty_label="–"
    )
    field_order = ("exhibitor", *MetForm.field_order)

    def __init__(self, data: Any, *, attendee: Attendee, among: Any, earliest: date) -> None:
        super().__init__(data, line=Met(Exhibitor(), attendee, ""), earliest=earliest, prefix="other")
        self.fields["exhibitor"].queryset = among  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("outcome") and not data.get("exhibitor"):
            self.add_error("exhibitor", _("De quelle entreprise s'agit-il ?"))
        elif data.get("exhibitor") and not data.get("outcome"):
            self.add_error("outcome", _("Où en est-on avec cette entreprise ?"))
        else:
            self.line.exhibitor = data.get("exhibitor") or self.line.exhibitor
        return data


class FollowUpForm:
    """All the lines of one page. `data` is None on GET."""

    def __init__(self, data: Mapping[str, Any] | None, *, follow_up: FollowUp, met: Sequence[Met]) -> None:
        edition: Edition = follow_up.date.edition
        first_day = edition.event.starts_on
        self.lines: list[MetForm] = [MetForm(data, line=line, earliest=first_day) for line in met]
        self.other: OtherForm | None = None
        if follow_up.attendee:
            among = Exhibitor.objects.accepted().filter(edition=edition).select_related("company")
            among = among.exclude(pk__in=[line.exhibitor.pk for line in met]).order_by("company__name")
            self.other = OtherForm(data, attendee=follow_up.attendee, among=among, earliest=first_day)
        self.silent = Outcome.NO_NEWS if data and "others" in data else None

    def __iter__(self) -> Iterator[MetForm]:
        return iter(self.lines)

    @property
    def all_forms(self) -> list[MetForm]:
        return [*self.lines, *([self.other] if self.other else [])]

    def is_valid(self) -> bool:
        """Every line is read, so that each error shows."""
        return not [form for form in self.all_forms if not form.is_valid()]

    @property
    def answers(self) -> list[Answer]:
        lines = [form.answer(self.silent) for form in self.lines]
        other = self.other.answer(None) if self.other else None
        return [said for said in (*lines, other) if said]


class StaffSourceForm(forms.Form):
    """Where and when the team heard it."""

    use_required_attribute = False
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=BY_STAFF)
    said_on = day_field(gettext_lazy("Dit le"), initial=timezone.localdate)

    def clean_said_on(self) -> date:
        said_on: date = self.cleaned_data["said_on"]
        if said_on > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans le futur."))
        return said_on


class ReportedForm(forms.Form):
    """Somebody met whose badge was not read."""

    use_required_attribute = False
    name = LineField(label=gettext_lazy("Nom"), max_length=120)
    email = AddressField(label=gettext_lazy("Adresse e-mail"), required=False)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class AttendeeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.email}"


class MatchForm(forms.Form):
    """Which registered person it is, among those that were found."""

    use_required_attribute = False
    attendee = AttendeeField(
        label=gettext_lazy("C'est cette personne"),
        queryset=Attendee.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez une personne."),
            "invalid_choice": gettext_lazy("Choisissez une personne de la liste."),
        },
    )

    def __init__(self, data: Any, *, among: Any) -> None:
        super().__init__(data)
        self.fields["attendee"].queryset = among  # type: ignore[attr-defined]


def _initial(line: Met) -> dict[str, Any]:
    """The latest word of this side, to go on from it; "no news" is asked again."""
    said = line.answer
    if said is None or said.outcome == Outcome.NO_NEWS:
        return {}
    facts = {"type": said.contract, "job_title": said.job_title, "signed_on": said.signed_on}
    return {"outcome": said.outcome, "starts_on": said.starts_on, **facts}
