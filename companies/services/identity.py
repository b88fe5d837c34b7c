"""A verified company's name and site are what people trust: another one is proposed, and staff decide."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companies.enums import CompanyAction, CompanyState
from companies.errors import CompanyError
from companies.models import Company, ProposedIdentity
from companies.services.events import announce, record, tell_administrators

IDENTITY = ("name", "website")


def hold_back_identity(*, company: Company, facts: Mapping[str, Any], by: Any) -> dict[str, Any]:
    """`facts` without what waits for staff, which is written as a proposal; what equals the present name and site takes
    an earlier proposal back. A company that was never verified writes them at once."""
    if not _was_verified(company):
        return dict(facts)
    asked = {name: facts.get(name, getattr(company, name)) for name in IDENTITY}
    present = {name: getattr(company, name) for name in IDENTITY}
    known = ProposedIdentity.objects.filter(company=company)
    if not known.filter(**asked).exists():
        known.delete()
        if asked != present:
            ProposedIdentity.objects.create(company=company, by=by, **asked)
            record(company, CompanyAction.IDENTITY_PROPOSED, by=by, before=company.name, after=asked["name"])
    return {name: value for name, value in facts.items() if name not in IDENTITY}


@transaction.atomic
def accept_identity(*, company: Company, by: Any, proposal_pk: int) -> Company:
    """The company bears the proposed name and site; its administrators are told."""
    proposal = _taken(company, proposal_pk)
    before = company.name
    Company.objects.filter(pk=company.pk).update(name=proposal.name, website=proposal.website)
    company.refresh_from_db()
    record(company, CompanyAction.IDENTITY_ACCEPTED, by=by, before=before, after=company.name, reason=company.website)
    announce(company)
    tell_administrators(company, "companies/mail/identity_accepted.txt", proposal=proposal)
    return company


@transaction.atomic
def decline_identity(*, company: Company, by: Any, proposal_pk: int, reason: str) -> Company:
    """The company keeps its name and site; `reason` is sent to its administrators."""
    proposal = _taken(company, proposal_pk)
    record(company, CompanyAction.IDENTITY_DECLINED, by=by, before=proposal.name, after=company.name, reason=reason)
    tell_administrators(company, "companies/mail/identity_declined.txt", proposal=proposal, reason=reason)
    return company


def _was_verified(company: Company) -> bool:
    """Also while it is verified anew after another SIRET: its offers are still public."""
    if company.state == CompanyState.REFUSED:
        return False
    return company.state == CompanyState.TRUSTED or company.events.filter(action=CompanyAction.VERIFIED).exists()


def _taken(company: Company, proposal_pk: int) -> ProposedIdentity:
    """The proposal that staff have read, out of the way: one of two people who decide at once finds it gone."""
    proposal = ProposedIdentity.objects.filter(company=company, pk=proposal_pk).first()
    if proposal is None or not ProposedIdentity.objects.filter(pk=proposal_pk).delete()[0]:
        raise CompanyError(_("Cette proposition a changé ou a déjà été traitée : relisez la fiche."))
    return proposal
