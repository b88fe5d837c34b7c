from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import devices


@receiver(password_reset)
def trust_the_browser_of_a_new_password(request: HttpRequest, user: Any, **_rest: Any) -> None:
    devices.trust(request, user.email)
