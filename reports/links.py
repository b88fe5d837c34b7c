"""Signed links of audits: an auditor's names its row, which says until when; a company's names the report."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from companies.models import Company
from forums.links import read_id
from reports.models import Snapshot

AUDIT_SALT = "forums.audit"


def audit_url(link_id: int) -> str:
    """What lets an auditor read one report; the row says until when."""
    return reverse("audit", args=[signing.dumps(link_id, salt=AUDIT_SALT)])


def read_audit(token: str) -> int:
    return read_id(token, AUDIT_SALT)


AUDIT_ANSWER_SALT = "reports.audit-answer"
ANSWER_LIFETIME = timedelta(days=200)


class Audited(NamedTuple):
    """`user`: the member of `company` to whom the mail went."""

    snapshot: Snapshot
    company: Company
    user: Any


def audit_answer_url(snapshot_id: int, company_id: int, user_id: int) -> str:
    return reverse("audit-answer", args=[signing.dumps([snapshot_id, company_id, user_id], salt=AUDIT_ANSWER_SALT)])


def audited_company(token: str) -> Audited:
    """It opens while its reader is a member of the company."""
    try:
        snapshot_id, company_id, user_id = signing.loads(token, salt=AUDIT_ANSWER_SALT, max_age=ANSWER_LIFETIME)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
    members = get_user_model().objects.filter(is_active=True, memberships__company=company_id)
    snapshots = Snapshot.objects.select_related("edition__event").filter(draws__isnull=False).distinct()
    return Audited(
        get_object_or_404(snapshots, pk=snapshot_id),
        get_object_or_404(Company, pk=company_id),
        get_object_or_404(members.distinct(), pk=user_id),
    )
