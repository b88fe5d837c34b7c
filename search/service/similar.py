"""The plan that finds offers similar to one: those that share its occupation, words of its title, or skills."""

from dataclasses import replace

from jobs.enums import Remote
from search.documents.schema import OfferDocument
from search.engines.base import Either, Near, Order, Plan, Simple, Values, Without
from search.query.nodes import Node, Occupations, Question, Word

# So far a person may still go to work every day.
NEAR_KM = 60
MAX_SPOTS = 5
MAX_TITLE_TERMS = 8
MAX_SKILL_TERMS = 12


def plans_similar(document: OfferDocument, *, limit: int) -> tuple[Plan, ...]:
    """The offers near one of the places of this one, or done from anywhere, then the others."""
    anywhere = plan_similar(document, limit=limit)
    ways: list[Simple] = [Near(*spot, NEAR_KM) for spot in document.spots[:MAX_SPOTS]]
    if not ways and document.values["department"]:
        ways = [Values("department", document.values["department"])]
    if not ways:
        return (anywhere,)
    near = Either((*ways, Values("remote", (Remote.FULL,))))
    return replace(anywhere, filters=(*anywhere.filters, near)), anywhere


def plan_similar(document: OfferDocument, *, limit: int) -> Plan:
    """A plan for `limit` offers of the same kind, itself left out: the occupation weighs most, then the title's words,
    then the skills."""
    title = list(dict.fromkeys(document.terms["title"]))[:MAX_TITLE_TERMS]
    skills = [term for term in dict.fromkeys(document.terms["skills"]) if term not in title][:MAX_SKILL_TERMS]
    concepts: list[Node] = [*map(Word, title), *(Word(term, 0.5) for term in skills)]
    if occupations := document.values["occupation"]:
        concepts.append(Occupations(occupations, 12.0))
    return Plan(
        question=Question(tuple(concepts), tuple((rank,) for rank in range(len(concepts)))),
        filters=(Values("kind", document.values["kind"]), Without("id", str(document.id))),
        order=Order("relevance"),
        size=limit,
    )
