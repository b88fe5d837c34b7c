"""What signing in and a new password mean for sessions."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from accounts import devices
from accounts.middleware import note
from accounts.models import UnsentForm
from accounts.services import forget_sessions
from accounts.unsent import WAITING


@receiver(user_logged_in, dispatch_uid="accounts.user_logged_in")
def on_user_logged_in(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, user)
    if UnsentForm.objects.of(user).waiting().exists():
        request.session[WAITING] = True


@receiver(user_logged_out, dispatch_uid="accounts.user_logged_out")
def on_user_logged_out(request: HttpRequest, **_: Any) -> None:
    """What is written from now on is not theirs (`accounts.authors`)."""
    rotate_token(request)


@receiver([password_changed, password_reset], dispatch_uid="accounts.password_changed")
def on_password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    """Django has ended the others: their hash is of the old password."""
    own = request.user.is_authenticated and request.user.pk == user.pk
    forget_sessions(user=user, keep=request.session.session_key if own else None)


@receiver(password_reset)
def trust_the_browser_of_a_new_password(request: HttpRequest, user: Any, **_: Any) -> None:
    devices.trust(request, user.email)
