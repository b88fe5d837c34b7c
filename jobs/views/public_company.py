"""The directory of companies and a company's public page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from jobs.filters import CompanyFilter
from jobs.selectors.employers import employers, open_offers
from medinjob.lib.text import plain, to_html

PER_PAGE = 24
OFFERS_SHOWN = 20


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    """A page beyond the end shows the last one; a wrong filter is said beside its field and not applied."""
    found = CompanyFilter(request.GET or None, queryset=employers())
    found.form.is_valid()
    page: Any = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = [name for name in found.filters if request.GET.get(name)]
    context = {"filter": found, "page": page, "asked": asked, "nav": "companies"}
    return render(request, "offers/companies.html", context)


@require_safe
def company_page(request: HttpRequest, slug: str) -> HttpResponse:
    companies = employers().prefetch_related("commissions")
    company = get_object_or_404(companies, slug=slug)
    context = {
        "company": company,
        "text": mark_safe(to_html(company.description)),  # noqa: S308 - sanitised by nh3
        "summary": plain(company.description) or company.name,
        "sectors": list(company.sectors.all()),
        "commissions": list(company.commissions.all()),
        "offers": open_offers(company, limit=OFFERS_SHOWN),
        "nav": "companies",
    }
    return render(request, "offers/company.html", context)
