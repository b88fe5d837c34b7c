from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import conditional_page, require_safe

from search.web.feeds import SearchFeed
from search.web.views.docs import api_docs
from search.web.views.offer import offer_page
from search.web.views.results import results
from search.web.views.staff import staff_index
from search.web.views.suggestions import suggestions

urlpatterns: list[URLPattern | URLResolver] = [
    path("offres/", results, name="search"),
    path("formations/", results, {"kind": "training"}, name="trainings"),
    path("offres/flux.atom", conditional_page(require_safe(SearchFeed())), name="search-feed"),
    path("offres/<int:offer_id>-<slug:slug>/", offer_page, name="offer"),
    path("equipe/index/", staff_index, name="staff-index"),
    path("suggestions/", suggestions, name="suggest"),
    path("api/v1/docs/", api_docs, name="api-docs"),
]
