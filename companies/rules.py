"""Who may do what for a company: plain functions of (user, company), one query each."""

from typing import Any

from companies.enums import CompanyState, MemberRole


def is_member(user: Any, company: Any) -> bool:
    return bool(user.is_authenticated and company.memberships.filter(user=user).exists())


def is_admin(user: Any, company: Any) -> bool:
    """May edit the company, invite, and decide on its members."""
    return bool(user.is_authenticated and company.memberships.filter(user=user, role=MemberRole.ADMIN).exists())


def may_invite(company: Any) -> bool:
    """A refused company grows no more."""
    return company.state != CompanyState.REFUSED
