"""The doors of search: `search`, `similar`, `trainings_for`, `relaxations` (and `suggest`, next door). They never raise
for bad input; when the engine fails the database answers, plainly, and the answer says so."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from jobs.enums import OfferKind
from jobs.models import Offer
from search.criteria import Ignored, SearchCriteria, Sort
from search.documents.builder import document
from search.documents.sources import load
from search.engines.base import Answer, EngineError, Plan, Values
from search.engines.circuit_breaker import available_engine, breaker, failed
from search.query.places import ResolvedPlace, resolve_place
from search.service import fallback
from search.service.planner import make_plan, with_question
from search.service.relaxation import relaxations
from search.service.results import Hit, ResultPage
from search.service.results_builder import facets_of, hits_of
from search.service.rewriting import FEW, Understood, generously, literally
from search.service.similar import like
from search.service.suggestions import suggest

PAGE_SIZE = 20


def search(criteria: SearchCriteria, *, size: int = PAGE_SIZE, after: str | None = None) -> ResultPage:
    """One page of results with its counts; or, for who reads them all however deep, what comes `after` an earlier page
    (its `after`, "" for the first). At most two queries to the fallback, none by offer; usually none."""
    started = time.perf_counter()
    place = resolve_place(criteria.place) if criteria.place else None
    ignored = criteria.ignored
    if criteria.place and place is None:
        ignored = (*ignored, Ignored("place", criteria.place))
    try:
        result = _answered(criteria, place, size, after)
    except EngineError as error:
        failed(error)
        hits, total = fallback.search(criteria, place, size=size)
        result = Result(hits, total, degraded=True)
    return ResultPage(
        criteria=criteria,
        hits=result.hits,
        total=result.total,
        facets=facets_of(result.answer, criteria, place) if result.answer else (),
        size=size,
        took=(time.perf_counter() - started) * 1000,
        degraded=result.degraded,
        corrected_query=result.understood.corrected if result.understood else None,
        exact_total=result.exact_total,
        place=place,
        ignored=ignored,
        after=result.answer.after if result.answer else "",
    )


def similar(offer_id: int, *, limit: int = 4) -> tuple[Hit, ...]:
    """Offers of the same kind that are like this one, which may have left the index; of re-posted ones, the best. Empty
    when the engine fails."""
    found = load(Offer.objects.filter(pk=offer_id))
    hits = _quietly(like(document(found[0]), limit=3 * limit)) if found else ()
    distinct = {(hit.title, hit.employer_name): hit for hit in reversed(hits)}
    return tuple(reversed(distinct.values()))[:limit]


def trainings_for(occupation_codes: Iterable[str], *, limit: int = 3) -> tuple[Hit, ...]:
    """Trainings that lead to one of these occupations (ROME codes), the newest first. Empty when the engine fails."""
    codes = tuple(occupation_codes)
    filters = (Values("kind", (OfferKind.TRAINING,)), Values("occupation", codes))
    return _quietly(Plan(filters=filters, size=limit)) if codes else ()


@dataclass(frozen=True, slots=True)
class Result:
    """What one of the two ways of searching found."""

    hits: tuple[Hit, ...]
    total: int
    answer: Answer | None = None
    understood: Understood | None = None
    exact_total: int | None = None
    degraded: bool = False


def _answered(criteria: SearchCriteria, place: ResolvedPlace | None, size: int, after: str | None) -> Result:
    """As typed first; where that finds little, what the words alone decide (see `understanding`)."""
    engine = available_engine()
    understood = Understood(literally(engine, criteria.q))
    plan = make_plan(criteria, understood.question, place, size=size, after=after)
    answer = engine.run(plan)
    exact_total = None
    if answer.total < FEW and criteria.q and not criteria.spelling:
        understood = generously(engine, criteria.q)
        if understood.exact or understood.corrected:
            plan = make_plan(criteria, understood.question, place, size=size, after=after)
            exact_first = understood.exact if plan.order.name == Sort.RELEVANCE else None
            if exact_first:
                corrected = bool(understood.corrected)
                exact_total = engine.count([with_question(plan, exact_first)])[0] if corrected else answer.total
            answer = engine.run(with_question(plan, understood.question, exact_first=exact_first))
    hits = hits_of(answer.found, understood.question.spoken(), place)
    return Result(hits, answer.total, answer, understood, exact_total)


def _quietly(plan: Plan) -> tuple[Hit, ...]:
    try:
        return hits_of(available_engine().run(plan).found)
    except EngineError as error:
        failed(error)
        return ()


__all__ = ["breaker", "relaxations", "search", "similar", "suggest", "trainings_for"]
