"""What a sentence says besides the work: facts that an offer has or has not ("alternance", "télétravail", "Lyon").
A search that is widened keeps them."""

import re
from dataclasses import replace
from functools import cache

from referentials.models import Commune
from search.analysis.analyzer import fold, terms
from search.analysis.talk import TALK_WORDS
from search.analysis.word_lists import KEPT_WORDS
from search.criteria import AS_TYPED, SearchCriteria
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


_FROM = r"(?:(?:à partir de|plus de|au moins|minimum|salaire|at least|from|over) )?"
_PAY = re.compile(
    rf"(?<![\w.,-]){_FROM}(?:(\d{{2,3}}) ?(?:k€|keur|k)|(\d{{2,3}}) ?000 ?(?:€|euros?))"
    r"(?: (?:min|minimum|brut))?(?![\w€])",
    re.IGNORECASE,
)
_SINCE = (
    (1, re.compile(r"(?<![\w-])(?:publiées? )?(?:aujourd'hui|aujourd’hui|today)(?!\w)", re.IGNORECASE)),
    (7, re.compile(r"(?<![\w-])(?:publiées? )?(?:(?:de )?cette semaine|this week)(?!\w)", re.IGNORECASE)),
    (30, re.compile(r"(?<![\w-])(?:publiées? )?(?:(?:de )?ce mois(?:-ci)?|this month)(?!\w)", re.IGNORECASE)),
)


def with_facts(criteria: SearchCriteria) -> SearchCriteria:
    """The search with what its words say of pay and of publication ("40k", "cette semaine") as filters, less these
    words. Words within quotes, or to be taken as they were typed, are left as they are; so is a filter that is set."""
    text = criteria.q
    if not text or criteria.spelling == AS_TYPED or '"' in text:
        return criteria
    pay, since = criteria.pay_min, criteria.since
    if pay is None and (found := _PAY.search(text)):
        pay, text = 1000 * int(found[1] or found[2]), _less(text, found)
    for days, pattern in _SINCE:
        if since is None and (found := pattern.search(text)):
            since, text = days, _less(text, found)
    return criteria if text == criteria.q else replace(criteria, q=text, pay_min=pay, since=since)


def _less(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


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
