import pytest

from demo.factories import CommuneFactory
from jobs.enums import Remote
from jobs.imports.parsed import ParsedPlace, RefusalError, RefusalReason
from jobs.imports.places import Locator, french_point
from referentials.selectors import PlaceIndex

pytestmark = pytest.mark.usefixtures("referentials")


def locate(*departments, remote="", **place):
    return Locator(PlaceIndex.load(), frozenset(departments)).locate(ParsedPlace(**place), remote)


@pytest.mark.parametrize(
    "place",
    [
        {"label": "13 - AIX EN PROVENCE", "commune_code": "13001", "postcode": "13100"},
        {"label": "13 - AIX EN PROVENCE"},
        {"label": "13 - Aix-en-Provence", "postcode": "13090"},
        {"label": "13 - AIX EN PROVENCE", "commune_code": "99999"},
        {"label": "", "commune_code": "13001"},
        {"label": "", "postcode": "13290"},
    ],
)
def test_locate_finds_the_commune(place):
    found = locate(**place)
    assert (found.label, found.commune_code, found.department) == ("Aix-en-Provence", "13001", "13")
    assert (found.latitude, found.longitude) == (43.5283, 5.4497)


def test_locate_keeps_the_source_s_postcode_and_point():
    found = locate(commune_code="13001", postcode="13290", latitude=43.49, longitude=5.38)
    assert (found.postcode, found.latitude, found.longitude) == ("13290", 43.49, 5.38)


@pytest.mark.parametrize(
    ("label", "department"),
    [("13 - Bouches du Rhône", "13"), ("13", "13"), ("83 - Var", "83"), ("13 - Nulle-Part", "13")],
)
def test_locate_goes_no_further_than_the_label(label, department):
    found = locate(label=label)
    assert (found.commune_code, found.department) == ("", department)
    assert found.latitude is not None


@pytest.mark.parametrize(
    ("label", "shown"), [("France", "France"), ("PACA", "Provence-Alpes-Côte d'Azur"), ("Québec", "Québec"), ("", "")]
)
def test_locate_of_what_is_larger_or_elsewhere_has_no_point(label, shown):
    found = locate(label=label)
    assert (found.label, found.commune_code, found.department, found.latitude) == (shown, "", "", None)


def test_locate_reads_a_point_where_nothing_is_written():
    assert locate(latitude=43.53, longitude=5.45).commune_code == "13001"
    assert locate(label="France", latitude=43.12, longitude=5.93).commune_code == "83137"


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        (43.53, 5.45, (43.53, 5.45)),
        (5.45, 43.53, (43.53, 5.45)),
        (-0.57, 44.84, (44.84, -0.57)),
        (16.24, -61.53, (16.24, -61.53)),
        (-61.53, 16.24, (16.24, -61.53)),
        (-12.8, 45.2, (-12.8, 45.2)),
        (0, 0, (None, None)),
        (43.53, 0.0, (43.53, 0.0)),
        (43.53, None, (None, None)),
        (None, None, (None, None)),
        (48.85, -74.0, (None, None)),
        (999, 999, (None, None)),
    ],
)
def test_french_point_swaps_back_and_drops_what_is_elsewhere(latitude, longitude, point):
    assert french_point(latitude, longitude) == point


def test_point_of_another_town_is_replaced_by_the_commune_s():
    found = locate(commune_code="13001", latitude=48.85, longitude=2.35)
    assert (found.latitude, found.longitude) == (43.5283, 5.4497)


def test_point_nearer_to_the_department_is_believed_against_the_referential():
    from referentials.models import Commune

    Commune.objects.filter(code="13001").update(latitude=48.0, longitude=0.3)
    found = locate(commune_code="13001", latitude=43.53, longitude=5.45)
    assert (found.latitude, found.longitude) == (43.53, 5.45)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("83 - TOULON", RefusalReason.OUT_OF_TERRITORY),
        ("75 - Paris", RefusalReason.OUT_OF_TERRITORY),
        ("Île-de-France", RefusalReason.OUT_OF_TERRITORY),
        ("France", RefusalReason.PLACE_UNKNOWN),
        ("Québec", RefusalReason.PLACE_UNKNOWN),
        ("", RefusalReason.PLACE_UNKNOWN),
    ],
)
def test_territory_refuses_the_rest(label, reason):
    with pytest.raises(RefusalError) as refusal:
        locate("13", label=label)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("label", ["13 - MARSEILLE", "13", "Provence-Alpes-Côte d'Azur"])
def test_territory_keeps_its_own_and_its_region(label):
    assert locate("13", "06", label=label)


@pytest.mark.parametrize("label", ["France", ""])
def test_territory_keeps_a_job_that_is_fully_remote(label):
    assert locate("13", label=label, remote=Remote.FULL).label == label
    with pytest.raises(RefusalError):
        locate("13", label="75 - Paris", remote=Remote.FULL)


@pytest.mark.parametrize(
    "place",
    [
        {"label": "MONACO", "commune_code": "99138", "postcode": "98000"},
        {"label": "Principauté de Monaco"},
        {"label": "99 - MONACO", "latitude": 43.7384, "longitude": 7.4246},
        {"label": "98 - Monte-Carlo"},
        {"label": "MONACO (98)", "postcode": "98000"},
    ],
)
def test_monaco_is_a_place_of_its_own_beside_the_alpes_maritimes(place):
    CommuneFactory(monaco=True)
    found = locate("06", **place)
    assert (found.label, found.commune_code, found.postcode, found.department) == ("Monaco", "99138", "98000", "MC")
    assert found.latitude == pytest.approx(43.7384)


def test_monaco_is_not_wanted_with_another_departement():
    CommuneFactory(monaco=True)
    with pytest.raises(RefusalError) as refused:
        locate("13", label="Monaco")
    assert refused.value.reason == RefusalReason.OUT_OF_TERRITORY


def test_an_area_with_a_point_is_the_commune_of_the_point():
    found = locate("13", label="Pays d'Aix", latitude=43.53, longitude=5.45)
    assert found.commune_code == "13001"
    assert locate("13", label="Pays d'Aix").latitude is None
