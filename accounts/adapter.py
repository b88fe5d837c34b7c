import logging
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.devices import known_device, remember
from accounts.enums import MailUrgency
from accounts.services import queue_mail
from medinjob.lib.clients import network_of, plain_address
from medinjob.lib.limits import within_limit

logger = logging.getLogger(__name__)

HOUR, DAY = 3600, 24 * 3600
KNOWN_DEVICE_MAY_FAIL = "5/5m/key"
# On one account, by unknown browsers of all networks together; each network is stopped at five (ACCOUNT_RATE_LIMITS).
ATTEMPTS_AN_HOUR = 100
# Somebody looks at their screen until one of these comes.
AWAITED = {"password_reset_key", "email_confirmation", "email_confirmation_signup"}
MAILS_AN_HOUR, MAILS_A_DAY = 5, 10
# Told to addresses that asked for a new password without an account, or for an account that they have.
ABOUT_NO_ACCOUNT = {"unknown_account", "account_already_exists"}
STRANGERS_AN_HOUR, STRANGERS_A_DAY = 10, 2


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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Fewer proxies in the header than in the settings: the request came by another way, and its header is not
        believed."""
        try:
            return plain_address(super().get_client_ip(request))
        except ImproperlyConfigured:
            address = clean_client_ip(request.META.get("REMOTE_ADDR", ""))
            if address is None:
                raise PermissionDenied from None
            return plain_address(address)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """`accounts.devices` says what is counted."""
        login = credentials.get("email", "")
        if known_device(request, login):
            config = {"login_failed": KNOWN_DEVICE_MAY_FAIL}
            key = self._get_login_attempts_cache_key(request, **credentials)
            self._login_failed_rl_usage = ratelimit.consume(
                request, app="allauth.account", action="login_failed", key=key, config=config
            )
            if not self._login_failed_rl_usage:
                raise self.validation_error("too_many_login_attempts")
            return
        super().pre_authenticate(request, **credentials)
        if not within_limit("sign-in-to", login.strip().lower(), most=ATTEMPTS_AN_HOUR, seconds=HOUR):
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response = super().post_login(request, user, **more)
        remember(request, response, user.email)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account if there is one, else of the page. Past its limit a mail is not written, and
        the page says nothing of it: it would tell who has an account."""
        kind = template_prefix.rpartition("/")[2]
        if not self._may_write(kind, email):
            logger.warning("A mail is not written: too many %s", kind)
            return
        address = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
        language = address.user.language if address else translation.get_language()
        with translation.override(language):
            mail = self.render_mail(template_prefix, email, {"email": email, **context})
        urgency = MailUrgency.AWAITED if kind in AWAITED else MailUrgency.NEWS
        queue_mail(to=email, subject=str(mail.subject), body=str(mail.body), urgency=urgency)

    def _may_write(self, kind: str, email: str) -> bool:
        """A stranger can have these written to any address."""
        if kind in ABOUT_NO_ACCOUNT:
            network = network_of(self.request) if self.request else ""
            return within_limit("mail-no-account", network, most=STRANGERS_AN_HOUR, seconds=HOUR) and within_limit(
                "mail-no-account-to", email.lower(), most=STRANGERS_A_DAY, seconds=DAY
            )
        if kind not in AWAITED:
            return True
        return within_limit(f"mail-{kind}-to", email.lower(), most=MAILS_AN_HOUR, seconds=HOUR) and within_limit(
            f"mail-{kind}-to-day", email.lower(), most=MAILS_A_DAY, seconds=DAY
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known_device(request, credentials.get('email', '')) or network_of(request)}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link carries the page that asked for an account (an invitation, an offer), even to another browser."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        after = request.POST.get("next") or request.GET.get("next") or ""
        if not after.startswith("/") or not url_has_allowed_host_and_scheme(after, None):
            return url
        return f"{url}?{urlencode({'next': after})}"
