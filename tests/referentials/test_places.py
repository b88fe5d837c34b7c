import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.factories import CommuneFactory
from medinjob.lib.geo import distance_km
from medinjob.lib.text import fold
from referentials.enums import PlaceLevel
from referentials.models import ReferentialVersion
from referentials.place_names import WrittenPlace, department_of, place_key, read_place
from referentials.selectors import PlaceIndex, communes_starting_with, find_place, nearest_commune

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13100", "13001"),
        ("13100 Aix", "13001"),
        ("13090 AIX EN PROVENCE", "13001"),
        ("Martigues 13500", "13056"),
        ("Aix", "13001"),
        ("aix-en-provence", "13001"),
        ("Aix-en-Provence (13)", "13001"),
        ("13 - AIX EN PROVENCE", "13001"),
        ("AIX EN PROVENCE CEDEX 3", "13001"),
        ("13857 AIX EN PROVENCE CEDEX 3", "13001"),
        ("Marseille", "13055"),
        ("Marseille 1er", "13201"),
        ("Marseille 2e", "13202"),
        ("MARSEILLE 02", "13202"),
        ("13 - Marseille 2e  Arrondissement", "13202"),
        ("13002 Marseille", "13202"),
        ("Marseille, Provence-Alpes-Côte d'Azur, France", "13055"),
        ("Paris", "75056"),
        ("Paris 12ème", "75112"),
        ("75 - PARIS 08", "75108"),
        ("69 - LYON 03", "69383"),
        ("St Laurent du Var", "06123"),
        ("ST LAURENT DU VAR CEDEX", "06123"),
        ("Saint-Laurent-du-Var", "06123"),
        ("Ste Maxime", "83115"),
        ("84 - ISLE SUR LA SORGUE", "84054"),
        ("cannet", "06030"),
        ("La Seyne", "83126"),
        ("Salon", "13103"),
        ("eguilles", "13032"),
        ("CHALON S/SAONE", "71076"),
        ("Sophia Antipolis", "06152"),
        ("13 - LES MILLES", "13001"),
        ("92 - La Défense", "92062"),
        ("Vitrolles", "13117"),
        ("Vienne", "38544"),
        ("974 - Le Port", "97407"),
        ("13055", "13055"),
        ("Nice 06", "06088"),
        ("Ajaccio 2A", "2A004"),
        ("17 - LANDES", "17202"),
        ("Corbère (66130)", "66055"),
    ],
)
def test_find_reads_a_commune(france, text, code):
    place = france.find(text)
    assert place is not None
    assert (place.level, place.code) == (PlaceLevel.COMMUNE, code)


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("13", "department", "13"),
        ("2a", "department", "2A"),
        ("974", "department", "974"),
        ("Bouches-du-Rhône", "department", "13"),
        ("bouches du rhone (Dept.)", "department", "13"),
        ("84 - Vaucluse", "department", "84"),
        ("Vaucluse", "department", "84"),
        ("13857", "department", "13"),
        ("13 - Lieu-dit inconnu", "department", "13"),
        ("La Réunion", "department", "974"),
        ("PACA", "region", "93"),
        ("Provence-Alpes-Côte d'Azur", "region", "93"),
        ("Île-de-France", "region", "11"),
        ("Hauts-de-France", "region", "32"),
        ("France", "country", "FR"),
    ],
)
def test_find_reads_something_larger(france, text, level, code):
    place = france.find(text)
    assert (place.level, place.code) == (level, code)


def test_find_reads_back_communes_as_they_are_usually_written(france):
    """But for Corrèze, Doubs and the île de Clipperton, named as their own département; one in five is tried."""
    communes = [commune for prefix in "0123456789" for commune in france.starting_with(prefix, limit=40_000)][::5]
    unlike = {
        commune.code
        for commune in communes
        for text in (commune.label, f"{commune.department} - {fold(commune.name).upper()}")
        if (found := france.find(text)) is None or found.code != commune.code
    }
    assert len(communes) > 7_000
    assert unlike <= {"19062", "25204", "98901"}


@given(st.text(max_size=60))
def test_find_never_fails(france, text):
    place = france.find(text)
    assert place is None or place.name


@given(st.text(alphabet="aàé-' StESœ/0123456789()", max_size=40))
def test_place_key_of_a_key_is_itself(name):
    assert place_key(place_key(name)) == place_key(name)


@pytest.mark.parametrize("text", ["", "   ", "Ville inconnue", "99999", "Luxembourg", "x" * 500, "()", "—"])
def test_find_says_nothing_of_what_is_nowhere(france, text):
    assert france.find(text) is None


def test_find_prefers_our_region_among_equal_names(france):
    assert france.find("Mons").department == "83"
    assert france.find("Mons (31)").department == "31"


def test_find_keeps_the_postcode_asked_for(france):
    assert france.find("13090").postcode == "13090"
    assert france.find("Aix-en-Provence").postcode == "13080"


def test_commune_reads_insee_codes_where_find_reads_postcodes(france):
    assert france.commune("13001").name == "Aix-en-Provence"
    assert france.find("13001").name == "Marseille 1er Arrondissement"
    assert france.commune("nowhere") is None


def test_department_has_its_population_and_a_centre(france):
    department = france.find("13")
    assert department.population > 2_000_000
    assert distance_km(department.latitude, department.longitude, 43.53, 5.28) < 30


