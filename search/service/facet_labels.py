"""The labels of facet values on screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Manager, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from jobs.enums import ContractType, EducationLevel, Experience, Funding, Modality, OfferKind, Remote
from jobs.models import OfferCollection
from referentials.models import Commune, Sector
from search.criteria import Duration, Language, Length, WorkingTime
from search.memory import cached_for

KEPT_FOR = 60

_CHOICES: dict[str, Mapping[str, object]] = {
    "kind": dict(OfferKind.choices),
    "contract": dict(ContractType.choices),
    "remote": dict(Remote.choices),
    "experience": dict(Experience.choices),
    "level": {str(value): label for value, label in EducationLevel.choices},
    "funding": dict(Funding.choices),
    "modality": dict(Modality.choices),
    "duration": {
        Duration.DAYS: _("Une semaine au plus"),
        Duration.WEEKS: _("De une à sept semaines"),
        Duration.MONTHS: _("De deux à six mois"),
        Duration.YEAR: _("Plus de six mois"),
    },
    "length": {
        Length.SHORT: _("Trois mois au plus"),
        Length.MEDIUM: _("De quatre à onze mois"),
        Length.LONG: _("Un an et plus"),
    },
    "time": {WorkingTime.FULL: _("Temps plein"), WorkingTime.PART: _("Temps partiel")},
    "language": {Language.FRENCH: _("En français"), Language.ENGLISH: _("En anglais")},
}
# Facets whose values have an order of their own; the others are sorted by number of offers.
ORDERED = frozenset({"experience", "level", "duration", "session", "length"})


def labels_of(name: str, values: Iterable[str]) -> list[str]:
    """The labels of values of a facet in the language in force; a value that is not known is its own label."""
    if name == "session":
        return [_month(value) for value in values]
    labels = _choice_labels(name, get_language()) if name in _CHOICES else _row_labels(name)
    return [labels.get(value, value) for value in values]


def in_order(name: str, values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The counted values, in the order in which a page lists them."""
    if name not in ORDERED:
        return sorted(values, key=lambda item: (-item[1], item[0]))
    ranks = {value: rank for rank, value in enumerate(_CHOICES.get(name, ()))}
    return sorted(values, key=lambda item: (ranks.get(item[0], len(ranks)), item[0]))


def _month(value: str) -> str:
    return date_format(date.fromisoformat(f"{value}-01"), "F Y")


@cache
def _choice_labels(name: str, _language: str | None) -> Mapping[str, str]:
    """The labels of a facet's choices in the language in force: a page shows seventy."""
    return {value: str(label) for value, label in _CHOICES[name].items()}


def _row_labels(name: str) -> Mapping[str, str]:
    """The labels of a facet whose values are rows, in the language in force."""
    return _rows().get((name, get_language() == "en"), {})


@cached_for(seconds=KEPT_FOR)
def _rows() -> dict[tuple[str, bool], dict[str, str]]:
    """By facet and "is it in English?", in one query for all of them."""
    rows = _texts(Sector.objects, "sector", "slug", "label", "label_en").union(
        _texts(Company.objects, "company", "slug", "name", "name"),
        _texts(OfferCollection.objects, "collection", "slug", "name", "name"),
        _texts(Commune.objects, "department", "department", "department_name", "department_name"),
    )
    labels: dict[tuple[str, bool], dict[str, str]] = defaultdict(dict)
    for facet, value, french, english in rows:
        department = f" ({value})" if facet == "department" else ""
        labels[facet, False][value] = f"{french}{department}"
        labels[facet, True][value] = f"{english}{department}"
    return dict(labels)


def _texts(rows: Manager[Any], facet: str, *names: str) -> QuerySet[Any, Any]:
    """The facet's name, then these columns as text, so that several tables can be read at once."""
    columns = (Cast(name, TextField()) for name in names)
    return rows.order_by().values_list(Value(facet, output_field=TextField()), *columns)
