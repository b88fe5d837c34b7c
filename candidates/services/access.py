"""Who opened what of a candidate: rows that are never edited."""

from typing import Any

from candidates.models import CV, Application, DataAccess


def log_cv_access(*, application: Application, cv: CV, by: Any) -> None:
    """A member of the company opened the file."""
    DataAccess.objects.create(application=application, cv=cv, by=by, what="cv")