def test_label_tells_places_apart(france):
    labels = [france.find(text).label for text in ("Aix", "Marseille 2e", "13", "PACA")]
    assert labels == [
        "Aix-en-Provence (13)",
        "Marseille 2e (13)",
        "Bouches-du-Rhône (13)",
        "Provence-Alpes-Côte d'Azur",
    ]


def test_commune_is_shown_as_people_say_it():
    assert str(CommuneFactory(aix=True)) == "Aix-en-Provence (13)"
    assert str(CommuneFactory(code="13202", name="Marseille 2e Arrondissement")) == "Marseille 2e (13)"


def test_nearest_is_the_closest_commune(france):
    assert france.nearest(43.53, 5.45).code == "13001"
    assert france.nearest(48.8534, 2.3488).department == "75"


@pytest.mark.parametrize(("latitude", "longitude"), [(5.45, 43.53), (42.0, 6.5), (200, 5), (43.5, 999)])
def test_nearest_is_nothing_at_sea_or_with_swapped_coordinates(france, latitude, longitude):
    assert france.nearest(latitude, longitude) is None


def test_nearest_looks_no_further_than_asked():
    CommuneFactory(aix=True)
    index = PlaceIndex.load()
    assert index.nearest(43.43, 5.45, max_km=5) is None
    assert index.nearest(43.43, 5.45, max_km=15).code == "13001"


def test_nearest_ignores_communes_that_only_have_their_department_s_centre():
    CommuneFactory(aix=True, coordinates_source="department-centre")
    assert PlaceIndex.load().nearest(43.5283, 5.4497) is None


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Mars", "Marseille"),
        ("aix", "Aix-en-Provence"),
        ("st laurent du v", "Saint-Laurent-du-Var"),
        ("131", "Aix-en-Provence"),
        ("Écul", "Écully"),
    ],
)
def test_starting_with_gives_the_largest_first(france, prefix, first):
    assert france.starting_with(prefix)[0].name == first


def test_starting_with_is_limited_and_empty_for_nothing(france):
    assert len(france.starting_with("saint", limit=4)) == 4
    assert france.starting_with("  ") == france.starting_with("zzz") == []


def test_starting_with_a_postcode_keeps_it(france):
    assert {place.postcode for place in france.starting_with("1309")} == {"13090"}


def test_load_is_one_query_and_leaves_closed_communes_out(django_assert_num_queries):
    CommuneFactory(aix=True)
    CommuneFactory(nice=True, active=False)
    with django_assert_num_queries(1):
        index = PlaceIndex.load()
    assert (index.find("Aix").code, index.find("Nice")) == ("13001", None)


def test_find_place_costs_one_query_once_the_index_is_there(django_assert_num_queries):
    CommuneFactory(aix=True)
    assert find_place("Aix").code == "13001"
    with django_assert_num_queries(1):
        find_place("Aix")
    with django_assert_num_queries(1):
        communes_starting_with("ai")
    with django_assert_num_queries(1):
        nearest_commune(43.5, 5.4)


def test_find_place_sees_a_new_version_of_the_communes():
    CommuneFactory(aix=True)
    find_place("Aix")
    from referentials.models import Commune

    Commune.objects.filter(pk="13001").update(name="Aix-les-Calanques", search_name="aix les calanques")
    assert find_place("Aix").name == "Aix-en-Provence"
    ReferentialVersion.objects.create(referential="communes", version="2", source="", checksum="x", rows=1)
    assert find_place("Aix").name == "Aix-les-Calanques"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("St-Laurent du Var", "Saint-Laurent-du-Var"),
        ("Ste Maxime", "SAINTE MAXIME"),
        ("L’Isle-sur-la-Sorgue", "L'ISLE SUR LA SORGUE"),
        ("Œuilly", "Oeuilly"),
        ("Chalon S/Saône", "Chalon-sur-Saône"),
    ],
)
def test_place_key_makes_spellings_meet(first, second):
    assert place_key(first) == place_key(second)


def test_read_place_takes_a_text_apart():
    assert read_place("13 - MARSEILLE 02 CEDEX 5") == WrittenPlace("marseille", "", "13", 2)
    assert read_place("13857 Aix") == WrittenPlace("aix", "13857", "")


@pytest.mark.parametrize(
    ("postcode", "department"),
    [("13100", "13"), ("20000", "2A"), ("20200", "2B"), ("97400", "974"), ("06560", "06")],
)
def test_department_of_postcode(postcode, department):
    assert department_of(postcode) == department


def test_distance_between_marseille_and_paris():
    assert distance_km(43.2965, 5.3698, 48.8566, 2.3522) == pytest.approx(661, abs=1)


def test_real_labels_of_offers_are_found(france, shared_data):
    """France Travail's own labels beside its own INSEE codes: both ways give the same commune."""
    import gzip
    import json

    file = shared_data / "offers_ft_data_it_2024_2025_public.jsonl.gz"
    with gzip.open(file, "rt") as lines:
        places = [json.loads(line).get("lieuTravail") or {} for line in lines]
    pairs = {(place["libelle"], place["commune"]) for place in places if place.get("commune") and place.get("libelle")}
    found = [(france.find(label), france.commune(code)) for label, code in pairs]
    agreed = [written for written, coded in found if written and coded and coded.code in (written.code, written.parent)]
    assert len(agreed) / len(pairs) > 0.98
