"""Who may do what to an offer: the one place that says so. Plain functions, one query at most."""

from typing import Any

from companies.enums import CompanyState
from companies.rules import is_member


def may_post(user: Any, company: Any) -> bool:
    """A refused company posts nothing more."""
    return company.state != CompanyState.REFUSED and is_member(user, company)


def may_edit_offer(user: Any, offer: Any) -> bool:
    """Members of the offer's company; an imported offer is edited at its source."""
    return offer.company is not None and is_member(user, offer.company)
