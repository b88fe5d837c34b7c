"""Assembles the site. French pages have bare addresses, English ones begin with /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from medinjob import pages

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("", include("accounts.urls")),
        path("", include("companies.urls")),
        path("", include("jobs.urls")),
        path("", include("search.urls")),
        path("", include("candidates.urls")),
        path("compte/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
