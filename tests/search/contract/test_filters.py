from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.factories import (
    CommuneFactory,
    CompanyFactory,
    OccupationFactory,
    SectorFactory,
    TrainingFactory,
)
from jobs.models import OfferCollection
from referentials.selectors import forget_places
from search.criteria import SearchCriteria
from search.service.results import MAX_DEPTH
from search.service.search import search
from tests.search.contract.conftest import asked, titles


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"job__contract": "cdd"}, {"contract": "cdd"}),
        ({"job__remote": "full"}, {"remote": "full"}),
        ({"job__experience": "5"}, {"experience": "5"}),
        ({"job__level": 7}, {"level": "7"}),
        ({"job__pay_yearly_min": 60_000, "job__pay_yearly_max": 70_000}, {"pay_min": "65000"}),
        ({"job__pay_yearly_min": 60_000, "job__pay_yearly_max": None}, {"pay_min": "55000"}),
    ],
)
def test_facts_of_a_job_are_filters(publish, fields, query):
    publish("Autre", job__contract="cdi", job__remote="none", job__experience="0", job__level=4)
    publish("Voulue", **fields)
    assert titles(**query) == ["Voulue"]


def test_offer_without_pay_is_not_found_by_pay(publish):
    publish("Sans", job__pay_yearly_min=None, job__pay_yearly_max=None)
    assert titles(pay_min="1") == []


def test_sector_company_and_collection_are_filters(publish):
    sector, company = SectorFactory(), CompanyFactory(name="Atelier", slug="atelier")
    (wanted,) = publish("Voulue", sectors=[sector], company=company)
    publish("Autre", sectors=[SectorFactory()], company=CompanyFactory())
    OfferCollection.objects.create(slug="forum-2026", name="Forum 2026").offers.add(wanted)
    publish("Encore une autre")
    assert titles(sector=sector.pk) == titles(company="atelier") == titles(collection="forum-2026") == ["Voulue"]


def test_since_counts_days_of_the_date_shown(publish):
    now = timezone.now()
    publish("Récente", published_at=now - timedelta(days=2))
    publish("Ancienne", published_at=now - timedelta(days=20))
    publish("Importée hier, parue il y a longtemps", imported=True, source_published_at=now - timedelta(days=90))
    assert titles(since="7") == ["Récente"]
    assert asked(since="30").total == 2


def test_since_is_the_same_for_an_hour(publish):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    publish("Récente", published_at=hour - timedelta(days=7))
    publish("Ancienne", published_at=hour - timedelta(days=7, seconds=1))
    for minute in (0, 59):
        with time_machine.travel(hour + timedelta(minutes=minute), tick=False):
            assert titles(since="7") == ["Récente"]


def test_values_of_one_facet_add_and_facets_narrow(publish):
    publish("CDI plein", job__contract="cdi", job__remote="full")
    publish("CDD plein", job__contract="cdd", job__remote="full")
    publish("Stage", job__contract="stage", job__remote="full")
    publish("CDI sur place", job__contract="cdi", job__remote="none")
    assert set(titles(contract=["cdi", "cdd"], remote="full")) == {"CDI plein", "CDD plein"}


def test_contract_length_working_time_and_language_filter(publish):
    publish("Court", job__contract="cdd", job__contract_months=3, job__working_time="Temps partiel - 20H/semaine")
    publish("Moyen", job__contract="cdd", job__contract_months=4, job__working_time="35H/semaine")
    publish("Long", job__contract="cdd", job__contract_months=12, job__working_time="")
    english = "You will join the team and work with our customers on the design of the product. We are in Nice."
    publish("Anglais", text=english)
    assert [titles(length=length) for length in ("short", "medium", "long")] == [["Court"], ["Moyen"], ["Long"]]
    assert titles(time="part") == ["Court"]
    assert "Court" not in titles(time="full")
    assert titles(language="en") == ["Anglais"]
    assert "Anglais" not in titles(language="fr")


def test_companies_are_left_out(publish):
    atlas, zenith = CompanyFactory(slug="atlas"), CompanyFactory(slug="zenith")
    publish("Chez Atlas", company=atlas)
    publish("Chez Zenith", company=zenith)
    publish("Importée", company=None, employer_name="Autre")
    assert set(titles(not_company="atlas")) == {"Chez Zenith", "Importée"}
    assert titles(not_company=["atlas", "zenith"]) == ["Importée"]


