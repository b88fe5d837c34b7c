"""allauth's forms with our fields (`ACCOUNT_FORMS`): a mark that nobody sees is no part of an address."""

from typing import Any

from allauth.account import forms as theirs
from django import forms

from medinjob.lib.fields import AddressField


class _OurAddresses:
    """Before the form reads anything, its fields of e-mail are ours, with their label and widget."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                self.fields[name] = AddressField(
                    label=field.label, required=field.required, widget=field.widget, help_text=field.help_text
                )


class LoginForm(_OurAddresses, theirs.LoginForm):
    pass


class SignupForm(_OurAddresses, theirs.SignupForm):
    pass


class AddEmailForm(_OurAddresses, theirs.AddEmailForm):
    pass


class ResetPasswordForm(_OurAddresses, theirs.ResetPasswordForm):
    pass
