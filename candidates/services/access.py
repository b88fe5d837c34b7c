"""Who opened what of a candidate: rows that are never edited."""

from typing import Any

from candidates.enums import Access
from candidates.models import CV, Application, DataAccess


def log_cv_access(*, application: Application, cv: CV, by: Any) -> None:
    """A member of the company opened the file."""
    DataAccess.objects.create(application=application, cv=cv, by=by, what=Access.CV)


def log_staff_access(*, application: Application, by: Any, reason: str) -> None:
    """Staff read the messages. The candidate sees the reason."""
    DataAccess.objects.create(application=application, by=by, what=Access.MESSAGES, reason=reason)
