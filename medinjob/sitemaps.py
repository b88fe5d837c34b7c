"""What search engines may visit: the lists, the open offers, the companies, each in both languages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.views.decorators.http import require_safe

from companies.models import Company
from forums.models import Edition
from jobs.models import Offer


class BilingualSitemap(Sitemap):
    """One entry a language, each with its alternates. Django's own `i18n` would load every row for every page."""

    limit = 5_000

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        return [entry for url in super().get_urls(page, site, protocol) for entry in _in_all_languages(url)]


def _in_all_languages(url: dict[str, Any]) -> Iterator[dict[str, Any]]:
    addresses = {code: translate_url(url["location"], code) for code, _name in settings.LANGUAGES}
    alternates = [{"location": address, "lang_code": code} for code, address in addresses.items()]
    default = {"location": addresses[settings.LANGUAGE_CODE], "lang_code": "x-default"}
    for address in addresses.values():
        yield {**url, "location": address, "alternates": [*alternates, default]}


class PageSitemap(BilingualSitemap):
    def items(self) -> list[str]:
        return ["home", "search", "trainings", "companies", "editions", "legal", "privacy", "accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)


class OfferSitemap(BilingualSitemap):
    def items(self) -> QuerySet[Any]:
        return Offer.objects.visible().only("title", "updated_at").order_by("pk")

    def lastmod(self, item: Offer) -> datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        return Offer.objects.visible().aggregate(last=Max("updated_at"))["last"]


class CompanySitemap(BilingualSitemap):
    def items(self) -> QuerySet[Any]:
        return Company.objects.visible().only("slug").order_by("pk")


class EditionSitemap(BilingualSitemap):
    def items(self) -> QuerySet[Any]:
        return Edition.objects.public().select_related("event").order_by("pk")


SITEMAPS = {"pages": PageSitemap, "offers": OfferSitemap, "companies": CompanySitemap, "editions": EditionSitemap}

PRIVATE = ("b", "compte", "recruteur", "equipe", "forum/inscription", "forum/inscriptions", "suggestions")
"""First parts of addresses that no search engine needs: they ask to sign in, or answer a field."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    paths = [f"{prefix}/{part}/" for prefix in ("", "/en") for part in PRIVATE]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
