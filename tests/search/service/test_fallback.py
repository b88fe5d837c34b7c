"""When the engine is away the database answers, plainly, and says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, SectorFactory
from search.criteria import SearchCriteria
from search.engines import circuit_breaker, get_engine
from search.service.search import relaxations, search, similar, suggest, trainings_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_index(index):
    """The folder is this test's own, and nothing has built an index in it."""


def titles(**criteria) -> list[str]:
    result = search(SearchCriteria(**criteria))
    assert result.degraded
    return [hit.title for hit in result.hits]


@pytest.mark.parametrize("query", ["python", "PYTHON", "développeur python", "développeuse", "atelier", "le python"])
def test_words_of_titles_and_employers_find(query):
    OfferFactory(published=True, title="Développeur Python", company=CompanyFactory(name="Atelier"))
    OfferFactory(published=True, title="Fleuriste", company=CompanyFactory(name="Serre"))
    assert titles(q=query) == ["Développeur Python"]


def test_only_what_the_public_may_see_is_found_newest_first():
    OfferFactory(paused=True)
    for days in (3, 1, 2):
        OfferFactory(published=True, title=str(days), published_at=timezone.now() - timedelta(days=days))
    assert titles() == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("fields", "criteria"),
    [
        ({"job__contract": "stage"}, {"contract": ("stage",)}),
        ({"job__remote": "full"}, {"remote": ("full",)}),
        ({"job__level": 8}, {"level": ("8",)}),
        ({"job__pay_yearly_max": 90_000}, {"pay_min": 80_000}),
        ({"published_at": timezone.now()}, {"since": 1}),
    ],
)
def test_filters_hold(fields, criteria):
    OfferFactory(published=True, title="Autre")
    OfferFactory(published=True, title="Voulue", **fields)
    assert titles(**criteria) == ["Voulue"]


def test_sector_and_company_hold():
    sector = SectorFactory()
    wanted = OfferFactory(published=True, title="Voulue", sectors=[sector, SectorFactory()])
    OfferFactory(published=True, sectors=[SectorFactory()])
    assert titles(sector=(sector.pk,)) == titles(company=(wanted.company.slug,)) == ["Voulue"]


@pytest.mark.parametrize("place", ["Aix-en-Provence", "13", "Bouches-du-Rhône"])
def test_place_holds(place):
    OfferFactory(published=True, title="Aix", places=[CommuneFactory(aix=True), CommuneFactory(marseille=True)])
    OfferFactory(published=True, title="Nice", place=CommuneFactory(nice=True))
    assert titles(place=place) == ["Aix"]


def test_region_holds_all_its_departements():
    OfferFactory(published=True, title="Aix", place=CommuneFactory(aix=True))
    OfferFactory(published=True, title="Paris", place=CommuneFactory(paris=True))
    assert titles(place="PACA") == ["Aix"]


def test_pages_and_total_are_right():
    OfferFactory.create_batch(5, published=True)
    result = search(SearchCriteria(page=2), size=3)
    assert (result.total, len(result.hits), result.pages) == (5, 2, 2)


def test_answer_asks_as_little_for_three_offers_as_for_one(django_assert_num_queries):
    for new in (1, 2):
        OfferFactory.create_batch(new, published=True, place=CommuneFactory(aix=True))
        with django_assert_num_queries(9):
            titles()


def test_a_failure_is_logged_once_and_spares_the_engine(index, caplog):
    OfferFactory(published=True)
    titles()
    titles()
    assert len([record for record in caplog.records if "failed" in record.message]) == 1
    assert circuit_breaker.breaker.is_open


def test_engine_is_asked_again_after_a_while(index):
    OfferFactory(published=True)
    titles()
    index()  # closes the breaker, as time does
    assert not search(SearchCriteria()).degraded


def test_breaker_closes_by_itself():
    breaker = circuit_breaker.CircuitBreaker(seconds=0.0)
    breaker.trip()
    assert not breaker.is_open


def test_unreadable_index_degrades(index, tmp_path):
    OfferFactory(published=True, title="Une")
    index()
    (folder,) = (tmp_path / "index").glob("offers-*")
    for file in folder.glob("*.*"):
        file.write_bytes(b"broken")
    get_engine.cache_clear()
    assert titles() == ["Une"]


def test_what_is_beside_the_results_is_simply_absent():
    offer = OfferFactory(published=True)
    assert similar(offer) == trainings_for(["M1855"]) == relaxations(SearchCriteria(q="x y")) == ()
    assert suggest("dev", kinds=("occupation",)) == ()


def test_best_paid_come_first_there_too():
    for title, pay in (("Un", 30_000), ("Deux", None), ("Trois", 40_000)):
        OfferFactory(published=True, title=title, job__pay_yearly_min=pay, job__pay_yearly_max=None)
    assert titles(sort="pay") == ["Trois", "Un", "Deux"]
