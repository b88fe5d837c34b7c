"""Signed links of the forum. They name one row, and work as long as it is there; those of a
proposal expire."""

from typing import Any, NamedTuple

from django.core import signing
from django.http import Http404
from django.urls import reverse

from forums.enums import PROPOSAL_LIFETIME

ATTENDEE_SALT = "forums.attendee"
VOLUNTEER_SALT = "forums.pass"
PROPOSAL_SALT = "forums.proposal"


def attendee_token(attendee_id: int) -> str:
    """What lets one person see, confirm and cancel their registration without an account."""
    return signing.dumps(attendee_id, salt=ATTENDEE_SALT)


def attendee_url(attendee_id: int, name: str = "edition-registration") -> str:
    return reverse(name, args=[attendee_token(attendee_id)])


def meeting_url(attendee_id: int, meeting_id: int) -> str:
    """Where a person says what a stand may see of them."""
    return reverse("registration-meeting", args=[attendee_token(attendee_id), meeting_id])


def read_attendee(token: str) -> int:
    return read_id(token, ATTENDEE_SALT)


class ProposalLink(NamedTuple):
    """`mails` is which of its mails the link was in: an address typed wrong opens nothing once it is corrected."""

    proposal_id: int
    mails: int


def proposal_url(proposal_id: int, mails: int) -> str:
    """Where a person confirms what a recruiter typed for them."""
    return reverse("stand-proposal", args=[signing.dumps([proposal_id, mails], salt=PROPOSAL_SALT)])


def read_proposal(token: str) -> ProposalLink:
    try:
        return ProposalLink(*signing.loads(token, salt=PROPOSAL_SALT, max_age=PROPOSAL_LIFETIME))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error


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
