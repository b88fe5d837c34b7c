"""Who opened what of a candidate: rows that are never edited."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from candidates.enums import Access
from candidates.models import CV, Application, CandidateProfile, DataAccess
from companies.models import Company


def log_cv_access(*, application: Application, cv: CV, by: Any) -> None:
    """A member of the company opened the file."""
    DataAccess.objects.create(application=application, cv=cv, by=by, what=Access.CV)


def log_staff_access(*, application: Application, by: Any, reason: str) -> None:
    """Staff read the messages. The candidate sees the reason."""
    DataAccess.objects.create(application=application, by=by, what=Access.MESSAGES, reason=reason)


def log_profile_access(*, profile: CandidateProfile, companies: Iterable[Company], by: Any) -> None:
    """A member of these companies opened the profile: one row for a company and day."""
    rows = [
        DataAccess(profile=profile, company=company, day=timezone.localdate(), by=by, what=Access.PROFILE)
        for company in companies
    ]
    DataAccess.objects.bulk_create(rows, ignore_conflicts=True)
