"""The planner: turns criteria and a question into the plan that an engine runs."""

from dataclasses import replace

from search.criteria import DEFAULT_RADIUS, FACETS, LEFT_OUT, SearchCriteria, Sort
from search.engines.base import AtLeast, Either, Filter, Near, Order, Plan, Simple, Values, Without
from search.query.nodes import Question
from search.query.places import ResolvedPlace, communes_in, departments_in, is_everywhere, points_of
from search.service.results import MAX_DEPTH

# The facets counted with the results; places are counted by département.
COUNTED = tuple("department" if name == "place" else name for name in (*FACETS, "place") if name != "collection")


def make_plan(
    criteria: SearchCriteria,
    question: Question,
    places: tuple[ResolvedPlace, ...] = (),
    *,
    size: int,
    counted: bool = True,
    after: str | None = None,
) -> Plan:
    """`size` 0 asks for no offers. Beyond `MAX_DEPTH` there are none either."""
    offset = (criteria.page - 1) * size
    return Plan(
        question=question,
        filters=tuple(_filters(criteria, places)),
        order=_order(criteria, question, places),
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


def _filters(criteria: SearchCriteria, places: tuple[ResolvedPlace, ...]) -> list[Filter]:
    filters: list[Filter] = [Values(name, values) for name in FACETS if (values := getattr(criteria, name))]
    for name, facet in LEFT_OUT.items():
        filters += [Without(facet, value) for value in getattr(criteria, name)]
    if criteria.pay_min is not None:
        filters.append(AtLeast("pay", criteria.pay_min))
    if earliest := criteria.published_from:
        filters.append(AtLeast("published", int(earliest.timestamp())))
    return [*filters, *_where(places, criteria.radius)]


def _where(places: tuple[ResolvedPlace, ...], radius: int | None) -> list[Filter]:
    """In one of the places: whole départements by their number, areas by their communes, communes by a circle."""
    if is_everywhere(places):
        return []
    ways: list[Simple] = []
    if departments := departments_in(places):
        ways.append(Values("department", departments))
    points = points_of(places)
    codes = communes_in(places) if radius != 0 else (*communes_in(places), *(point.code for point in points))
    if codes:
        ways.append(Values("commune", codes))
    if radius != 0:
        ways += [Near(point.latitude, point.longitude, radius or DEFAULT_RADIUS) for point in points]
    return [*ways] if len(ways) == 1 else [Either(tuple(ways))]


def _order(criteria: SearchCriteria, question: Question, places: tuple[ResolvedPlace, ...]) -> Order:
    """The order asked for. Distance needs a point and relevance needs words; without them the newest come first."""
    points = points_of(places)
    if criteria.sort == Sort.DISTANCE and len(points) == len(places) == 1:
        return Order(Sort.DISTANCE, (points[0].latitude, points[0].longitude))
    if criteria.sort == Sort.RELEVANCE and not question.is_empty:
        return Order(Sort.RELEVANCE)
    return Order(Sort.PAY if criteria.sort == Sort.PAY else Sort.DATE)
