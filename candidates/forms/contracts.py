from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from candidates.models import Application, Contract
from jobs.enums import ContractType, OfferKind
from medinjob.lib.fields import LineField

FACTS = ("type", "job_title", "signed_on", "starts_on")


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ContractForm(forms.Form):
    """What was signed."""

    use_required_attribute = False
    type = forms.ChoiceField(label=gettext_lazy("Contrat"), choices=ContractType)
    job_title = LineField(label=gettext_lazy("Poste"), max_length=200)
    signed_on = _day(gettext_lazy("Signé le"))
    starts_on = _day(gettext_lazy("Début"), required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class CorrectionForm(ContractForm):
    reason = LineField(
        label=gettext_lazy("Motif de la correction"),
        max_length=300,
        help_text=gettext_lazy("L'ancienne version reste lisible."),
    )


class CancellationForm(forms.Form):
    reason = LineField(label=gettext_lazy("Motif de l'annulation"), max_length=300)


def initial_for(application: Application) -> dict[str, Any]:
    """What the offer suggests."""
    offer = application.offer
    contract = offer.job.contract if offer.kind == OfferKind.JOB else ""
    return {"type": contract, "job_title": offer.title, "signed_on": timezone.localdate()}


def initial_of(contract: Contract) -> dict[str, Any]:
    return {name: getattr(contract, name) for name in FACTS}
