"""An e-mail address is asked to join; only its owner may accept, and the link works once."""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import queue_template_mail
from companies.enums import INVITATION_KEPT, INVITATION_LIFETIME, CompanyAction, MemberRole
from companies.errors import CompanyError
from companies.models import Company, Invitation, Membership
from companies.rules import may_invite
from companies.services.events import record


@transaction.atomic
def invite(*, company: Company, by: Any, email: str, role: MemberRole) -> Invitation:
    """Write to `email`. An invitation that ran out is renewed; one still open is an error: resend it instead."""
    email = email.strip().lower()
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    _refuse_unless_verified(company)
    if company.memberships.filter(user__email__iexact=email).exists():
        raise CompanyError(_("Cette personne est déjà membre de l’entreprise."))
    company.invitations.filter(email__iexact=email, accepted_at=None, expires_at__lte=timezone.now()).delete()
    if company.invitations.open().filter(email__iexact=email).exists():
        raise CompanyError(_("Cette adresse est déjà invitée : renvoyez l’invitation, ou annulez-la."))
    invitation = Invitation.objects.create(company=company, email=email, role=role, invited_by=by, **_fresh())
    record(company, CompanyAction.INVITED, by=by, after=role)
    _write_to(invitation)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Any) -> Invitation:
    """A new link for the same address; the former one works no more."""
    _refuse_unless_verified(invitation.company)
    fresh = _fresh()
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(**fresh, invited_by=by):
        raise CompanyError(_("Cette invitation a déjà été acceptée ou annulée."))
    invitation.refresh_from_db()
    record(invitation.company, CompanyAction.INVITED, by=by, after=invitation.role)
    _write_to(invitation)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Any) -> None:
    deleted, _rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()
    if deleted:
        record(invitation.company, CompanyAction.INVITATION_CANCELLED, by=by, before=invitation.role)


def forget_old_invitations() -> int:
    """Those accepted or run out for `INVITATION_KEPT` are deleted; how many. The company's history keeps that somebody
    was invited, without their address."""
    long_ago = timezone.now() - INVITATION_KEPT
    over = Q(accepted_at__lt=long_ago) | Q(accepted_at__isnull=True, expires_at__lt=long_ago)
    return Invitation.objects.filter(over).delete()[0]


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: Any) -> Membership:
    """`user` becomes a member with the role that was offered; somebody who already is keeps theirs."""
    if not invitation.is_for(user):
        raise CompanyError(_("Cette invitation est destinée à une autre adresse e-mail."))
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk).open().update(accepted_at=now):
        raise CompanyError(_("Cette invitation n’est plus valable : demandez-en une nouvelle à l’entreprise."))
    member, created = Membership.objects.get_or_create(
        company=invitation.company, user=user, defaults={"role": invitation.role}
    )
    if created:
        record(invitation.company, CompanyAction.JOINED, by=user, about=user, after=member.role)
    return member


@transaction.atomic
def ask_to_join(*, company: Company, user: Any) -> None:
    """Tell the administrators of a company that `user` would like to be invited; they hear of it once a day."""
    admins = company.memberships.filter(role=MemberRole.ADMIN).select_related("user")
    told = [_tell_of_request(company, user, admin) for admin in admins]
    if any(told):
        record(company, CompanyAction.JOIN_ASKED, by=user, about=user)


def _tell_of_request(company: Company, person: Any, admin: Membership) -> bool:
    mail = queue_template_mail(
        to=admin.user.email,
        template="companies/mail/join_asked.txt",
        context={"company": company, "person": person},
        language=admin.user.language,
        key=f"join-{company.pk}-{person.pk}-{admin.pk}-{timezone.localdate()}",
    )
    return mail is not None


def _refuse_unless_verified(company: Company) -> None:
    if not may_invite(company):
        raise CompanyError(_("Seule une entreprise vérifiée par Medinsoft peut inviter des membres."))


def _fresh() -> dict[str, Any]:
    return {"token": secrets.token_urlsafe(32), "expires_at": timezone.now() + INVITATION_LIFETIME}


def _write_to(invitation: Invitation) -> None:
    known = User.objects.filter(email__iexact=invitation.email).first()
    queue_template_mail(
        to=invitation.email,
        template="companies/mail/invitation.txt",
        context={"invitation": invitation, "company": invitation.company, "by": invitation.invited_by},
        language=known.language if known else translation.get_language() or "fr",
    )
