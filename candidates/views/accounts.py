"""From a link that proves an address to the account of that address."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.selectors import has_account


def through_account(request: HttpRequest, email: str, here: str) -> HttpResponse:
    """To sign-in, or to sign-up with the address already proved, and from there to `here`."""
    if has_account(email):
        messages.info(request, _("Connectez-vous : votre candidature vous attend."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    get_adapter(request).stash_verified_email(request, email)
    messages.info(request, _("Choisissez un mot de passe : votre candidature vous attend."))
    return redirect(f"{reverse('account_signup')}?{urlencode({'email': email, 'next': here})}")
