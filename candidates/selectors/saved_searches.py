"""Searches that a person follows, and what they are called."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from candidates.models import SavedSearch
from search.service.results import ResultPage
from search.web import wording


def own_searches(user: Any) -> QuerySet[Any]:
    """With `told`, the number of offers mailed so far."""
    told = Count("found", filter=Q(found__mailed_at__isnull=False))
    return SavedSearch.objects.filter(user=user).annotate(told=told)


def label_of(result: ResultPage) -> str:
    """What a search asks, in words: "python · Marseille et 20 km autour · CDI"."""
    asked = [item for item in result.criteria.chosen() if item.name != "since"]
    return " · ".join(wording.chosen(result, item) for item in asked)[:120] or _("Toutes les offres")
