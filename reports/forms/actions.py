"""What is funded: its budget, its grants, and figures that others declared."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from forums.models import Action, BudgetLine, DeclaredFigure, Event, Grant
from medinjob.lib.fields import written_field
from reports.indicators.catalogue import INDICATORS

ROW = "forums/edition/desk/row.html"


def _date() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ActionForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = Action
        fields = ("name", "year", "budget_forecast", "budget_actual", "cost_key")

    def clean(self) -> dict[str, Any]:
        """The slug ends in the year and stays once given."""
        if not self.instance.pk and not self.errors:
            base = f"{slugify(self.cleaned_data['name'])[:70] or 'action'}-{self.cleaned_data['year']}"
            if Action.objects.filter(slug=base).exists():
                self.add_error("name", _("Une action de cette année porte déjà ce nom."))
            self.instance.slug = base
        return self.cleaned_data


class GrantForm(forms.ModelForm):
    template_name = ROW
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = Grant
        fields = ("funder", "file_number", "asked", "granted", "paid", "base", "rounding", "audit_until")
        widgets = {"audit_until": _date()}


class BudgetLineForm(forms.ModelForm):
    template_name = ROW
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = BudgetLine
        fields = ("side", "account", "label", "forecast", "actual")


class EventForm(forms.ModelForm):
    """A sibling event of an edition, or the share of the cost of an edition."""

    template_name = ROW
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = Event
        fields = ("name", "slug", "starts_on", "ends_on", "cost_share")
        widgets = {"starts_on": _date(), "ends_on": _date()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "edition"):  # its own page changes these
            for name in ("name", "slug", "starts_on", "ends_on"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("La fin vient avant le début."))
        share = self.cleaned_data.get("cost_share")
        if share is not None and not Decimal(0) <= share <= Decimal(100):
            self.add_error("cost_share", _("Un pourcentage, de 0 à 100."))
        return self.cleaned_data


class FigureForm(forms.ModelForm):
    template_name = ROW
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = DeclaredFigure
        fields = ("indicator", "label", "value", "source", "declared_on")
        widgets = {"declared_on": _date()}

    indicator = forms.ChoiceField(label=_("Indicateur"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(indicator.slug, indicator.label) for indicator in INDICATORS.values()]
        self.fields["indicator"].choices = [("", _("Aucun : un chiffre à part")), *known]  # type: ignore[attr-defined]


class _FigureFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        given = [row["indicator"] for row in kept if row.get("indicator")]
        if len(given) > len(set(given)):
            raise forms.ValidationError(_("Un indicateur n'a qu'un chiffre déclaré : corrigez le doublon."))


def _rows(parent: Any, model: Any, form: Any, most: int, **options: Any) -> Any:
    return forms.inlineformset_factory(parent, model, form=form, extra=0, max_num=most, validate_max=True, **options)


Grants = _rows(Action, Grant, GrantForm, 30)
BudgetLines = _rows(Action, BudgetLine, BudgetLineForm, 80)
Events = _rows(Action, Event, EventForm, 30, can_delete=False)
Figures = _rows(Event, DeclaredFigure, FigureForm, 60, formset=_FigureFormSet)
