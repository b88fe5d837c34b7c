"""What staff write in the ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Attendee, Edition, Exhibitor
from ledger.forms.follow_up import ExhibitorField, FactsForm, day_field
from ledger.models import LedgerEntry
from medinjob.lib.fields import LineField

WHY = gettext_lazy("Motif")
DIGEST_LENGTH = 64


class HeardForm(forms.Form):
    """A day that is not to come."""

    use_required_attribute = False
    on = day_field(gettext_lazy("Date"), initial=timezone.localdate)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans le futur."))
        return on


class EntryForm(HeardForm, FactsForm):
    """A contract that staff heard of elsewhere than in a follow-up or on an application."""

    exhibitor = ExhibitorField(label=gettext_lazy("Entreprise"), queryset=Exhibitor.objects.none(), empty_label="–")
    person = LineField(
        label=gettext_lazy("Adresse e-mail de la personne"),
        max_length=254,
        help_text=gettext_lazy("Celle de son inscription à cette édition."),
    )
    source = LineField(label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Qui l'a dit, et comment."))
    field_order = ("exhibitor", "person", "type", "job_title", "signed_on", "starts_on", "source", "on")

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition
        among = edition.exhibitors.accepted().select_related("company").order_by("company__name")
        self.fields["exhibitor"].queryset = among  # type: ignore[attr-defined]

    def clean_person(self) -> Attendee:
        email = self.cleaned_data["person"].strip()
        attendee: Attendee | None = self.edition.attendees.filter(email__iexact=email).first() if email else None
        if attendee is None:
            raise forms.ValidationError(_("Personne n'est inscrit sous cette adresse à cette édition."))
        return attendee


class DocumentForm(HeardForm, FactsForm):
    """A document that was seen, and what it says."""

    nature = LineField(
        label=gettext_lazy("Nature du document"),
        max_length=120,
        help_text=gettext_lazy("Contrat, promesse d'embauche, bulletin de paie… La copie n'est pas gardée."),
    )
    digest = LineField(
        label=gettext_lazy("Empreinte SHA-256 du fichier"),
        max_length=DIGEST_LENGTH,
        required=False,
        help_text=gettext_lazy("Si c'est un fichier : ses 64 chiffres hexadécimaux."),
    )
    field_order = ("nature", "digest", "on", "type", "job_title", "signed_on", "starts_on")

    def clean_digest(self) -> str:
        digest: str = self.cleaned_data["digest"].strip().lower()
        if digest and (len(digest) != DIGEST_LENGTH or set(digest) - set("0123456789abcdef")):
            raise forms.ValidationError(_("Une empreinte SHA-256 a 64 chiffres hexadécimaux."))
        return digest


class DpaeForm(HeardForm):
    """The employer's declaration before hiring: who gives its number needs no paper."""

    number = LineField(label=gettext_lazy("Numéro de la DPAE"), max_length=40)
    field_order = ("number", "on")


class CorrectionForm(FactsForm):
    """What is right, and how it was settled."""

    reason = LineField(label=WHY, max_length=300)


class ReasonForm(forms.Form):
    use_required_attribute = False
    reason = LineField(label=WHY, max_length=300)


class CancelForm(HeardForm):
    """When it ended, before it began."""

    reason = LineField(label=WHY, max_length=300)


class RenewalForm(ReasonForm):
    """A renewal does not count."""

    renewal = forms.TypedChoiceField(
        label=gettext_lazy("Ce contrat"),
        choices=[("1", gettext_lazy("prolonge un contrat précédent")), ("0", gettext_lazy("est un contrat de plus"))],
        coerce=lambda value: value == "1",
    )


class MergeForm(ReasonForm):
    """The other entry of the same contract."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Le même contrat que"), queryset=LedgerEntry.objects.none(), empty_label="–"
    )
    field_order = ("into", "reason")

    def __init__(self, data: Any, *, among: Iterable[LedgerEntry]) -> None:
        super().__init__(data)
        field = self.fields["into"]
        field.queryset = among  # type: ignore[attr-defined]
        field.label_from_instance = _said  # type: ignore[attr-defined]


def _said(entry: LedgerEntry) -> str:
    return f"{entry.pk} · {entry.name or entry.person} · {entry.job_title} · {entry.signed_on:%d/%m/%Y}"
