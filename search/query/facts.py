"""What a sentence says besides the work: facts that an offer has or has not ("alternance", "télétravail", "Lyon").
A search that is widened keeps them."""

from functools import cache

from referentials.models import Commune
from search.analysis.analyzer import fold, terms
from search.analysis.talk import TALK_WORDS
from search.analysis.word_lists import KEPT_WORDS
from search.memory import cached_for
from search.query.nodes import Node, highlights_of

KEPT_FOR = 300
# Smaller communes have the names of things ("Vue", "Sage").
TOWN = 20_000
WORDS = (
    "cdi",
    "cdd",
    "stage",
    "stagiaire",
    "alternance",
    "apprentissage",
    "apprenti",
    "professionnalisation",
    "freelance",
    "indépendant",
    "intérim",
    "télétravail",
    "temps partiel",
    "débutant",
    "junior",
    "formation",
)


def is_fact(node: Node) -> bool:
    """A contract, remote work, working time, a first job, a training, or a place, in one of its names."""
    said = set(highlights_of(node))
    return not said.isdisjoint(_fact_words()) or not said.isdisjoint(_place_words())


@cache
def _fact_words() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(terms(word)) for word in WORDS)


@cached_for(seconds=KEPT_FOR)
def _place_words() -> frozenset[tuple[str, ...]]:
    """The names of towns, départements and regions as terms."""
    towns = Commune.objects.filter(population__gte=TOWN).order_by().values_list("name", flat=True)
    wider = Commune.objects.order_by().values_list("department_name", "region_name").distinct()
    names = {*towns, *(name for pair in wider for name in pair)}
    return frozenset(tuple(terms(name)) for name in names if fold(name) not in KEPT_WORDS | TALK_WORDS)
