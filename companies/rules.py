"""Who may do what for a company: plain functions of (user, company), one query each."""

from typing import Any

from companies.enums import CompanyState, MemberRole


def is_member(user: Any, company: Any) -> bool:
    return bool(user.is_authenticated and company.memberships.filter(user=user).exists())


def is_admin(user: Any, company: Any) -> bool:
    """May edit the company, invite, and decide on its members."""
    return bool(user.is_authenticated and company.memberships.filter(user=user, role=MemberRole.ADMIN).exists())


def may_invite(company: Any) -> bool:
    """Invitations are mails to strangers in the company's name: only of one that the team has verified."""
    return company.state == CompanyState.TRUSTED
