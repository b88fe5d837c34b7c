"""Who may do what to an offer: the one place that says so. Plain functions of (user, offer)."""

from typing import Any

from companies.enums import CompanyState


def is_member(user: Any, company: Any) -> bool:
    return bool(user.is_authenticated and company is not None and company.memberships.filter(user=user).exists())


def may_post(user: Any, company: Any) -> bool:
    """A refused company posts nothing more."""
    return company is not None and company.state != CompanyState.REFUSED and is_member(user, company)


def may_edit_offer(user: Any, offer: Any) -> bool:
    """Members of the offer's company; an imported offer is edited at its source."""
    return is_member(user, offer.company)


def may_moderate(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)
