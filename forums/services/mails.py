"""Mail about an edition: rows of the caller's transaction."""

from typing import Any

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_team_mail, queue_template_mail
from forums.enums import AttendeeState, ExhibitorState
from forums.links import attendee_url
from forums.models import Attendee, Edition, Exhibitor

FOLDER = "forums/mail"
# The others are a link to confirm and a badge: somebody waits for them.
URGENCY = {"reminder": MailUrgency.BULK, "cancelled": MailUrgency.NEWS}


def tell_attendee(attendee: Attendee, template: str, *, key: str | None = None) -> bool:
    """With the signed link to their own page. False if the mail named `key` exists, or there is nobody to write to."""
    if not attendee.email:
        return False
    mail = queue_template_mail(
        to=attendee.email,
        template=f"{FOLDER}/{template}.txt",
        context={
            "attendee": attendee,
            "edition": attendee.edition,
            "own_url": attendee_url(attendee.pk),
            "cancel_url": attendee_url(attendee.pk, "edition-unregister"),
            "confirm_url": attendee_url(attendee.pk, "edition-confirm"),
        },
        language=attendee.language,
        key=key,
        urgency=URGENCY.get(template, MailUrgency.AWAITED),
    )
    return mail is not None


def tell_everybody_of_cancellation(edition: Edition) -> None:
    """Those who registered or wait, and the companies that asked for a stand."""
    coming = (AttendeeState.REGISTERED, AttendeeState.WAITING)
    for attendee in edition.attendees.filter(state__in=coming).order_by("pk"):
        tell_attendee(attendee, "cancelled")
    asked = (ExhibitorState.REQUESTED, ExhibitorState.WAITING, ExhibitorState.ACCEPTED)
    for exhibitor in edition.exhibitors.filter(state__in=asked).select_related("company").order_by("pk"):
        tell_exhibitor(exhibitor, "cancelled")


def tell_exhibitor(exhibitor: Exhibitor, template: str) -> None:
    """To every member of the company."""
    members = User.objects.filter(memberships__company=exhibitor.company_id, is_active=True).order_by("pk")
    for member in members:
        _write(member, f"stand_{template}", exhibitor)


def tell_staff_of_request(exhibitor: Exhibitor) -> None:
    queue_team_mail(template=f"{FOLDER}/stand_requested.txt", context=_about(exhibitor))


def _write(to: Any, template: str, exhibitor: Exhibitor) -> None:
    queue_template_mail(
        to=to.email, template=f"{FOLDER}/{template}.txt", context=_about(exhibitor), language=to.language
    )


def _about(exhibitor: Exhibitor) -> dict[str, Any]:
    return {"exhibitor": exhibitor, "edition": exhibitor.edition, "company": exhibitor.company}
