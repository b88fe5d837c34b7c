"""Mail to either side of an application: rows of the caller's transaction. They say that something happened; what
people wrote to each other stays on the site, behind a sign-in."""

from typing import Any, NamedTuple

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from candidates.models import Application

FOLDER = "candidates/mail"
# One closed offer, or an afternoon of the clock, writes to all who answered.
BULK = {"offer_closed", "close"}


class Stranger(NamedTuple):
    """Who applied face to face, and has no account."""

    email: str
    language: str = "fr"


def tell_candidate(application: Application, template: str, **context: Any) -> None:
    """To the account behind an application, or to the address of one that has none yet; nobody is told of a forgotten
    one."""
    if application.candidate is not None:
        _write(application.candidate, application, template, {**context, "to_company": False})
    elif application.email:
        _write(Stranger(application.email), application, template, {**context, "to_company": False})


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
        urgency=MailUrgency.BULK if template in BULK else MailUrgency.NEWS,
    )
