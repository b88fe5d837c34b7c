"""Query relaxation, for a search that finds nothing: which constraint to leave out, and what that would find."""

from search.criteria import DEFAULT_RADIUS, SearchCriteria
from search.engines.base import Engine, EngineError, Plan
from search.engines.circuit_breaker import available_engine, record_failure
from search.query.nodes import NOTHING_ASKED, Question
from search.query.places import ResolvedPlace, points_of, understood
from search.service.planner import make_plan
from search.service.results import Relaxation
from search.service.rewriting import rewrite

# Radii to try around a commune, in km.
WIDER = (50, 100, 200)
ALL_FILTERS = "filters"


def relaxations(criteria: SearchCriteria, *, limit: int = 5) -> tuple[Relaxation, ...]:
    """The ways to find something by leaving one constraint, best first: only those that would help. A way is named by
    the constraint left, "radius" for a wider circle, "filters" for all of them when none alone would do. Empty when the
    engine fails."""
    criteria, where = understood(criteria)
    places = where.places
    criteria = criteria.with_(spelling="")  # counted with the rewritten query
    try:
        engine = available_engine()
        ways = _counted(engine, [*_without_one(criteria, places), *_around(criteria, places)], places)
        if not ways and len(criteria.chosen()) > 1:
            ways = _counted(engine, [(ALL_FILTERS, "", SearchCriteria(q=criteria.q))], ())
    except EngineError as error:
        record_failure(error)
        return ()
    return tuple(sorted(_nearest_circle_only(ways), key=lambda way: -way.count)[:limit])


def _without_one(criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> list[tuple[str, str, SearchCriteria]]:
    chosen = (item for item in criteria.chosen() if item.name != "place" or places)
    return [(item.name, item.value, criteria.without(item.name, item.value)) for item in chosen]


def _around(criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> list[tuple[str, str, SearchCriteria]]:
    if not points_of(places):
        return []
    radius = DEFAULT_RADIUS if criteria.radius is None else criteria.radius
    return [("radius", str(km), criteria.with_(radius=km)) for km in WIDER if km > radius]


def _counted(
    engine: Engine, ways: list[tuple[str, str, SearchCriteria]], places: tuple[ResolvedPlace, ...]
) -> list[Relaxation]:
    question = rewrite(engine, next((way.q for _, _, way in ways if way.q), "")).question
    counts = engine.count([_plan(criteria, question, places) for _, _, criteria in ways])
    return [Relaxation(*way, count) for way, count in zip(ways, counts, strict=True) if count]


def _plan(criteria: SearchCriteria, question: Question, places: tuple[ResolvedPlace, ...]) -> Plan:
    words = question if criteria.q else NOTHING_ASKED
    return make_plan(criteria, words, places if criteria.place else (), size=0, counted=False)


def _nearest_circle_only(ways: list[Relaxation]) -> list[Relaxation]:
    """Of the wider circles, the first one that has something."""
    circles = [way for way in ways if way.name == "radius"]
    return [way for way in ways if way.name != "radius" or way is circles[0]]
