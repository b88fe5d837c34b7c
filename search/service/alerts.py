"""Which of some offers a search finds: for alerts, which ask it of new offers alone."""

from collections.abc import Collection
from dataclasses import replace

from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import Values
from search.query.places import understood
from search.service.planner import make_plan
from search.service.results_builder import hits_of
from search.service.rewriting import literally


def matching(criteria: SearchCriteria, offer_ids: Collection[int]) -> list[int]:
    """Those of `offer_ids` that the index finds with the words as typed: no other spelling, nothing that only comes
    near. Nothing for a place that does not exist. Raises `EngineError`."""
    criteria, found_place = understood(criteria)
    if not offer_ids or (criteria.place and not found_place.places):
        return []
    engine = get_engine()
    plan = make_plan(criteria, literally(engine, criteria.q), found_place.places, size=len(offer_ids), counted=False)
    among = Values("id", tuple(str(offer_id) for offer_id in offer_ids))
    found = engine.run(replace(plan, filters=(*plan.filters, among)))
    return sorted(hit.id for hit in hits_of(found.found))
