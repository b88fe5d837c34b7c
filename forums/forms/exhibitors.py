"""A stand: what a company asks, what staff answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import ExhibitorAction
from forums.models import Exhibitor
from jobs.models import Offer
from medinjob.lib.choices import RowsField
from medinjob.lib.fields import AddressField, LineField, LinesField, written_field

PEOPLE_MOST = 30
PEOPLE = "people"


class StandForm(forms.ModelForm):
    """`offers` are those that the company may show."""

    use_required_attribute = False

    offers = RowsField(
        Offer.objects.none(),
        label=_("Offres présentées"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Elles restent en ligne jusqu'à la fin de l'édition. Vous pourrez en changer."),
    )

    class Meta:
        formfield_callback = written_field
        model = Exhibitor
        fields = ("tables", "needs")
        widgets = {"tables": forms.NumberInput({"min": 1, "max": 10}), "needs": forms.Textarea({"rows": 3})}
        help_texts = {"needs": _("Électricité, écran, place pour un kakémono…")}

    def __init__(self, *args: Any, offers: Any, shown: Sequence[int] = (), **kwargs: Any) -> None:
        kwargs["initial"] = {"offers": list(shown)}
        super().__init__(*args, **kwargs)
        self.fields["offers"].queryset = offers  # type: ignore[attr-defined]
        if not offers:
            self.fields["offers"].help_text = _("Aucune offre en ligne ou en relecture : publiez-en une, puis revenez.")

    def clean_tables(self) -> int:
        tables: int = self.cleaned_data["tables"]
        if not 1 <= tables <= 10:
            raise forms.ValidationError(_("De 1 à 10 tables."))
        return tables

    def _post_clean(self) -> None:
        """The services write."""

    @property
    def fields_written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("tables", "needs")}


class PersonForm(forms.Form):
    template_name = "forums/edition/desk/row.html"
    use_required_attribute = False

    name = LineField(label=_("Nom"), max_length=120)
    email = AddressField(label=_("Adresse e-mail"), required=False)


People = forms.formset_factory(PersonForm, extra=0, max_num=PEOPLE_MOST, validate_max=True, can_delete=True)


def people_written(rows: Any) -> list[tuple[str, str]]:
    return [
        (form.cleaned_data["name"], form.cleaned_data["email"].lower())
        for form in rows
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


class StandDecision(forms.Form):
    """What staff decide; what each decision needs is checked by its service."""

    use_required_attribute = False

    action = forms.ChoiceField(label=_("Décision"), widget=forms.RadioSelect)
    stand = LineField(label=_("Numéro de stand"), max_length=12, required=False)
    tables = forms.IntegerField(label=_("Tables accordées"), min_value=1, max_value=100, required=False)
    reason = LinesField(label=_("Motif du refus"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, actions: Sequence[ExhibitorAction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action, _VERBS[action]) for action in actions]  # type: ignore[attr-defined]


_VERBS = {
    ExhibitorAction.ACCEPT: _("Accepter, ou changer le numéro de stand"),
    ExhibitorAction.PUT_ON_WAITING_LIST: _("Mettre en liste d'attente"),
    ExhibitorAction.REFUSE: _("Refuser"),
}