def test_trainings_have_their_own_filters(publish):
    start = timezone.localdate() + timedelta(days=40)
    wanted = TrainingFactory(published=True, title="Formation web", training__hours=700, training__funding=["cpf"])
    wanted.sessions.create(starts_on=start, ends_on=start, modality="remote")
    TrainingFactory(published=True, title="Autre", training__hours=7, training__funding=["opco"], session=True)
    publish("Emploi")
    assert titles(kind="training", duration="months") == ["Formation web"]
    assert titles(funding="cpf") == titles(modality="remote") == ["Formation web"]
    assert titles(session=f"{start:%Y-%m}", modality="remote") == ["Formation web"]
    assert titles(kind="job") == ["Emploi"]


@pytest.fixture
def towns():
    forget_places()
    return CommuneFactory(aix=True), CommuneFactory(marseille=True), CommuneFactory(nice=True), CommuneFactory(gap=True)


@pytest.fixture
def spread(publish, towns):
    aix, marseille, nice, gap = towns
    publish("Aix", place=aix)
    publish("Marseille", place=marseille)
    publish("Nice et Gap", places=[nice, gap])
    publish("Nulle part")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"place": "Aix-en-Provence"}, {"Aix", "Marseille"}),
        ({"place": "13100"}, {"Aix", "Marseille"}),
        ({"place": "aix"}, {"Aix", "Marseille"}),
        ({"place": "Aix-en-Provence", "radius": "20"}, {"Aix"}),
        ({"place": "Aix-en-Provence", "radius": "0"}, {"Aix"}),
        ({"place": "13"}, {"Aix", "Marseille"}),
        ({"place": "Bouches-du-Rhône"}, {"Aix", "Marseille"}),
        ({"place": "Nice"}, {"Nice et Gap"}),
        ({"place": "Gap", "radius": "5"}, {"Nice et Gap"}),
        ({"place": "05"}, {"Nice et Gap"}),
        ({"place": "06"}, {"Nice et Gap"}),
        ({"place": "PACA"}, {"Aix", "Marseille", "Nice et Gap"}),
        ({"place": "Gap", "radius": "300"}, {"Aix", "Marseille", "Nice et Gap"}),
    ],
)
def test_place_finds_offers_by_any_of_their_places(spread, query, expected):
    result = asked(**query)
    assert {hit.title for hit in result.hits} == expected
    assert result.place is not None


def test_two_places_do_not_make_a_third_one(publish, towns):
    """The latitude of one place with the longitude of another is nowhere."""
    _, _, nice, gap = towns
    crossing = CommuneFactory(name="Croisement", latitude=gap.latitude, longitude=nice.longitude, postcodes=["04999"])
    publish("Nice et Gap", places=[nice, gap])
    assert titles(place=crossing.name, radius="10") == []


def test_unknown_place_is_said_and_left_out(spread):
    result = asked(place="Zorglubville")
    assert result.total == 4
    assert [item.name for item in result.ignored] == ["place"]


def test_nearest_place_is_shown_with_its_distance(spread):
    (hit,) = asked(place="Gap", radius="10").hits
    assert (hit.place_label, hit.distance_km) == ("Gap", 0.0)
    aix, marseille = sorted(asked(place="Aix-en-Provence").hits, key=lambda hit: hit.distance_km)
    assert aix.distance_km == 0.0
    assert 20 < marseille.distance_km < 30


def test_no_distance_to_a_departement(spread):
    assert {hit.distance_km for hit in asked(place="13").hits} == {None}


def test_offers_are_sorted_by_distance(publish, towns):
    aix, marseille, nice, gap = towns
    publish("Loin", place=gap)
    publish("Près", place=marseille)
    publish("Ici ou loin", places=[nice, aix])
    assert titles(place="Aix-en-Provence", radius="200", sort="distance") == ["Ici ou loin", "Près", "Loin"]


def test_offers_are_sorted_by_date(publish):
    for days in (3, 1, 2):
        publish(f"Python {days}", published_at=timezone.now() - timedelta(days=days))
    assert titles(q="python", sort="date") == ["Python 1", "Python 2", "Python 3"]
    assert titles() == ["Python 1", "Python 2", "Python 3"]


def test_distance_without_a_commune_is_no_order(publish, towns):
    aix, *_ = towns
    publish("Développeur", place=aix)
    for place in ("", "13", "PACA", "Zorglubville"):
        assert titles(q="développeur", place=place, sort="distance") == ["Développeur"]


