"""The texts of the result page: its heading, the names of its filters, the labels of its chips."""

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobs.enums import OfferKind
from search.criteria import DEFAULT_RADIUS, Chosen, SearchCriteria, Sort
from search.query.places import ResolvedPlace
from search.service.facet_labels import labels_of
from search.service.results import ResultPage

FACETS: dict[str, str | Promise] = {
    "kind": gettext_lazy("Je cherche"),
    "contract": gettext_lazy("Contrat"),
    "length": gettext_lazy("Durée du contrat"),
    "time": gettext_lazy("Temps de travail"),
    "remote": gettext_lazy("Télétravail"),
    "experience": gettext_lazy("Expérience"),
    "level": gettext_lazy("Niveau d’études"),
    "session": gettext_lazy("Début de la formation"),
    "duration": gettext_lazy("Durée de la formation"),
    "modality": gettext_lazy("Modalité"),
    "funding": gettext_lazy("Financement"),
    "sector": gettext_lazy("Secteur d’activité"),
    "company": gettext_lazy("Entreprise"),
    "language": gettext_lazy("Langue de l’offre"),
}
CRITERIA: dict[str, str | Promise] = {
    **FACETS,
    "kind": gettext_lazy("Nature"),
    "place": gettext_lazy("Lieu"),
    "radius": gettext_lazy("Distance"),
    "pay_min": gettext_lazy("Rémunération"),
    "since": gettext_lazy("Publication"),
    "not_company": gettext_lazy("Entreprise écartée"),
    "applied": gettext_lazy("Mes candidatures"),
    "collection": gettext_lazy("Sélection"),
    "spelling": gettext_lazy("Orthographe"),
    "sort": gettext_lazy("Tri"),
    "page": gettext_lazy("Page"),
}
APPLIED = gettext_lazy("Sans celles où j’ai postulé")
LEAVE_OUT = gettext_lazy("Écarter une entreprise")
SORTS: dict[str, str | Promise] = {
    Sort.RELEVANCE: gettext_lazy("Pertinence"),
    Sort.DATE: gettext_lazy("Date"),
    Sort.DISTANCE: gettext_lazy("Distance"),
    Sort.PAY: gettext_lazy("Rémunération"),
}


def heading(result: ResultPage) -> str:
    """ "44 offres", "6 formations", "1 offre d’emploi": what all the offers found are."""
    total = result.total
    kinds = result.criteria.kind or _kinds_found(result)
    if kinds == (OfferKind.TRAINING,):
        text = ngettext("%(count)s formation", "%(count)s formations", total)
    elif kinds == (OfferKind.JOB,):
        text = ngettext("%(count)s offre d’emploi", "%(count)s offres d’emploi", total)
    else:
        text = ngettext("%(count)s offre", "%(count)s offres", total)
    return text % {"count": number_format(total, force_grouping=True)}


def trainings(result: ResultPage) -> int:
    """How many of the offers found are trainings, 0 where the heading says all."""
    counts = {value.value: value.count for value in result.facet("kind").values}
    return 0 if len(result.criteria.kind or _kinds_found(result)) == 1 else counts.get(OfferKind.TRAINING, 0)


def _kinds_found(result: ResultPage) -> tuple[str, ...]:
    return tuple(value.value for value in result.facet("kind").values if value.count)


def radius(km: int) -> str:
    return _("%(km)s km autour") % {"km": km} if km else _("Dans la commune seulement")


def pay(euros: int) -> str:
    return _("%(euros)s € par an et plus") % {"euros": number_format(euros, force_grouping=True)}


def since(days: int) -> str:
    return ngettext("Dernières 24 heures", "Moins de %(days)s jours", days) % {"days": days}


def left_out(company: str) -> str:
    """The label of a company that must not be found."""
    return _("Sans %(company)s") % {"company": labels_of("company", [company])[0]}


def chosen(result: ResultPage, item: Chosen) -> str:
    """The label of a chip: that of the facet value, or a text of its own."""
    own = OWN.get(item.name)
    if own is not None:
        return own(result, item.value)
    values = result.facet(item.name).values
    return next((value.label for value in values if value.value == item.value), item.value)


def relaxation(result: ResultPage, item: Chosen, criteria: SearchCriteria) -> str:
    """The text of a link that leaves one constraint out."""
    if item.name == "q":
        return _("Sans les mots « %(words)s »") % {"words": result.criteria.q}
    if item.name == "filters":
        return _("Sans aucun filtre")
    if item.name == "place" and not criteria.place:
        return _("Sans le lieu, partout")
    if item.name in {"place", "radius"} and criteria.radius:
        return _("Jusqu’à %(km)s km") % {"km": criteria.radius}
    return _("Sans « %(label)s »") % {"label": chosen(result, item)}


def places(result: ResultPage) -> str:
    """All the places of a search: "Nice (06), Cannes (06)"."""
    return ", ".join(place.label for place in result.places)


def _places(result: ResultPage, value: str) -> str:
    return places(result) or value


def place(result: ResultPage, place: ResolvedPlace) -> str:
    """One place of a search, with the circle around it."""
    if place.kind != "commune":
        return place.label
    km = DEFAULT_RADIUS if result.criteria.radius is None else result.criteria.radius
    return _("%(place)s et %(km)s km autour") % {"place": place.label, "km": km} if km else place.label


OWN: dict[str, Callable[[ResultPage, str], str]] = {
    "q": lambda _result, value: value,
    "place": _places,
    "pay_min": lambda _result, value: pay(int(value)),
    "since": lambda _result, value: since(int(value)),
    "not_company": lambda _result, value: left_out(value),
    "applied": lambda _result, _value: str(APPLIED),
}
