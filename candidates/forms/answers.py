from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import BULK_LIMIT, AnswerAction
from candidates.models import AnswerTemplate, Application
from companies.models import Company
from medinjob.lib.fields import LineField, LinesField, written_field

MOVED = gettext_lazy("Quelqu'un a fait avancer cette candidature entre-temps : relisez-la avant de répondre.")


class MoveForm(forms.Form):
    """A step whose page showed the state `before`: one that has moved since is looked at again first."""

    before = LineField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.fields["before"].initial = application.state

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("before") != self.application.state:
            self.add_error(None, MOVED)
        return self.cleaned_data


class AnswerForm(MoveForm):
    """An answer of the company, with its words: a refusal needs them."""

    action = forms.ChoiceField(choices=AnswerAction, widget=forms.HiddenInput)
    text = LinesField(
        label=gettext_lazy("Votre message"), max_length=2000, required=False, widget=forms.Textarea({"rows": 7})
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        return _needing_words(self)


class WithdrawForm(MoveForm):
    text = LinesField(
        label=gettext_lazy("Un mot pour l'entreprise"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Facultatif."),
    )


class BulkAnswerForm(forms.Form):
    """The same answer to several; `{candidat}`, `{offre}` and `{entreprise}` are replaced for each."""

    action = forms.ChoiceField(label=gettext_lazy("Réponse"), choices=AnswerAction)
    ids = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Cochez d'abord des candidatures.")}
    )
    text = LinesField(
        label=gettext_lazy("Votre message"), max_length=2000, required=False, widget=forms.Textarea({"rows": 9})
    )

    def __init__(self, *args: Any, rows: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ids"].choices = [(row.pk, row.pk) for row in rows]  # type: ignore[attr-defined]

    def clean_ids(self) -> list[int]:
        ids: list[int] = self.cleaned_data["ids"]
        if len(ids) > BULK_LIMIT:
            raise forms.ValidationError(_("Cent candidatures à la fois au plus."))
        return ids

    def clean(self) -> dict[str, Any]:
        return _needing_words(self)


class MessageForm(forms.Form):
    text = LinesField(label=gettext_lazy("Message"), max_length=4000, widget=forms.Textarea({"rows": 4}))


class NoteForm(forms.Form):
    text = LinesField(
        label=gettext_lazy("Note interne"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Lue par les membres de l'entreprise. La personne candidate peut la demander : elle fait partie de ses"
            " données (RGPD). Écrivez des faits utiles au recrutement, rien d'autre."
        ),
    )


class TemplateForm(forms.ModelForm):
    """An answer's words; a member of several companies says for which."""

    class Meta:
        formfield_callback = written_field
        model = AnswerTemplate
        fields = ("company", "action", "label", "text")
        widgets = {"text": forms.Textarea({"rows": 9})}
        help_texts = {
            "text": gettext_lazy(
                "{candidat}, {offre} et {entreprise} sont remplacés par les noms au moment de l'envoi."
            )
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = Company.objects.for_user(user).order_by("name", "pk")
        field: Any = self.fields["company"]
        field.queryset = companies
        field.label = _("Entreprise")
        field.initial = companies.first()


def _needing_words(form: forms.Form) -> dict[str, Any]:
    data = form.cleaned_data
    if data.get("action") == AnswerAction.REFUSE and not data.get("text", "").strip() and "text" not in form.errors:
        form.add_error("text", _("Donnez un motif : il est montré à la personne candidate."))
    return data
