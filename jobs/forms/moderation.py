"""What staff decide, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.enums import ReportOutcome, ReportReason
from jobs.models import Offer, OfferReport, ReasonTemplate
from jobs.transitions import TRANSITIONS
from medinjob.lib.fields import LinesField, written_field

NO_REASON = _("Choisissez un motif, ou écrivez-en un : il est envoyé.")


class ReasonForm(forms.Form):
    """A template, free words, or both: `reason` is what is sent."""

    use_required_attribute = False

    template = forms.ModelChoiceField(
        ReasonTemplate.objects.all(), label=_("Motif"), required=False, empty_label=_("Aucun motif tout prêt")
    )
    words = LinesField(label=_("Précisions"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    reason = ""

    def clean(self) -> dict[str, Any]:
        template, words = self.cleaned_data.get("template"), self.cleaned_data.get("words", "")
        self.reason = "\n\n".join(part for part in (template.text if template else "", words) if part)
        if not self.reason and not self.errors:
            self.add_error("words", NO_REASON)
        return self.cleaned_data


class ReportForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = OfferReport
        fields = ("reason", "message", "email")
        widgets = {"reason": forms.RadioSelect, "message": forms.Textarea({"rows": 5})}
        help_texts = {
            "message": _("Ce que vous avez vu. N'y mettez pas de données personnelles."),
            "email": _("Facultative : pour recevoir l'accusé de réception et la décision, puis elle est effacée."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = ReportReason.choices  # type: ignore[attr-defined]  # no blank choice

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == ReportReason.OTHER and not self.cleaned_data.get("message"):
            self.add_error("message", _("Dites en quelques mots ce qui ne va pas."))
        return self.cleaned_data


class DecisionForm(ReasonForm):
    """What to make of an offer's reports; only what its state allows is offered."""

    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("Décision"), widget=forms.RadioSelect, choices=ReportOutcome)
    field_order = ("outcome", "template", "words")

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = {outcome for outcome in (ReportOutcome.REJECT, ReportOutcome.WITHDRAW) if _may(outcome, offer)}
        wanted = [ReportOutcome.DISMISS, *(o for o in ReportOutcome if o in (moves or {ReportOutcome.NOTE}))]
        self.fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in wanted]  # type: ignore[attr-defined]


def _may(outcome: ReportOutcome, offer: Offer) -> bool:
    return offer.state in TRANSITIONS[outcome][0]


Reasons = forms.modelformset_factory(
    ReasonTemplate,
    fields=("title", "text"),
    widgets={"text": forms.Textarea({"rows": 2})},
    extra=1,
    max_num=50,
    can_delete=True,
)
