"""What both sides write to each other, and what a company writes for itself."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import OPEN_STATES, ApplicationState, Side
from candidates.models import Application, ApplicationMessage, ApplicationNote
from candidates.services.mails import tell_candidate, tell_company
from candidates.services.profiles import touch
from medinjob.lib.errors import MoveError


def may_write(application: Application, side: Side) -> bool:
    """A company may always answer; a candidate may write while it is open, or once hired."""
    return side == Side.COMPANY or application.state in {*OPEN_STATES, ApplicationState.HIRED}


@transaction.atomic
def add_message(*, application: Application, by: Any, side: Side, text: str) -> ApplicationMessage:
    """A word to the other side, who is told by mail. The company's first word counts as its answer."""
    if not may_write(application, side):
        raise MoveError(_("Cette candidature est close : vous ne pouvez plus y écrire."))
    message = ApplicationMessage.objects.create(application=application, side=side, by=by, text=text)
    if side == Side.COMPANY:
        now = timezone.now()
        Application.objects.filter(pk=application.pk).update(
            answered_at=Coalesce("answered_at", now), seen_at=Coalesce("seen_at", now)
        )
        tell_candidate(application, "message")
    else:
        touch(user=by)
        tell_company(application, "message")
    return message


def add_note(*, application: Application, by: Any, text: str) -> ApplicationNote:
    """For the company alone, yet part of the candidate's export."""
    return ApplicationNote.objects.create(application=application, by=by, text=text)
