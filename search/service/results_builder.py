"""From an engine's answer to what a page shows."""

from collections.abc import Iterable

from medinjob.lib.geo import distance_km
from search.analysis.highlight import Highlighter
from search.criteria import SearchCriteria
from search.documents.card import PlaceCard, values_from_json
from search.engines.base import Answer, EngineError, Found
from search.query.places import ResolvedPlace, is_area
from search.service.facet_labels import in_order, labels_of
from search.service.results import Facet, FacetValue, Hit


def hits_of(
    found: Iterable[Found], spoken: Iterable[tuple[str, ...]] = (), place: ResolvedPlace | None = None
) -> tuple[Hit, ...]:
    """What is `spoken` of is marked; `place` is what distances count from."""
    highlighter = Highlighter(spoken)
    point = None if place is None or is_area(place) else (place.latitude, place.longitude)
    try:
        return tuple(_hit(item, highlighter, point) for item in found)
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"A card of the index cannot be read: {error}") from error


def facets_of(answer: Answer, criteria: SearchCriteria, place: ResolvedPlace | None) -> tuple[Facet, ...]:
    return tuple(_facet(name, counted, _chosen(name, criteria, place)) for name, counted in answer.facets.items())


def _hit(found: Found, highlighter: Highlighter, point: tuple[float, float] | None) -> Hit:
    values = values_from_json(found.card)
    label, distance = _nearest(values["places"], point)
    return Hit(
        **values,
        text=found.text,
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


def _facet(name: str, counted: list[tuple[str, int]], chosen: tuple[str, ...]) -> Facet:
    known = {value for value, _ in counted}
    rows = in_order(name, [*counted, *((value, 0) for value in chosen if value not in known)])
    labels = labels_of(name, [value for value, _ in rows])
    values = tuple(
        FacetValue(value, label, count, value in chosen) for (value, count), label in zip(rows, labels, strict=True)
    )
    return Facet("place" if name == "department" else name, values)