def test_pages_hold_every_offer_once(publish):
    publish(*(f"Développeur {number:02}" for number in range(23)))
    pages = [search(SearchCriteria(q="développeur", page=page), size=5) for page in range(1, 6)]
    assert {result.total for result in pages} == {23}
    assert pages[0].pages == 5
    assert [len(result.hits) for result in pages] == [5, 5, 5, 5, 3]
    assert len({hit.id for result in pages for hit in result.hits}) == 23


def test_page_beyond_the_last_is_empty(publish):
    publish("Développeur")
    result = asked(page="7")
    assert (result.hits, result.total, result.pages) == ((), 1, 1)


def test_page_deeper_than_anybody_reads_is_empty(publish):
    publish("Développeur")
    assert search(SearchCriteria(page=MAX_DEPTH), size=20).hits == ()


def test_occupation_filter_of_trainings(publish):
    from search.service.search import trainings_for

    web = OccupationFactory(web=True)
    TrainingFactory(published=True, title="Formation web", occupations=[web])
    TrainingFactory(published=True, title="Formation data", occupations=[OccupationFactory(data=True)])
    publish("Développeur web", occupations=[web])
    assert [hit.title for hit in trainings_for([web.pk])] == ["Formation web"]
    assert trainings_for([]) == ()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Aix, Nice", {"Aix", "Marseille", "Nice et Gap"}),
        ("Gap ou Aix-en-Provence", {"Aix", "Marseille", "Nice et Gap"}),
        ("13/05", {"Aix", "Marseille", "Nice et Gap"}),
        ("06 ou Marseille", {"Aix", "Marseille", "Nice et Gap"}),
        ("20 km d'Aix-en-Provence", {"Aix"}),
        ("15 km autour de Gap ou Marseille", {"Marseille", "Nice et Gap"}),
        ("près d'Aix", {"Aix", "Marseille"}),
        ("Les Bouches-du-Rhône", {"Aix", "Marseille"}),
        ("Pays d'Aix", {"Aix"}),
        ("Côte d'Azur", {"Nice et Gap"}),
        ("Alpes du Sud", {"Nice et Gap"}),
        ("Marseile", {"Aix", "Marseille"}),
        ("toute la France", {"Aix", "Marseille", "Nice et Gap", "Nulle part"}),
    ],
)
def test_places_are_read_as_people_type_them(spread, place, expected):
    result = asked(place=place)
    assert {hit.title for hit in result.hits} == expected
    assert result.ignored == ()


def test_places_asked_several_times_are_a_choice(spread):
    assert {hit.title for hit in asked(place=["Gap", "Aix-en-Provence"], radius="5").hits} == {"Aix", "Nice et Gap"}


def test_communes_alone_of_several_places(spread):
    assert {hit.title for hit in asked(place="Gap ou Aix-en-Provence", radius="0").hits} == {"Aix", "Nice et Gap"}


def test_counts_hold_with_several_places(spread):
    result = asked(place="Gap ou Aix-en-Provence")
    assert {value.value: value.count for value in result.facet("place").values} == {"13": 2, "05": 1, "06": 1}
    areas = asked(place="13 ou 05")
    assert {value.value for value in areas.facet("place").values if value.selected} == {"13", "05"}


def test_the_place_of_the_search_is_the_one_shown(spread):
    """An offer with several places shows the one that was asked for, and says that there are more."""
    for place, label in (
        ("05", "Gap"),
        ("06", "Nice"),
        ("Alpes du Sud", "Gap"),
        ("Nice", "Nice"),
        ("Gap ou 13", "Gap"),
    ):
        (hit,) = (hit for hit in asked(place=place).hits if hit.title == "Nice et Gap")
        assert (hit.place_label, hit.more_places) == (label, 1), place


def test_a_travel_time_is_said_and_the_place_kept(spread):
    result = asked(place="30 minutes d'Aix")
    assert {hit.title for hit in result.hits} == {"Aix", "Marseille"}
    assert [tuple(item) for item in result.ignored] == [("place", "30 minutes")]


def test_best_paid_come_first_and_those_that_do_not_say_last(publish):
    for title, low, high in (("Java A", 30_000, None), ("Java B", None, None), ("Java C", 28_000, 52_000)):
        publish(title, job__pay_min=low, job__pay_max=high, job__pay_yearly_min=low, job__pay_yearly_max=high)
    publish("Java D", job__pay_min=None, job__pay_max=None, job__pay_yearly_min=None, job__pay_yearly_max=None)
    found = titles(q="java", sort="pay")
    assert (found[:2], set(found[2:])) == (["Java C", "Java A"], {"Java B", "Java D"})
    assert titles(sort="pay")[:2] == ["Java C", "Java A"]
