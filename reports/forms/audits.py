from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.models import Edition
from medinjob.lib.fields import LineField, written_field
from reports.enums import Verdict
from reports.models import AuditLink, Snapshot
from reports.selectors.audits import Size

LONGEST_DAYS = 365
LARGEST_NUMBER = 10**15


class SnapshotField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{date_format(localtime(obj.as_of), 'SHORT_DATETIME_FORMAT')} · {obj.sha256[:12]}"


class AuditLinkForm(forms.ModelForm):
    """To whom a link is given, to which frozen report, and for how long."""

    use_required_attribute = False
    snapshot = SnapshotField(label=_("Bilan figé"), queryset=Snapshot.objects.none(), empty_label=None)
    days = forms.IntegerField(label=_("Valable, en jours"), min_value=1, max_value=LONGEST_DAYS, initial=30)

    class Meta:
        formfield_callback = written_field
        model = AuditLink
        fields = ("name", "email", "snapshot")

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        self.fields["snapshot"].queryset = edition.snapshots.defer("body", "detail")  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """The number that decides of a draw, and how sure to be."""

    use_required_attribute = False
    number = forms.IntegerField(
        label=_("Votre nombre"),
        help_text=_(
            "Choisissez-le maintenant : le bilan est déjà figé, personne d’autre que vous ne décide du tirage."
        ),
        min_value=0,
        max_value=LARGEST_NUMBER,
    )
    size = forms.TypedChoiceField(label=_("Borne voulue"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, sizes: Sequence[Size]) -> None:
        super().__init__(data)
        self.fields["size"].choices = [(str(one.size), _bound(one)) for one in sizes]  # type: ignore[attr-defined]
        self.fields["size"].initial = str(sizes[0].size) if sizes else ""


class VerdictForm(forms.Form):
    use_required_attribute = False
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = LineField(label=_("Motif"), max_length=300, help_text=_("Ce que vous avez vu, ou à qui vous avez parlé."))


class AuditAnswerForm(forms.Form):
    use_required_attribute = False
    text = LineField(label=_("Votre réponse"), max_length=300)


def _bound(one: Size) -> str:
    """What the draw says when none of it is false."""
    drawn = ngettext("%(n)s contrat à vérifier", "%(n)s contrats à vérifier", one.size) % {"n": one.size}
    real = ngettext("au moins %(n)s réel", "au moins %(n)s réels", one.real) % {"n": one.real}
    return _("%(drawn)s : si aucun n’est faux, %(real)s") % {"drawn": drawn, "real": real}
