"""A brake on words, each of which is a mail to somebody, and on files."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.errors import MoveError
from medinjob.lib.limits import within_limit

HOUR = 3600
SENT_AN_HOUR = 30
MESSAGES_AN_HOUR = 60
TOO_MANY = gettext_lazy("C'est beaucoup en peu de temps : réessayez dans une heure. Ce que vous avez écrit reste ici.")


def keep_pace(user: Any) -> None:
    """Raises `MoveError` past the limit; what was typed stays in the form."""
    if not within_limit("message", user.pk, most=MESSAGES_AN_HOUR, seconds=HOUR):
        raise MoveError(_("Vous avez envoyé beaucoup de messages : réessayez dans une heure."))
