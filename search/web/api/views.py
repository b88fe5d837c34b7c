"""The offers of the read API: a search by the query string of the page, and one offer."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import acts_as_staff
from jobs.api import REFUSALS, PublicView, RefusalSerializer
from jobs.models import Offer
from jobs.selectors.public_offer import Sight, sight_of
from search.criteria import CHOICES, LIMITS, NAMES, ONE_OF, SEVERAL, SearchCriteria
from search.query.places import understood
from search.service.results import ResultPage
from search.service.search import search
from search.web.api.serializers import GoneSerializer, HitSerializer, OfferPageSerializer, OfferSerializer
from search.web.cursors import read_cursor, sign_cursor

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


PARAMETER_HELP: dict[str, Any] = {
    "q": _("Mots : métier, compétence, entreprise."),
    "place": _(
        "Commune, code postal, code INSEE, département, région ou territoire, ou plusieurs séparés par des virgules."
    ),
    "radius": _("Kilomètres autour d’une commune : 0 à 300, 30 par défaut."),
    "pay_min": _("Rémunération d’au moins tant d’euros par an, avant impôt."),
    "since": _("Parues depuis tant de jours : 1 à 365."),
    "spelling": _("typed : les mots tels quels, sans chercher une autre orthographe quand aucune offre ne les a."),
    "sort": _("Ordre des résultats."),
    "page": _("Numéro de page, à partir de 1."),
    "page_size": _("Résultats par page : 1 à 100, 20 par défaut."),
    "cursor": _("La suite d’une page : ce que son champ cursor disait."),
    "session": _("Mois de début d’une formation : 2027-01."),
    "company": _("Identifiant d’entreprise (champ company_slug)."),
    "sector": _("Identifiant de secteur."),
    "collection": _("Identifiant de sélection."),
    "level": _("Niveau de diplôme, 0 à 8."),
    "experience": _("Années d’expérience demandées, au moins."),
}


def _parameters() -> list[OpenApiParameter]:
    """The query string for OpenAPI, made from the rules that read it."""
    enums = {name: sorted(values) for name, values in CHOICES.items()} | {
        name: list(values) for name, values in ONE_OF.items()
    }
    return [
        OpenApiParameter(
            name,
            OpenApiTypes.INT if name in (*LIMITS, "page_size") else OpenApiTypes.STR,
            many=name in SEVERAL,
            enum=enums.get(name),
            description=PARAMETER_HELP.get(name, ""),
        )
        for name in (*NAMES, "page_size", "cursor")
    ]


class UnknownView(PublicView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        raise NotFound


class Unavailable(APIException):
    """Reading with a cursor cannot continue while the database answers instead of the index."""

    status_code = 503
    default_detail = _("La recherche répond mal en ce moment : réessayez dans une minute.")


class OfferListView(PublicView):
    @extend_schema(
        operation_id="offers_list",
        summary=_("Chercher des offres"),
        description=_(
            "La recherche de la page /offres/. Une valeur qui ne veut rien dire est laissée de côté et dite dans "
            "`ignored` ; `facets` donne ce que chaque valeur d’un filtre apporterait."
        ),
        parameters=_parameters(),
        responses={200: OfferPageSerializer, **REFUSALS, 503: RefusalSerializer},
    )
    def get(self, request: Request) -> Response:
        criteria, _found = understood(SearchCriteria.from_query(request.query_params))
        size = _page_size(request)
        cursor = request.query_params.get("cursor", "")
        after = read_cursor(cursor, criteria) if cursor else ""
        if after is None:
            raise NotFound(gettext("Page non valide."))
        result = search(criteria.with_() if after else criteria, size=size, after=after)
        if after and result.degraded:
            raise Unavailable
        if result.page > result.pages or any(item.name == "page" for item in criteria.ignored):
            raise NotFound(gettext("Page non valide."))
        return Response(_page(request, result, is_walk=bool(after)))


class OfferDetailView(PublicView):
    @extend_schema(
        operation_id="offers_retrieve",
        summary=_("Lire une offre"),
        description=_("L’offre entière. 410 quand elle est terminée ; 301 vers l’offre gardée quand c’est un double."),
        responses={200: OfferSerializer, **REFUSALS, 410: GoneSerializer},
    )
    def get(self, request: Request, offer_id: int) -> Response:
        offer = Offer.objects.select_related("company", "duplicate_of").filter(pk=offer_id).first()
        if offer is None:
            raise NotFound
        sight = sight_of(offer, request.user, as_staff=acts_as_staff(request))
        if sight == Sight.SHOWN:
            return Response(OfferSerializer(offer, context={"request": request}).data)
        if sight == Sight.MOVED:
            return Response(status=301, headers={"Location": reverse("api-offer", args=[offer.duplicate_of_id])})
        if sight == Sight.ENDED:
            return Response({"detail": gettext("Cette offre est terminée."), "state": offer.state}, status=410)
        raise NotFound


def _page_size(request: Request) -> int:
    text = request.query_params.get("page_size", "")
    number = int(text[:9]) if text.isascii() and text.isdigit() else 0
    return min(number, MAX_PAGE_SIZE) or PAGE_SIZE


def _page(request: Request, result: ResultPage, *, is_walk: bool) -> dict[str, Any]:
    has_next, has_previous = result.page < result.pages and not is_walk, result.page > 1
    cursor = sign_cursor(result.after, result.criteria) if result.after else None
    next_by_cursor = _page_url(request, result, 1, cursor=cursor) if cursor else None
    return {
        "count": result.total,
        "next": _page_url(request, result, result.page + 1) if has_next else next_by_cursor,
        "previous": _page_url(request, result, result.page - 1) if has_previous else None,
        "cursor": cursor,
        "results": HitSerializer(result.hits, many=True, context={"request": request}).data,
        "facets": {facet.name: [asdict(value) for value in facet.values] for facet in result.facets},
        "corrected_query": result.corrected_query,
        "exact_total": result.exact_total,
        "degraded": result.degraded,
        "ignored": [item._asdict() for item in result.ignored],
        **_places(result),
    }


def _places(result: ResultPage) -> dict[str, Any]:
    """How the words of the place were understood."""
    said = result.place_read
    return {
        "places": [{"kind": place.kind, "code": place.code, "label": place.label} for place in result.places],
        "radius": result.criteria.radius,
        "place_corrections": [{"typed": typed, "label": label} for typed, label in said.corrections],
        "other_places": list(said.others),
        "nearest_places": list(said.nearest),
    }


def _page_url(request: Request, result: ResultPage, number: int, *, cursor: str = "") -> str:
    size = str(result.size) if result.size != PAGE_SIZE else ""
    parts = [result.criteria.with_(page=number).to_query_string()]
    parts += (f"{name}={value}" for name, value in (("page_size", size), ("cursor", cursor)) if value)
    return str(request.build_absolute_uri(f"?{'&'.join(filter(None, parts))}"))


class SchemaView(PublicView, SpectacularAPIView):
    """The OpenAPI schema, in YAML or JSON. The query string cannot change its version or language."""

    api_version = "1"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._get_schema_response(request)
