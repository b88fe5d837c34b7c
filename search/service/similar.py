"""The plan that finds offers similar to one: those that share its occupation, words of its title, or skills."""

from dataclasses import replace

from jobs.enums import Remote
from jobs.models import Offer
from search.analysis.analyzer import terms
from search.engines.base import Either, Near, Order, Plan, Simple, Values, Without
from search.query.nodes import Node, Occupations, Question, Word

# So far a person may still go to work every day.
NEAR_KM = 60
MAX_SPOTS = 5
MAX_TITLE_TERMS = 8
MAX_SKILL_TERMS = 12


def plans_similar(offer: Offer, *, limit: int) -> tuple[Plan, ...]:
    """The offers near one of the places of this one, or done from anywhere, then the others. No query when the offer
    comes with its places, skills and occupations."""
    anywhere = plan_similar(offer, limit=limit)
    places = offer.places.all()
    spots = dict.fromkeys(
        (p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None
    )
    ways: list[Simple] = [Near(*spot, NEAR_KM) for spot in list(spots)[:MAX_SPOTS]]
    if not ways and (departments := dict.fromkeys(place.department for place in places if place.department)):
        ways = [Values("department", tuple(departments))]
    if not ways:
        return (anywhere,)
    near = Either((*ways, Values("remote", (Remote.FULL,))))
    return replace(anywhere, filters=(*anywhere.filters, near)), anywhere


def plan_similar(offer: Offer, *, limit: int) -> Plan:
    """A plan for `limit` offers of the same kind, itself left out: the occupation weighs most, then the title's words,
    then the skills."""
    title = list(dict.fromkeys(terms(offer.title)))[:MAX_TITLE_TERMS]
    skills = [term for term in dict.fromkeys(_skill_terms(offer)) if term not in title][:MAX_SKILL_TERMS]
    concepts: list[Node] = [*map(Word, title), *(Word(term, 0.5) for term in skills)]
    if occupations := tuple(row.code for row in offer.occupations.all()):
        concepts.append(Occupations(occupations, 12.0))
    return Plan(
        question=Question(tuple(concepts), tuple((rank,) for rank in range(len(concepts)))),
        filters=(Values("kind", (offer.kind,)), Without("id", str(offer.pk))),
        order=Order("relevance"),
        size=limit,
    )


def _skill_terms(offer: Offer) -> list[str]:
    skills = offer.skills.all()
    aliases = (alias for skill in skills for alias in skill.aliases)
    return terms(" · ".join((*(skill.label for skill in skills), *map(str, offer.other_skills), *aliases)))
