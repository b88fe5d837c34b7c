from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from medinjob.lib.fields import LineField, written_field


class SignupForm(forms.Form):
    """What sign-up asks besides the address and the password (`ACCOUNT_SIGNUP_FORM_CLASS`)."""

    name = LineField(
        label=_("Nom affiché"),
        max_length=120,
        required=False,
        help_text=_("Votre prénom et votre nom, si vous voulez : ils signent vos invitations et vos candidatures."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("email", "password1", "name")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "fr"
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    class Meta:
        formfield_callback = written_field
        model = User
        fields = ("name", "language")
        help_texts = {"language": _("Celle de nos courriels ; les pages suivent leur adresse.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class CloseAccountForm(forms.Form):
    """The address typed again: nobody deletes an account by a slip of the thumb."""

    email = LineField(
        label=_("Votre adresse e-mail, pour confirmer"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"].strip()
        if typed.lower() != self.user.email.lower():
            raise forms.ValidationError(_("Ce n’est pas l’adresse de votre compte."))
        return typed
