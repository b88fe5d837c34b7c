"""A brake on words, each of which is a mail to somebody, and on files."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import INVITATIONS_A_DAY
from candidates.errors import InvitationError
from medinjob.lib.errors import MoveError
from medinjob.lib.limits import in_pace

HOUR = 3600
SENT_AN_HOUR = 30
MESSAGES_AN_HOUR, STEPS_AN_HOUR = 60, 240
TOO_MANY = gettext_lazy("C'est beaucoup en peu de temps : réessayez dans une heure. Ce que vous avez écrit reste ici.")


def keep_pace(request: HttpRequest, step: str) -> None:
    """Raises `MoveError` past the limit; what was typed stays in the form. A note is for oneself."""
    if step == "note":
        return
    name, most = ("message", MESSAGES_AN_HOUR) if step == "message" else ("step", STEPS_AN_HOUR)
    if not in_pace(request, name, most=most, seconds=3600):
        raise MoveError(_("Vous avez envoyé beaucoup de messages : réessayez dans une heure."))


def keep_pace_of_invitations(request: HttpRequest) -> None:
    """Whoever acts for several companies has no more for that: each has its own limit besides. Raises
    `InvitationError`."""
    if not in_pace(request, "apply-invite", most=INVITATIONS_A_DAY, seconds=24 * 3600):
        raise InvitationError(_("Vous avez invité beaucoup de personnes aujourd'hui : continuez demain."))
