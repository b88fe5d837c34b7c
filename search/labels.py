"""How the values of facets are called on screen."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from jobs.enums import ContractType, EducationLevel, Experience, Funding, Modality, OfferKind, Remote
from jobs.models import OfferCollection
from referentials.models import Sector
from search.criteria import Duration
from search.memory import remembered
from search.places import department_names

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
}
ORDERED = frozenset({"experience", "level", "duration", "session"})
"""Facets whose values have an order of their own; the others go by number of offers."""


def labels_of(name: str, values: Iterable[str]) -> list[str]:
    """The labels of values of a facet in the language in force; a value that is not known is its own label."""
    if name == "session":
        return [_month(value) for value in values]
    known = _NAMES[name]() if name in _NAMES else _CHOICES.get(name, {})
    return [str(known.get(value, value)) for value in values]


def in_order(name: str, values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counted values as they are listed."""
    if name not in ORDERED:
        return sorted(values, key=lambda item: (-item[1], item[0]))
    ranks = {value: rank for rank, value in enumerate(_CHOICES.get(name, ()))}
    return sorted(values, key=lambda item: (ranks.get(item[0], len(ranks)), item[0]))


def _month(value: str) -> str:
    return date_format(date.fromisoformat(f"{value}-01"), "F Y")


def _sectors() -> dict[str, str]:
    return _sectors_in(get_language() or "")


@remembered(seconds=KEPT_FOR)
def _sectors_in(_language: str) -> dict[str, str]:
    return {sector.pk: str(sector) for sector in Sector.objects.all()}


@remembered(seconds=KEPT_FOR)
def _companies() -> dict[str, str]:
    return dict(Company.objects.order_by().values_list("slug", "name"))


@remembered(seconds=KEPT_FOR)
def _collections() -> dict[str, str]:
    return dict(OfferCollection.objects.order_by().values_list("slug", "name"))


@remembered(seconds=KEPT_FOR)
def _departments() -> dict[str, str]:
    return {code: f"{name} ({code})" for code, name in department_names().items()}


_NAMES: dict[str, Callable[[], Mapping[str, str]]] = {
    "sector": _sectors,
    "company": _companies,
    "collection": _collections,
    "department": _departments,
}
