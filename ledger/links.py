"""Signed links of the follow-up: they name one row and expire."""

from typing import NamedTuple

from django.core import signing
from django.http import Http404
from django.urls import reverse

from forums.links import read_id
from ledger.enums import FOLLOW_UP_LINK_LIFETIME

FOLLOW_UP_SALT = "forums.follow_up"

REPORTED_SALT = "forums.reported"


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
    return read_id(token, REPORTED_SALT, max_age=FOLLOW_UP_LINK_LIFETIME)
