"""Who acts for a company. At least one administrator stays, even when two leave at the same moment."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import queue_template_mail
from companies.enums import CompanyAction, MemberRole
from companies.errors import CompanyError
from companies.models import Company, Membership
from companies.services.events import record


@transaction.atomic
def change_role(*, member: Membership, by: Any, role: MemberRole) -> Membership:
    member = _locked(member)
    if role == member.role:
        return member
    if role != MemberRole.ADMIN:
        _keep_an_admin(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    record(member.company, CompanyAction.ROLE_CHANGED, by=by, about=member.user, before=before, after=role)
    return member


@transaction.atomic
def remove_member(*, member: Membership, by: Any) -> None:
    """Access ends at once; the person is told."""
    member = _locked(member)
    _end(member, CompanyAction.MEMBER_REMOVED, by=by)
    queue_template_mail(
        to=member.user.email,
        template="companies/mail/removed.txt",
        context={"company": member.company},
        language=member.user.language,
    )


@transaction.atomic
def leave(*, member: Membership) -> None:
    member = _locked(member)
    _end(member, CompanyAction.MEMBER_LEFT, by=member.user)


def _end(member: Membership, action: CompanyAction, *, by: Any) -> None:
    _keep_an_admin(member)
    record(member.company, action, by=by, about=member.user, before=member.role)
    member.delete()


def _locked(member: Membership) -> Membership:
    """The row as it is now. Changes to one company's members take their turn: PostgreSQL locks the company's row,
    SQLite lets one transaction write at a time."""
    Company.objects.select_for_update(no_key=True).get(pk=member.company_id)
    current = Membership.objects.select_related("company", "user").filter(pk=member.pk).first()
    if current is None:
        raise CompanyError(_("Cette personne n’est plus membre de l’entreprise."))
    return current


def _keep_an_admin(leaving: Membership) -> None:
    others = Membership.objects.filter(company=leaving.company_id, role=MemberRole.ADMIN).exclude(pk=leaving.pk)
    if leaving.role == MemberRole.ADMIN and not others.exists():
        raise CompanyError(
            _("Une entreprise garde au moins un administrateur : nommez d’abord quelqu’un d’autre à l’administration.")
        )
