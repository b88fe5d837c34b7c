from django import forms
from django.utils.translation import gettext_lazy as _

from medinjob.lib.fields import written_field
from reports.models import AuditLink

LONGEST_DAYS = 365
LARGEST_SAMPLE = 50


class AuditLinkForm(forms.ModelForm):
    """To whom a link is given, and for how long."""

    use_required_attribute = False
    days = forms.IntegerField(label=_("Valable, en jours"), min_value=1, max_value=LONGEST_DAYS, initial=30)

    class Meta:
        formfield_callback = written_field
        model = AuditLink
        fields = ("name", "email")


class SampleForm(forms.Form):
    use_required_attribute = False
    size = forms.IntegerField(
        label=_("Contrats à vérifier en détail"),
        help_text=_("Tirés au sort, une seule fois pour ce lien ; le tirage est enregistré."),
        min_value=1,
        max_value=LARGEST_SAMPLE,
        initial=10,
    )
