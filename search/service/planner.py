"""The planner: turns criteria and a question into the plan that an engine runs."""

from dataclasses import replace

from referentials.enums import PlaceLevel
from search.criteria import DEFAULT_RADIUS, FACETS, SearchCriteria, Sort
from search.engines.base import AtLeast, Filter, Near, Order, Plan, Values
from search.query.nodes import Question
from search.query.places import ResolvedPlace, departments_of, is_area
from search.service.results import MAX_DEPTH

# The facets counted with the results; places are counted by département.
COUNTED = tuple("department" if name == "place" else name for name in (*FACETS, "place") if name != "collection")


def make_plan(
    criteria: SearchCriteria,
    question: Question,
    place: ResolvedPlace | None,
    *,
    size: int,
    counted: bool = True,
    after: str | None = None,
) -> Plan:
    """`size` 0 asks for no offers. Beyond `MAX_DEPTH` there are none either."""
    offset = (criteria.page - 1) * size
    return Plan(
        question=question,
        filters=tuple(_filters(criteria, place)),
        order=_order(criteria, question, place),
        offset=offset,
        size=size if offset < MAX_DEPTH else 0,
        facets=COUNTED if counted else (),
        after=after,
    )


def everywhere(question: Question) -> Plan:
    """The words alone, without any other constraint."""
    return Plan(question=question, size=0)


def with_question(plan: Plan, question: Question, exact_first: Question | None = None) -> Plan:
    """The same search for other words."""
    return replace(plan, question=question, exact_first=exact_first)


def _filters(criteria: SearchCriteria, place: ResolvedPlace | None) -> list[Filter]:
    filters: list[Filter] = [Values(name, values) for name in FACETS if (values := getattr(criteria, name))]
    if criteria.pay_min is not None:
        filters.append(AtLeast("pay", criteria.pay_min))
    if earliest := criteria.published_from:
        filters.append(AtLeast("published", int(earliest.timestamp())))
    if place is not None:
        filters += _where(place, criteria.radius)
    return filters


def _where(place: ResolvedPlace, radius: int | None) -> list[Filter]:
    if place.kind == PlaceLevel.COUNTRY:
        return []
    if place.kind == PlaceLevel.REGION:
        return [Values("department", departments_of(place.code))]
    if place.kind == PlaceLevel.DEPARTMENT:
        return [Values("department", (place.code,))]
    if radius == 0:
        return [Values("commune", (place.code,))]
    return [Near(place.latitude, place.longitude, radius or DEFAULT_RADIUS)]


def _order(criteria: SearchCriteria, question: Question, place: ResolvedPlace | None) -> Order:
    """The order asked for. Distance needs a point and relevance needs words; without them the newest come first."""
    if criteria.sort == Sort.DISTANCE and place and not is_area(place):
        return Order(Sort.DISTANCE, (place.latitude, place.longitude))
    if criteria.sort == Sort.RELEVANCE and not question.is_empty:
        return Order(Sort.RELEVANCE)
    return Order(Sort.DATE)
