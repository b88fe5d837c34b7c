"""What views behind a signed link share: the application it names, and the way to the account of its address."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.selectors import has_account
from candidates.models import Application


def linked_application(read: Callable[[str], int], token: str) -> Application | None:
    """None once it is forgotten. `read` gives its id (`candidates.links`); `Http404` for a link that is not ours."""
    try:
        pk = read(token)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
    rows = Application.objects.filter(pk=pk, forgotten_at=None).select_related("offer__company", "company", "cv")
    return rows.first()


def through_account(request: HttpRequest, email: str, here: str) -> HttpResponse:
    """To sign-in, or to sign-up with the address already proved, and from there to `here`."""
    if has_account(email):
        messages.info(request, _("Connectez-vous : votre candidature vous attend."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    get_adapter(request).stash_verified_email(request, email)
    messages.info(request, _("Choisissez un mot de passe : votre candidature vous attend."))
    return redirect(f"{reverse('account_signup')}?{urlencode({'email': email, 'next': here})}")
