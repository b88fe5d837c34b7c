"""Searches that a person keeps, to hear of new offers."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from candidates.enums import SAVED_SEARCHES_MOST, Frequency
from candidates.errors import SavedSearchError
from candidates.models import AlertedOffer, SavedSearch
from search.criteria import DEFAULTS, SearchCriteria

LONGEST = 1000
# An alert has an order of its own and only ever speaks of new offers.
LEFT_OUT = ("sort", "page", "since")


def alert_query(criteria: SearchCriteria) -> str:
    """The canonical query string of what is followed: equal for equal searches."""
    return criteria.with_(**{name: DEFAULTS[name] for name in LEFT_OUT}).to_query_string()


@transaction.atomic
def save_search(*, user: Any, criteria: SearchCriteria, label: str, frequency: str = Frequency.DAILY) -> SavedSearch:
    """Follow a search; one that is followed already takes the new name and frequency, and is active again."""
    query = alert_query(criteria)
    if len(query) > LONGEST:
        raise SavedSearchError(_("Cette recherche a trop de filtres pour être enregistrée : enlevez-en."))
    others = SavedSearch.objects.filter(user=user).exclude(query=query)
    if others.count() >= SAVED_SEARCHES_MOST:
        raise SavedSearchError(_("Vous avez déjà beaucoup d’alertes : supprimez-en une d’abord."))
    fields = {"label": label[:120], "frequency": frequency, "active": True}
    return SavedSearch.objects.update_or_create(user=user, query=query, defaults=fields)[0]


def change_frequency(*, search: SavedSearch, frequency: str) -> None:
    search.frequency = Frequency(frequency)
    search.save(update_fields=["frequency"])


@transaction.atomic
def pause_search(*, search: SavedSearch) -> None:
    """No mail any more, until it is resumed; what was found and not yet told is dropped."""
    AlertedOffer.objects.filter(search=search, mailed_at=None).delete()
    search.active = False
    search.save(update_fields=["active"])


def resume_search(*, search: SavedSearch) -> None:
    search.active = True
    search.save(update_fields=["active"])


def delete_search(*, search: SavedSearch) -> None:
    search.delete()
