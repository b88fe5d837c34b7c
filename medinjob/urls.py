"""Assembles the site. French pages have bare addresses, English ones begin with /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from medinjob import gallery, pages

urlpatterns = [
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
        path("compte/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]

handler403 = "medinjob.errors.forbidden"
handler404 = "medinjob.errors.not_found"
handler429 = "medinjob.errors.too_many_requests"  # allauth's rate limits look it up
handler500 = "medinjob.errors.server_error"
