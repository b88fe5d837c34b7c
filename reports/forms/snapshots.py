from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medinjob.lib.fields import LinesField

MOST_ADDRESSES = 20


class FreezeForm(forms.Form):
    """Who receives the report when it is frozen."""

    use_required_attribute = False
    addresses = LinesField(
        label=_("Adresses e-mail qui reçoivent le PDF et l’empreinte"),
        help_text=_("Une par ligne. La preuve n’est ainsi pas seulement dans notre base."),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=4000,
    )

    def clean_addresses(self) -> list[str]:
        """Each once, in the order typed."""
        addresses = list(dict.fromkeys(self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                message = _("« %(address)s » n’est pas une adresse e-mail.") % {"address": address}
                raise ValidationError(message) from error
        if len(addresses) > MOST_ADDRESSES:
            most = ngettext("%(n)s adresse au plus.", "%(n)s adresses au plus.", MOST_ADDRESSES)
            raise ValidationError(most % {"n": MOST_ADDRESSES})
        return addresses
