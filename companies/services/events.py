from typing import Any

from companies.enums import CompanyAction
from companies.models import Company, CompanyEvent
from companies.signals import companies_changed


def record(company: Company, action: CompanyAction, *, by: Any, **details: Any) -> CompanyEvent:
    """One line of the company's history; `details`: before, after, reason, about (the member it happened to)."""
    return CompanyEvent.objects.create(company=company, action=action, by=by, **details)


def announce(company: Company) -> None:
    companies_changed.send(sender=Company, ids=[company.pk])
