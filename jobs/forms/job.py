from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.contradictions import contradictions
from jobs.enums import ContractType, EducationLevel, Experience, OfferKind, PayUnit, Remote
from jobs.forms.fields import EurosField
from jobs.forms.offer import OfferForm
from jobs.wording import Remark
from medinjob.lib.fields import LineField
from medinjob.lib.money import PLAUSIBLE

UNSAID = [("", _("Non précisé"))]
NO_PAY = _("Indiquez une rémunération, même large, ou dites pourquoi vous n'en donnez pas.")

ODD_PAY = _("Ce montant surprend pour cette unité : est-ce bien cela ?")


def level_field(label: Any) -> forms.TypedChoiceField:
    choices = [*UNSAID, *EducationLevel.choices]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class JobForm(OfferForm):
    kind = OfferKind.JOB
    asks = False
    """Something surprising waits for a yes."""
    needed = (*OfferForm.needed, "contract", "open_positions")
    remarked = (*OfferForm.remarked, "pay_unit")
    together = frozenset({"pay_min", "pay_max", "pay_unit"})
    details = (
        *("contract", "contract_months", "open_positions", "working_time", "remote", "starts_on"),
        *("pay_min", "pay_max", "pay_unit", "pay_text", "no_pay_reason", "experience", "level"),
    )

    contract = forms.ChoiceField(label=_("Contrat"), choices=ContractType)
    contract_months = forms.IntegerField(
        label=_("Durée en mois"), min_value=1, max_value=120, required=False, help_text=_("S'il a une fin.")
    )
    open_positions = forms.IntegerField(label=_("Postes ouverts"), min_value=1, max_value=500, initial=1)
    working_time = LineField(
        label=_("Temps de travail"), max_length=80, required=False, help_text=_("« 35 h », « 28 h sur quatre jours »…")
    )
    remote = forms.ChoiceField(label=_("Télétravail"), choices=[*UNSAID, *Remote.choices], required=False)
    starts_on = forms.DateField(
        label=_("Début"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vide : dès que possible."),
    )
    pay_min = EurosField(label=_("De (euros brut)"))
    pay_max = EurosField(label=_("À (euros brut)"))
    pay_unit = forms.ChoiceField(label=_("Unité"), choices=PayUnit, initial=PayUnit.YEAR, required=False)
    pay_text = LineField(
        label=_("Précisions"), max_length=300, required=False, help_text=_("Variable, avantages, tickets restaurant…")
    )
    no_pay_reason = LineField(
        label=_("Pourquoi ne pas l'indiquer ?"),
        max_length=300,
        required=False,
        help_text=_("Seulement si vous n'indiquez aucun montant. Lu par l'équipe de Medinjob, pas par les candidats."),
    )
    experience = forms.ChoiceField(label=_("Expérience"), choices=[*UNSAID, *Experience.choices], required=False)
    level = level_field(_("Niveau d'études"))
    sure = forms.BooleanField(label=_("Oui, ce qui est demandé plus haut est bien cela."), required=False)

    def check(self) -> None:
        super().check()
        low, high = self.cleaned_data.get("pay_min"), self.cleaned_data.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("Le second montant est plus petit que le premier."))
        if self._is_paid() and not self.cleaned_data.get("pay_unit"):
            self.add_error("pay_unit", _("Par heure, par jour, par mois ou par an ?"))

    def missing(self) -> Iterator[tuple[str | None, Any]]:
        yield from super().missing()
        wrong = self.errors.keys() & self.together
        if not wrong and not self._is_paid() and not self.kept.get("no_pay_reason"):
            yield "pay_min", NO_PAY
        found = list(contradictions(self.cleaned_data, timezone.localdate()))
        self.asks = any(each.asked for each in found)
        for each in found:
            if not (each.asked and self.cleaned_data.get("sure")):
                yield each.field, each.message

    def all_remarks(self) -> list[Remark]:
        """Also an amount that hardly fits its unit: a year's pay by month, a month's by year."""
        values = self.kept if self.is_bound else self.initial
        low, high = PLAUSIBLE.get(values.get("pay_unit") or "", (None, None))
        amounts = [values.get(name) for name in ("pay_min", "pay_max")]
        odd = low is not None and any(amount is not None and not low <= amount <= high for amount in amounts)
        return [*super().all_remarks(), *([Remark("pay_unit", "", ODD_PAY, serious=False)] if odd else [])]

    def _is_paid(self) -> bool:
        return any(self.cleaned_data.get(name) is not None for name in ("pay_min", "pay_max"))
