"""A brake on words: each one is a mail to somebody."""

from typing import Any

from django.utils.translation import gettext as _

from candidates.errors import MoveError
from medinjob.lib.limits import within_limit

MESSAGES_AN_HOUR = 60


def keep_pace(user: Any) -> None:
    """Raises `MoveError` past the limit; what was typed stays in the form."""
    if not within_limit("message", user.pk, most=MESSAGES_AN_HOUR, seconds=3600):
        raise MoveError(_("Vous avez envoyé beaucoup de messages : réessayez dans une heure."))
