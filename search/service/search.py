"""The public functions of search: `search`, `similar`, `trainings_for`, `revision` (`relaxations` and `suggest` are in
their own modules). They never raise for bad input. When the engine fails the database answers, and the result says
so."""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from jobs.enums import OfferKind
from jobs.models import Offer
from search.criteria import SearchCriteria, Sort
from search.engines.base import EngineError, EngineResult, Plan, Values, Without
from search.engines.circuit_breaker import available_engine, breaker, record_failure
from search.query.places import ResolvedPlace, understood
from search.service import fallback
from search.service.planner import make_plan, with_question
from search.service.relaxation import relaxations
from search.service.results import Hit, ResultPage
from search.service.results_builder import facets_of, hits_of
from search.service.rewriting import FEW_RESULTS, RewrittenQuery, parse_as_typed, rewrite
from search.service.similar import plans_similar
from search.service.suggestions import suggest

PAGE_SIZE = 20
MOST_LEFT_OUT = 300


def search(
    criteria: SearchCriteria, *, size: int = PAGE_SIZE, after: str | None = None, left_out: Collection[int] = ()
) -> ResultPage:
    """One page of results with its counts; or, to read all results, what comes `after` an earlier page (its `after`, ""
    for the first). Offers `left_out` are not found. Usually no query to the database; at most two for the fallback, and
    none for each offer."""
    started = time.perf_counter()
    criteria, where = understood(criteria)
    places = where.places
    try:
        result = _from_engine(criteria, places, size, after, left_out)
    except EngineError as error:
        record_failure(error)
        hits, total = fallback.search(criteria, places, size=size, left_out=left_out)
        result = _Result(hits, total, degraded=True)
    return ResultPage(
        criteria=criteria,
        hits=result.hits,
        total=result.total,
        facets=facets_of(result.answer, criteria, places) if result.answer else (),
        size=size,
        took=(time.perf_counter() - started) * 1000,
        degraded=result.degraded,
        corrected_query=result.understood.corrected if result.understood else None,
        exact_total=result.exact_total,
        places=places,
        place_read=where.said,
        ignored=criteria.ignored,
        after=result.answer.after if result.answer else "",
    )


def similar(offer: Offer, *, limit: int = 4) -> tuple[Hit, ...]:
    """Offers of the same kind that are like this one, which may have left the index, those near it first; of re-posted
    ones, the best. Empty when the engine fails."""
    distinct: dict[tuple[str, str], Hit] = {}
    for plan in plans_similar(offer, limit=3 * limit):
        for hit in _hits_or_none(plan):
            distinct.setdefault((hit.title, hit.employer_name), hit)
        if len(distinct) >= limit:
            break
    return tuple(distinct.values())[:limit]


def trainings_for(occupation_codes: Iterable[str], *, limit: int = 3) -> tuple[Hit, ...]:
    """Trainings that lead to one of these occupations (ROME codes), the newest first. Empty when the engine fails."""
    codes = tuple(occupation_codes)
    filters = (Values("kind", (OfferKind.TRAINING,)), Values("occupation", codes))
    return _hits_or_none(Plan(filters=filters, size=limit)) if codes else ()


def revision() -> str:
    """A text that changes whenever a search may find something else; "" where that cannot be told without searching."""
    try:
        return available_engine().revision()
    except EngineError as error:
        record_failure(error)
        return ""


@dataclass(frozen=True, slots=True)
class _Result:
    """What the engine or the fallback found."""

    hits: tuple[Hit, ...]
    total: int
    answer: EngineResult | None = None
    understood: RewrittenQuery | None = None
    exact_total: int | None = None
    degraded: bool = False


def _from_engine(
    criteria: SearchCriteria,
    places: tuple[ResolvedPlace, ...],
    size: int,
    after: str | None,
    left_out: Collection[int],
) -> _Result:
    """Searches the words as typed; when they find little, searches the rewritten query (see `rewriting`)."""
    engine = available_engine()
    rewritten = RewrittenQuery(parse_as_typed(engine, criteria.q))
    plan = _without(make_plan(criteria, rewritten.question, places, size=size, after=after), left_out)
    answer = engine.run(plan)
    exact_total = None
    if answer.total < FEW_RESULTS and criteria.q and not criteria.spelling:
        rewritten = rewrite(engine, criteria.q)
        if rewritten.exact or rewritten.corrected:
            plan = make_plan(criteria, rewritten.question, places, size=size, after=after)
            plan = _without(plan, left_out)
            exact_first = rewritten.exact if plan.order.name == Sort.RELEVANCE else None
            if exact_first:
                corrected = bool(rewritten.corrected)
                exact_total = engine.count([with_question(plan, exact_first)])[0] if corrected else answer.total
            answer = engine.run(with_question(plan, rewritten.question, exact_first=exact_first))
    hits = hits_of(answer.hits, rewritten.question.highlights(), places)
    return _Result(hits, answer.total, answer, rewritten, exact_total)


def _without(plan: Plan, offers: Collection[int]) -> Plan:
    """The plan less these offers, the first `MOST_LEFT_OUT` of them."""
    left_out = (Without("id", str(offer)) for offer in islice(offers, MOST_LEFT_OUT))
    return replace(plan, filters=(*plan.filters, *left_out))


def _hits_or_none(plan: Plan) -> tuple[Hit, ...]:
    try:
        return hits_of(available_engine().run(plan).hits)
    except EngineError as error:
        record_failure(error)
        return ()


__all__ = ["breaker", "relaxations", "revision", "search", "similar", "suggest", "trainings_for"]
