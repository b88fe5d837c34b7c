"""Signed links of the forum. They name one row, and work as long as it is there; those of a follow-up and of a
proposal expire."""

from typing import Any, NamedTuple

from django.core import signing
from django.http import Http404
from django.urls import reverse

from forums.enums import FOLLOW_UP_LINK_LIFETIME, PROPOSAL_LIFETIME

ATTENDEE_SALT = "forums.attendee"
FOLLOW_UP_SALT = "forums.follow_up"
REPORTED_SALT = "forums.reported"
VOLUNTEER_SALT = "forums.pass"
AUDIT_SALT = "forums.audit"
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
    return _read(token, ATTENDEE_SALT)


class FollowUpLink(NamedTuple):
    """To whom the mail went: a member of the company, or nobody with an account (0)."""

    follow_up_id: int
    user_id: int


def follow_up_url(follow_up_id: int, user_id: int = 0) -> str:
    """Where one side answers, without an account."""
    return reverse("follow-up", args=[signing.dumps([follow_up_id, user_id], salt=FOLLOW_UP_SALT)])


def read_follow_up(token: str) -> FollowUpLink:
    """A link from before links had a reader has none."""
    try:
        read = signing.loads(token, salt=FOLLOW_UP_SALT, max_age=FOLLOW_UP_LINK_LIFETIME)
        return FollowUpLink(*read) if isinstance(read, list) else FollowUpLink(int(read), 0)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error


def reported_url(reported_id: int) -> str:
    """Where a person says whether they met a company."""
    return reverse("follow-up-confirm", args=[signing.dumps(reported_id, salt=REPORTED_SALT)])


def read_reported(token: str) -> int:
    return _read(token, REPORTED_SALT, max_age=FOLLOW_UP_LINK_LIFETIME)


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
    return _read(token, VOLUNTEER_SALT)


def audit_url(link_id: int) -> str:
    """What lets an auditor read one report; the row says until when."""
    return reverse("audit", args=[signing.dumps(link_id, salt=AUDIT_SALT)])


def read_audit(token: str) -> int:
    return _read(token, AUDIT_SALT)


def _read(token: str, salt: str, **options: Any) -> int:
    """A link that is not ours is a page that does not exist."""
    try:
        return int(signing.loads(token, salt=salt, **options))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
