"""The signed link that stops the reset of a second factor: for one reset, as long as it waits."""

from django.core import signing
from django.urls import reverse

SALT = "accounts.factor-reset"


def stop_factor_url(reset_id: int) -> str:
    return reverse("factor-stop", args=[signing.dumps(reset_id, salt=SALT)])


def read_stop_factor(token: str) -> int:
    """Raises `signing.BadSignature` for a link that is not ours."""
    return int(signing.loads(token, salt=SALT))
