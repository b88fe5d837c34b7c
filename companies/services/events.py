from typing import Any

from accounts.services import queue_template_mail
from companies.enums import CompanyAction, MemberRole
from companies.models import Company, CompanyEvent
from companies.signals import companies_changed


def record(company: Company, action: CompanyAction, *, by: Any, **details: Any) -> CompanyEvent:
    """One line of the company's history; `details`: before, after, reason, about (the member it happened to)."""
    return CompanyEvent.objects.create(company=company, action=action, by=by, **details)


def tell_administrators(company: Company, template: str, **context: Any) -> None:
    """A mail to each of them, in their language; `context` goes to the template beside `company`."""
    for member in company.memberships.filter(role=MemberRole.ADMIN).select_related("user"):
        queue_template_mail(
            to=member.user.email,
            template=template,
            context={"company": company, **context},
            language=member.user.language,
        )


def announce(company: Company) -> None:
    companies_changed.send(sender=Company, ids=[company.pk])
