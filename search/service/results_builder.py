"""Builds the hits and facets of a page from the result of an engine."""

from collections.abc import Iterable

from medinjob.lib.geo import distance_km
from search.analysis.highlight import Highlighter
from search.criteria import SearchCriteria
from search.documents.card import PlaceCard, values_from_json
from search.engines.base import EngineError, EngineHit, EngineResult
from search.query.places import ResolvedPlace, is_area
from search.service.facet_labels import in_order, labels_of
from search.service.results import Facet, FacetValue, Hit


def hits_of(
    engine_hits: Iterable[EngineHit], highlights: Iterable[tuple[str, ...]] = (), place: ResolvedPlace | None = None
) -> tuple[Hit, ...]:
    """The hits of a page. `highlights` are the terms to mark; distances count from `place`."""
    highlighter = Highlighter(highlights)
    point = None if place is None or is_area(place) else (place.latitude, place.longitude)
    try:
        return tuple(_hit(item, highlighter, point) for item in engine_hits)
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"A card of the index cannot be read: {error}") from error


def facets_of(result: EngineResult, criteria: SearchCriteria, place: ResolvedPlace | None) -> tuple[Facet, ...]:
    return tuple(_facet(name, counts, _chosen(name, criteria, place)) for name, counts in result.facets.items())


def _hit(engine_hit: EngineHit, highlighter: Highlighter, point: tuple[float, float] | None) -> Hit:
    values = values_from_json(engine_hit.card)
    label, distance = _nearest(values["places"], point)
    return Hit(
        **values,
        text=engine_hit.text,
        highlighter=highlighter,
        place_label=label,
        distance_km=distance,
    )


def _nearest(places: tuple[PlaceCard, ...], point: tuple[float, float] | None) -> tuple[str, float | None]:
    located = [place for place in places if place.latitude is not None and place.longitude is not None]
    if point is None or not located:
        return (places[0].label if places else ""), None
    distances = [(distance_km(*point, place.latitude or 0.0, place.longitude or 0.0), place) for place in located]
    distance, place = min(distances, key=lambda item: item[0])
    return place.label, round(distance, 1)


def _chosen(name: str, criteria: SearchCriteria, place: ResolvedPlace | None) -> tuple[str, ...]:
    if name == "department":
        return (place.code,) if place and place.kind == "department" else ()
    return tuple(getattr(criteria, name))


def _facet(name: str, counts: list[tuple[str, int]], chosen: tuple[str, ...]) -> Facet:
    counted_values = {value for value, _ in counts}
    rows = in_order(name, [*counts, *((value, 0) for value in chosen if value not in counted_values)])
    labels = labels_of(name, [value for value, _ in rows])
    values = tuple(
        FacetValue(value, label, count, value in chosen) for (value, count), label in zip(rows, labels, strict=True)
    )
    return Facet("place" if name == "department" else name, values)
