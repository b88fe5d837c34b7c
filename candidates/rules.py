"""Who may see and do what with an application: the one place that says so. Membership is asked of the database each
time, so that a former member sees nothing from the moment they have left. Staff are nobody here: what they may open,
with a reason that is logged, is not decided by these rules."""

from typing import Any

from candidates.enums import Side


def side_of(user: Any, application: Any) -> Side | None:
    """The side on which `user` stands; None for everybody else. A forgotten application has no sides left."""
    if not user.is_authenticated or application.forgotten_at is not None:
        return None
    if application.candidate_id == user.pk:
        return Side.CANDIDATE
    if application.company_id and user.memberships.filter(company=application.company_id).exists():
        return Side.COMPANY
    return None


def may_read_cv(user: Any, cv: Any, application: Any) -> bool:
    """Its owner, and members of the company to which this very file was sent."""
    if not user.is_authenticated:
        return False
    if cv.owner_id == user.pk:
        return True
    return application is not None and application.cv_id == cv.pk and side_of(user, application) == Side.COMPANY
