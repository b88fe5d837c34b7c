"""One way to get a company: through what the person who asks may see of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from companies.models import Company
from companies.rules import is_admin


def company_of_member(request: HttpRequest, pk: int) -> Company:
    """404 for others: they need not know that it exists."""
    companies = Company.objects.for_user(request.user).select_related("commune", "proposed_identity")
    return get_object_or_404(companies, pk=pk)


def company_of_admin(request: HttpRequest, pk: int) -> Company:
    """403 for a member who is no administrator."""
    company = company_of_member(request, pk)
    if not is_admin(request.user, company):
        raise PermissionDenied(_("Seule l’administration de l’entreprise peut faire cela : demandez-lui."))
    return company
