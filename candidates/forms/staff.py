from django import forms
from django.utils.translation import gettext_lazy as _

from medinjob.lib.fields import LineField


class ReasonForm(forms.Form):
    reason = LineField(
        label=_("Pourquoi lire ces messages"),
        help_text=_("La personne verra ce motif, la date et que l’équipe a lu."),
        min_length=10,
        max_length=300,
    )
