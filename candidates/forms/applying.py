from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.forms.uploads import CVField
from candidates.models import CV
from jobs.enums import OfferKind
from jobs.models import Offer
from medinjob.lib.fields import AddressField, LineField, LinesField

MESSAGE_HELP = gettext_lazy("Quelques lignes suffisent : ce qui vous plaît dans l'offre, ce que vous savez faire.")
REQUEST_HELP = gettext_lazy("Ce que vous voulez savoir : dates, financement, prérequis…")
SHORTEST_CAREER = 30


class ApplyForm(forms.Form):
    """A job asks for a CV or a career in words; a training for neither.

    `current_cv` goes out when no other file is given, unless `without_cv`.
    """

    use_required_attribute = False
    name = LineField(label=gettext_lazy("Votre nom"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    message = LinesField(
        label=gettext_lazy("Votre message"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=MESSAGE_HELP,
    )
    cv = CVField(label=gettext_lazy("CV"), required=False, help_text=gettext_lazy("PDF ou Word (.docx), 5 Mo au plus."))
    without_cv = forms.BooleanField(label=gettext_lazy("Ne pas joindre de CV"), required=False)
    career = LinesField(
        label=gettext_lazy("Votre parcours"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Sans CV : vos expériences et formations en quelques lignes."),
    )

    def __init__(self, *args: Any, offer: Offer, current_cv: CV | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_request = offer.kind == OfferKind.TRAINING
        self.current_cv = current_cv
        if self.is_request:
            self.fields["message"].required = True
            self.fields["message"].help_text = REQUEST_HELP
        if current_cv is None:
            del self.fields["without_cv"]
        else:
            self.fields["cv"].label = _("Un autre CV")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        has_cv = data.get("cv") or (self.current_cv and not data.get("without_cv"))
        if not self.is_request and "cv" not in self.errors and not has_cv:
            self._require_career(data.get("career", ""))
        return data

    def _require_career(self, career: str) -> None:
        if len(career.strip()) < SHORTEST_CAREER and "career" not in self.errors:
            self.add_error("career", _("Joignez un CV, ou décrivez votre parcours en quelques lignes."))


class DraftForm(ApplyForm):
    """Without an account: the same, and the address to which the link goes that sends it. `current_cv` is the file of
    the draft."""

    email = AddressField(
        label=gettext_lazy("Votre adresse e-mail"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("Nous y envoyons le lien pour relire et envoyer."),
    )
    field_order = ["name", "email", "cv", "without_cv", "career", "message"]


class CompleteForm(ApplyForm):
    """What an application made on the spot lacks: a CV, or a career in words."""

    def __init__(self, *args: Any, offer: Offer, current_cv: CV | None, **kwargs: Any) -> None:
        super().__init__(*args, offer=offer, current_cv=current_cv, **kwargs)
        del self.fields["name"], self.fields["message"]
