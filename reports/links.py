"""The signed link of an auditor: it names one row, which says until when it is open."""

from django.core import signing
from django.urls import reverse

from forums.links import read_id

AUDIT_SALT = "forums.audit"


def audit_url(link_id: int) -> str:
    """What lets an auditor read one report; the row says until when."""
    return reverse("audit", args=[signing.dumps(link_id, salt=AUDIT_SALT)])


def read_audit(token: str) -> int:
    return read_id(token, AUDIT_SALT)
