"""Assembles the site. French pages have bare addresses, English ones begin with /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from jobs.api import CompanyListView
from medinjob import gallery, health, pages
from medinjob.sitemaps import SITEMAPS, robots
from reports.api import EditionReportView
from reports.views.keys import signing_keys
from search.web.api.views import OfferDetailView, OfferListView, SchemaView, UnknownView

api = [
    path("offers/", OfferListView.as_view(), name="api-offers"),
    path("offers/<int:offer_id>/", OfferDetailView.as_view(), name="api-offer"),
    path("companies/", CompanyListView.as_view(), name="api-companies"),
    path("editions/<slug:slug>/report/", EditionReportView.as_view(), name="api-edition-report"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    re_path("", UnknownView.as_view(), name="api-unknown"),  # a path has no line feed, an address may
]

urlpatterns = [
    path("sante/", health.health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("style-<slug:digest>.css", pages.stylesheet_file, name="stylesheet"),
    path(".well-known/medinjob-keys.json", signing_keys, name="signing-keys"),
    path(
        "sitemap.xml",
        require_safe(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<slug:section>.xml", require_safe(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("mentions-legales/", pages.legal, name="legal"),
        path("donnees-personnelles/", pages.privacy, name="privacy"),
        path("accessibilite/", pages.accessibility, name="accessibility"),
        path("galerie/", gallery.gallery, name="gallery"),
        path("", include("accounts.urls")),
        path("", include("companies.urls")),
        path("", include("jobs.urls")),
        path("", include("search.urls")),
        path("", include("candidates.urls")),
        path("", include("forums.urls")),
        path("", include("ledger.urls")),
        path("", include("reports.urls")),
        path("compte/", include("allauth.urls")),
        prefix_default_language=False,
    ),
    path("api/v1/", include(api)),
]

handler400 = "medinjob.errors.bad_request"
handler403 = "medinjob.errors.forbidden"
handler404 = "medinjob.errors.not_found"
handler429 = "medinjob.errors.too_many_requests"  # allauth's rate limits look it up
handler500 = "medinjob.errors.server_error"
