"""The signed link of the mail that announces an offer's expiry: it acts for one person, on one date of expiry."""

from datetime import datetime
from typing import NamedTuple

from django.core import signing

from jobs.enums import DEADLINE_LINK_LIFETIME

SALT = "jobs.offer-deadline"


class Deadline(NamedTuple):
    offer_id: int
    user_id: int
    expires_at: datetime


def sign(deadline: Deadline) -> str:
    return signing.dumps([*deadline[:2], deadline.expires_at.isoformat()], salt=SALT)


def read(token: str) -> Deadline:
    """Raises `signing.BadSignature` for a link that is not ours, and its `SignatureExpired` for one too old."""
    offer_id, user_id, expires_at = signing.loads(token, salt=SALT, max_age=DEADLINE_LINK_LIFETIME)
    return Deadline(offer_id, user_id, datetime.fromisoformat(expires_at))
