"""Mail to either side of an application: rows of the caller's transaction. They say that something happened; what
people wrote to each other stays on the site, behind a sign-in."""

from datetime import timedelta
from typing import Any, NamedTuple

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from candidates.links import follow_token
from candidates.models import Application
from jobs.enums import TAKE_BACK_WITHIN

FOLDER = "candidates/mail"
# One closed offer, or an afternoon of the clock, writes to all who answered.
BULK = {"offer_closed", "close"}
# A closing can be taken back this long, and its mails with it.
WAIT = {"offer_closed": TAKE_BACK_WITHIN}


def closed_key(application: Application) -> str:
    """By which the mail on a closed offer is found while it waits."""
    return f"application-{application.pk}-offer-closed"


class Stranger(NamedTuple):
    """Who applied without an account."""

    email: str
    language: str


def tell_candidate(application: Application, template: str, **context: Any) -> None:
    """To the account behind an application, or to the address of one that has none yet; nobody is told of a forgotten
    one."""
    if application.candidate is not None:
        _write(application.candidate, application, template, {**context, "to_company": False})
    elif application.email:
        own = {"to_company": False, "follow_token": follow_token(application.pk)}
        _write(Stranger(application.email, application.language), application, template, {**context, **own})


def tell_company(application: Application, template: str, **context: Any) -> None:
    """To every member of the company that received it."""
    if application.company_id is None:
        return
    for member in User.objects.filter(memberships__company=application.company_id, is_active=True).order_by("pk"):
        _write(member, application, template, {**context, "to_company": True})


def _write(to: User | Stranger, application: Application, template: str, context: dict[str, Any]) -> None:
    queue_template_mail(
        to=to.email,
        template=f"{FOLDER}/{template}.txt",
        context={"application": application, "offer": application.offer, **context},
        language=to.language,
        key=closed_key(application) if template == "offer_closed" else None,
        urgency=MailUrgency.BULK if template in BULK else MailUrgency.NEWS,
        wait=WAIT.get(template, timedelta()),
    )
