from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.services import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our outbox, our words for what stops somebody, and a way back to the page they came from."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un nouveau mot de passe."
        ),
        "too_many_login_attempts": _(
            "Trop d’essais manqués : la connexion est bloquée pendant 5 minutes. Attendez, puis réessayez, ou demandez "
            "un nouveau mot de passe."
        ),
        "rate_limited": _("Trop de demandes en peu de temps : attendez une minute, puis réessayez."),
    }

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Our users have none."""

    def unstash_verified_email(self, request: HttpRequest) -> str | None:
        """An address proved by an invitation serves the account made for that address, and is not added to another."""
        proved = super().unstash_verified_email(request)
        return proved if proved and proved.lower() == request.POST.get("email", "").strip().lower() else None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account if there is one, else of the page."""
        address = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
        language = address.user.language if address else translation.get_language()
        with translation.override(language):
            mail = self.render_mail(template_prefix, email, {"email": email, **context})
        queue_mail(to=email, subject=str(mail.subject), body=str(mail.body))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link carries the page that asked for an account (an invitation, an offer), even to another browser."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        after = request.POST.get("next") or request.GET.get("next") or ""
        if not after.startswith("/") or not url_has_allowed_host_and_scheme(after, None):
            return url
        return f"{url}?{urlencode({'next': after})}"
