from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.enums import Frequency
from medinjob.lib.fields import LineField


class SavedSearchForm(forms.Form):
    label = LineField(label=_("Nom de l’alerte"), max_length=120)
    frequency = forms.ChoiceField(
        label=_("Quand nous écrire"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.DAILY
    )
