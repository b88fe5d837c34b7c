"""Autocomplete: names of occupations, skills, companies and communes that begin with what is typed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from companies.models import Company
from medinjob.lib.text import fold
from referentials.models import Appellation, Occupation, Skill
from referentials.selectors import communes_starting_with, places_starting_with
from referentials.selectors.occupations import both_forms
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import Engine, EngineError, Plan
from search.memory import cached_for
from search.query.nodes import NOTHING_ASKED
from search.query.places import understood
from search.service.planner import everywhere, make_plan
from search.service.results import Suggestion
from search.service.rewriting import parse_as_typed, vocabulary_of

KINDS = ("occupation", "skill", "company", "commune", "place")
SHORTEST = 2
# How many of each kind at most, when several are mixed.
MIXED = 3
KEPT_FOR = 60


class Name(NamedTuple):
    """A name to suggest: `key` is folded with a space before each word; `uses` says how frequent it is."""

    key: str
    label: str
    value: str
    uses: int = 0


def suggest(text: str, *, limit: int = 8, kinds: Iterable[str] | None = None) -> tuple[Suggestion, ...]:
    """Empty for less than two characters. `value` goes to `q`, or for a company to `company`, for a commune to `place`;
    `count` is what choosing it would find now (0 when the engine is away)."""
    typed = " ".join(text.lower().split())
    if len(typed) < SHORTEST or not fold(typed):
        return ()
    wanted_kinds = [kind for kind in KINDS if kinds is None or kind in set(kinds)]
    each = limit if len(wanted_kinds) == 1 else MIXED
    names = [(kind, name) for kind in wanted_kinds for name in _FINDERS[kind](typed, each)]
    counts = _counts([(kind, name.value) for kind, name in names[:limit]])
    return tuple(
        Suggestion(kind, name.label, name.value, count)
        for (kind, name), count in zip(names[:limit], counts, strict=True)
    )


def _best(names: Iterable[Name], typed: str, limit: int) -> list[Name]:
    """The names that begin with the text, then those with a word that does; the most used first. Signs in the text
    count."""
    start = f" {fold(typed) if typed.replace(' ', '').isalnum() else typed}"
    matching = [name for name in names if start in name.key]
    return sorted(matching, key=lambda n: (not n.key.startswith(start), -n.uses, len(n.label), n.label))[:limit]


def _occupations(typed: str, limit: int) -> list[Name]:
    return _best(_occupation_names(), typed, limit)


def _skills(typed: str, limit: int) -> list[Name]:
    return _best(_skill_names(), typed, limit)


def _companies(typed: str, limit: int) -> list[Name]:
    return _best(_company_names(), typed, limit)


def _communes(typed: str, limit: int) -> list[Name]:
    return [Name("", place.label, place.label) for place in communes_starting_with(typed, limit)]


def _places(typed: str, limit: int) -> list[Name]:
    """A département is chosen by its number: a town may have its name."""
    places = places_starting_with(typed, limit)
    return [Name("", place.label, place.code if place.level == "department" else place.label) for place in places]


_FINDERS: dict[str, Callable[[str, int], list[Name]]] = {
    "occupation": _occupations,
    "skill": _skills,
    "company": _companies,
    "commune": _communes,
    "place": _places,
}


@cached_for(seconds=KEPT_FOR)
def _occupation_names() -> list[Name]:
    """Labels and appellations in their common form: "développeur web"."""
    uses = _uses("occupation")
    labels = Occupation.objects.filter(active=True, digital=True).values_list("label", "code")
    others = Appellation.objects.filter(active=True, occupation__active=True, occupation__digital=True)
    names: dict[str, Name] = {}
    for label, code in (*labels, *others.values_list("label", "occupation_id")):
        forms = both_forms(label)
        common = _as_typed(forms[1] if len(forms) > 1 else label)
        names.setdefault(fold(common), Name(_key(label), label, common, uses.get(code, 0)))
    return list(names.values())


@cached_for(seconds=KEPT_FOR)
def _skill_names() -> list[Name]:
    words = _words()
    rows = Skill.objects.filter(active=True).values_list("label", "aliases")
    return [
        Name(
            " ".join(map(_key, (label, *aliases))),
            label,
            label,
            min(words.get(w, 0) for w in fold(label).split() or [""]),
        )
        for label, aliases in rows
    ]


@cached_for(seconds=KEPT_FOR)
def _company_names() -> list[Name]:
    uses = _uses("company")
    return [Name(_key(name), name, slug, uses.get(slug, 0)) for slug, name in _companies_with_offers(uses)]


def _companies_with_offers(uses: dict[str, int]) -> Iterable[tuple[str, str]]:
    rows = Company.objects.order_by().values_list("slug", "name")
    return [(slug, name) for slug, name in rows if slug in uses]


def _key(name: str) -> str:
    """Folded, and as written for names with signs ("C++", ".NET", "d'application")."""
    folded, lower = fold(name), name.lower()
    return f" {folded}" if lower.replace(" ", "").isalnum() else f" {folded} {lower}"


def _as_typed(name: str) -> str:
    """ "Développeur web" → "développeur web"; acronyms and marks keep their capitals."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _uses(facet: str) -> dict[str, int]:
    try:
        return dict(get_engine().values(facet))
    except EngineError:
        return {}


def _words() -> dict[str, int]:
    try:
        return dict(vocabulary_of(get_engine()).counts)
    except EngineError:
        return {}


def _counts(choices: list[tuple[str, str]]) -> list[int]:
    try:
        engine = get_engine()
        return engine.count([_plan(engine, kind, value) for kind, value in choices])
    except EngineError:
        return [0] * len(choices)


def _plan(engine: Engine, kind: str, value: str) -> Plan:
    if kind == "company":
        return make_plan(SearchCriteria(company=(value,)), NOTHING_ASKED, (), size=0, counted=False)
    if kind in {"commune", "place"}:
        criteria, where = understood(SearchCriteria(place=value))
        return make_plan(criteria, NOTHING_ASKED, where.places, size=0, counted=False)
    return everywhere(parse_as_typed(engine, value))
