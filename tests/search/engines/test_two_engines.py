"""The embedded engine and Elasticsearch side by side on the real offers: the same offers, counts and quality."""

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bench.judgements import JUDGED
from bench.relevance import offers_with_facts, ours, scores
from jobs.enums import Experience, Remote
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import FACET_SIZE, Engine, EngineResult
from search.query.places import understood
from search.service.planner import make_plan
from search.service.rewriting import parse_as_typed

pytestmark = pytest.mark.django_db

FILES = ("offers_ft_data_it_2024_2025_public.jsonl.gz", "offers_ft_digital_2026_public.jsonl")
PLACES = ("", "", "Aix-en-Provence", "Marseille", "Sophia Antipolis", "13", "PACA", "Paris", "Île-de-France", "Lyon")
WORDS = [judged.text for judged in JUDGED] + ["", "développeur", "java", "h/f", "data", "c", ".net", "réseau sécurité"]


class Site(NamedTuple):
    """An engine that holds the real offers, and how to make it the one that answers."""

    engine: Engine
    use: Callable[[], None]


@pytest.fixture
def sites(shared_data: Any, elasticsearch: None, index: Callable[[], None], settings: Any) -> list[Site]:
    call_command("load_referentials", verbosity=0)
    for name in FILES:
        call_command("import_offers", str(shared_data / name), format="france-travail", verbosity=0)

    def site(url: str) -> Site:
        def use() -> None:
            settings.SEARCH_URL = url
            get_engine.cache_clear()

        use()
        index()
        return Site(get_engine(), use)

    return [site(settings.SEARCH_URL), site("tantivy:")]


def few(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Often none, sometimes one or two of them."""
    return st.just(()) | st.just(()) | st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


@st.composite
def criteria(draw: Any) -> SearchCriteria:
    return SearchCriteria(
        q=draw(st.sampled_from(WORDS)),
        contract=draw(few(["cdi", "cdd", "interim", "apprentissage"])),
        remote=draw(few(Remote.values)),
        experience=draw(few(Experience.values)),
        place=draw(st.sampled_from(PLACES)),
        radius=draw(st.sampled_from([None, 0, 10, 30, 100, 300])),
        pay_min=draw(st.sampled_from([None, None, None, 25_000])),
        since=draw(st.sampled_from([None, None, None, 365])),
        sort=draw(st.sampled_from(["relevance", "date", "distance"])),
    )


def answer(engine: Engine, asked: SearchCriteria) -> EngineResult:
    """To the words as typed: no other spelling, nothing that only comes near."""
    asked, where = understood(asked)
    return engine.run(make_plan(asked, parse_as_typed(engine, asked.q), where.places, size=20))


def certain(counted: list[tuple[str, int]]) -> dict[str, int]:
    """Of a facet cut at `FACET_SIZE`, the values that do not tie with the last one."""
    least = counted[-1][1] if len(counted) == FACET_SIZE else 0
    return {value: count for value, count in counted if count > least}


def test_both_engines_count_the_same_and_order_as_well(sites):
    """One test, since bringing the real offers in is most of its time."""
    one, other = (site.engine for site in sites)
    assert one.versions() == other.versions()
    assert dict(one.vocabulary()) == dict(other.vocabulary())
    assert sum(map(bool, totals_told_alike(one, other))) > 100
    figures = qualities(sites)
    assert min(figures) > 0.95
    assert abs(figures[0] - figures[1]) <= 0.02


def totals_told_alike(one: Engine, other: Engine) -> list[int]:
    totals: list[int] = []

    @hypothesis_settings(max_examples=200, deadline=None, derandomize=True, database=None)
    @given(criteria())
    def same(asked: SearchCriteria) -> None:
        answers = [answer(engine, asked) for engine in (one, other)]
        assert answers[0].total == answers[1].total
        counts = [{name: certain(counted) for name, counted in item.facets.items()} for item in answers]
        assert counts[0] == counts[1]
        totals.append(answers[0].total)

    same()
    return totals


def qualities(sites: Sequence[Site]) -> list[float]:
    """nDCG@10 over the judged searches."""
    facts = offers_with_facts()
    figures = []
    for site in sites:
        site.use()
        figures.append(fmean(scores(ours, facts).values()))
    return figures
