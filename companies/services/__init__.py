"""All that changes a company. A verb is one transaction, writes its event, raises `CompanyError` if it may not."""

from companies.services.figures import set_answer_figures
from companies.services.identity import accept_identity, decline_identity
from companies.services.invitations import (
    accept_invitation,
    ask_to_join,
    cancel_invitation,
    invite,
    resend_invitation,
)
from companies.services.members import change_role, leave, remove_member
from companies.services.profile import create_company, update_company
from companies.services.review import end_mark, refuse, set_commissions, set_mark, verify

__all__ = [
    "accept_identity",
    "accept_invitation",
    "ask_to_join",
    "cancel_invitation",
    "change_role",
    "create_company",
    "decline_identity",
    "end_mark",
    "invite",
    "leave",
    "refuse",
    "remove_member",
    "resend_invitation",
    "set_answer_figures",
    "set_commissions",
    "set_mark",
    "update_company",
    "verify",
]
