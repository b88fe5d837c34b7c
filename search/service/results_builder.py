"""Builds the hits and facets of a page from the result of an engine."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.utils import timezone

from medinjob.lib.geo import distance_km
from search.analysis.highlight import Highlighter
from search.criteria import SearchCriteria
from search.documents.card import PlaceCard, values_from_json
from search.engines.base import EngineError, EngineHit, EngineResult
from search.query.places import ResolvedPlace, communes_in, departments_in, points_of
from search.service.facet_labels import in_order, labels_of
from search.service.results import Facet, FacetValue, Hit


class Asked(NamedTuple):
    """What the places of a search are compared with."""

    departments: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    points: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of(cls, places: tuple[ResolvedPlace, ...]) -> Self:
        return cls(
            frozenset(departments_in(places)),
            frozenset(communes_in(places)),
            tuple((place.latitude, place.longitude) for place in points_of(places)),
        )


def hits_of(
    engine_hits: Iterable[EngineHit],
    highlights: Iterable[tuple[str, ...]] = (),
    places: tuple[ResolvedPlace, ...] = (),
) -> tuple[Hit, ...]:
    """The hits of a page. `highlights` are the terms to mark; `places` choose which place of an offer
    is shown, and distances count from them."""
    highlighter = Highlighter(highlights)
    asked = Asked.of(places)
    try:
        return tuple(_hit(item, highlighter, asked) for item in engine_hits)
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"A card of the index cannot be read: {error}") from error


def facets_of(result: EngineResult, criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> tuple[Facet, ...]:
    return tuple(
        _facet(name, _to_come(name, counts), _chosen(name, criteria, places)) for name, counts in result.facets.items()
    )


def _to_come(name: str, counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The months of an index are those of the day when it was written: past ones are no choice any more."""
    if name != "session":
        return counts
    month = f"{timezone.localdate():%Y-%m}"
    return [(value, count) for value, count in counts if value >= month]


def _hit(engine_hit: EngineHit, highlighter: Highlighter, asked: Asked) -> Hit:
    values = values_from_json(engine_hit.card)
    shown, distance = _shown(values["places"], asked)
    return Hit(
        **values,
        text=engine_hit.text,
        highlighter=highlighter,
        place_label=shown.label if shown else "",
        more_places=max(0, len({place.label for place in values["places"]}) - 1),
        distance_km=distance,
    )


def _shown(cards: tuple[PlaceCard, ...], asked: Asked) -> tuple[PlaceCard | None, float | None]:
    """Of an offer's places, the one in an area of the search, else the nearest to its towns, else the first."""
    areas = asked.departments | asked.communes
    inside = next((card for card in cards if not areas.isdisjoint((card.department, card.commune))), None)
    if inside is not None or not asked.points:
        return inside or (cards[0] if cards else None), None
    distances = [
        (distance_km(*point, card.latitude, card.longitude), card)
        for card in cards
        if card.latitude is not None and card.longitude is not None
        for point in asked.points
    ]
    if not distances:
        return (cards[0] if cards else None), None
    distance, card = min(distances, key=lambda item: item[0])
    return card, round(distance, 1)


def _chosen(name: str, criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> tuple[str, ...]:
    if name == "department":
        return tuple(place.code for place in places if place.kind == "department")
    return tuple(getattr(criteria, name))


def _facet(name: str, counts: list[tuple[str, int]], chosen: tuple[str, ...]) -> Facet:
    counted_values = {value for value, _ in counts}
    rows = in_order(name, [*counts, *((value, 0) for value in chosen if value not in counted_values)])
    labels = labels_of(name, [value for value, _ in rows])
    values = tuple(
        FacetValue(value, label, count, value in chosen) for (value, count), label in zip(rows, labels, strict=True)
    )
    return Facet("place" if name == "department" else name, values)
