from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import BLANK_BADGES_MOST, AttendeeKind
from medinjob.lib.fields import AddressField, LineField


class VisitorForm(forms.Form):
    """Who comes without an account."""

    name = LineField(label=_("Prénom et nom"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = AddressField(
        label=_("Adresse e-mail"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Un lien y confirme l'inscription ; votre badge y arrive ensuite."),
    )
    kind = forms.ChoiceField(
        label=_("Vous venez"),
        choices=[
            (AttendeeKind.CANDIDATE, _("pour un emploi, un stage ou une formation")),
            (AttendeeKind.VISITOR, _("en visite")),
        ],
        widget=forms.RadioSelect,
        initial=AttendeeKind.CANDIDATE,
    )
    use_required_attribute = False


class ConfirmForm(VisitorForm):
    """The same words before they count, without the address: the link has proved it."""

    email = None  # type: ignore[assignment]


class BlankBadgesForm(forms.Form):
    use_required_attribute = False

    count = forms.IntegerField(
        label=_("Badges vierges à ajouter"),
        min_value=1,
        max_value=BLANK_BADGES_MOST,
        initial=24,
        help_text=_("Numérotés à la suite ; l'entrée en lie un à chaque personne qui vient sans s'être inscrite."),
    )
