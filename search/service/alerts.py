"""Which of some offers a search finds: alerts ask this of new offers."""

from collections.abc import Collection
from dataclasses import replace

from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import Values
from search.query.places import understood
from search.service.planner import make_plan
from search.service.results_builder import hits_of
from search.service.rewriting import parse_as_typed


def matching_offers(criteria: SearchCriteria, offer_ids: Collection[int]) -> list[int]:
    """The ids among `offer_ids` that the search finds with its words as typed, without rewriting; none when its place
    does not exist. Raises `EngineError`."""
    criteria, where = understood(criteria)
    if not offer_ids or (criteria.place and not where.places):
        return []
    engine = get_engine()
    plan = make_plan(criteria, parse_as_typed(engine, criteria.q), where.places, size=len(offer_ids), counted=False)
    among = Values("id", tuple(str(offer_id) for offer_id in offer_ids))
    result = engine.run(replace(plan, filters=(*plan.filters, among)))
    return sorted(hit.id for hit in hits_of(result.hits))
