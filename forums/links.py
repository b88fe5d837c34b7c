"""Signed links of the forum. They name one row, and work as long as it is there."""

from typing import Any

from django.core import signing
from django.http import Http404
from django.urls import reverse

ATTENDEE_SALT = "forums.attendee"
VOLUNTEER_SALT = "forums.pass"


def attendee_token(attendee_id: int) -> str:
    """What lets one person see, confirm and cancel their registration without an account."""
    return signing.dumps(attendee_id, salt=ATTENDEE_SALT)


def attendee_url(attendee_id: int, name: str = "edition-registration") -> str:
    return reverse(name, args=[attendee_token(attendee_id)])


def read_attendee(token: str) -> int:
    return read_id(token, ATTENDEE_SALT)


def pass_url(pass_id: int) -> str:
    """Where a volunteer, or a colleague of the stand, takes up their pass."""
    return reverse("pass", args=[signing.dumps(pass_id, salt=VOLUNTEER_SALT)])


def read_pass(token: str) -> int:
    return read_id(token, VOLUNTEER_SALT)


def read_id(token: str, salt: str, **options: Any) -> int:
    """A link that is not ours is a page that does not exist."""
    try:
        return int(signing.loads(token, salt=salt, **options))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
