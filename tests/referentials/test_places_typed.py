"""What people type to say where, on all communes of France: the right places, or a clear question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referentials.enums import PlaceLevel
from referentials.place_words import plain, read_asked, without_words_around
from referentials.selectors.places.areas import is_shown
from referentials.selectors.places.files import former_communes, named_areas

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def codes(france):
    return lambda text: [place.code for place in france.read(text).places]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # An article, a word or a number before an area.
        ("le Vaucluse", "84"),
        ("les Alpes-Maritimes", "06"),
        ("Les Hautes Alpes", "05"),
        ("l'Hérault", "34"),
        ("l'Île-de-France", "11"),
        ("la Bretagne", "53"),
        ("dans le Var", "83"),
        ("département des Bouches-du-Rhône", "13"),
        ("région Sud", "93"),
        ("en région PACA", "93"),
        ("83 Var", "83"),
        ("Var (83)", "83"),
        ("France entière", "FR"),
        ("toute la France", "FR"),
        ("partout en France", "FR"),
        ("France métropolitaine", "FR"),
        # Postcodes and arrondissements as they are written.
        ("13 100 Aix-en-Provence", "13001"),
        ("83 000", "83137"),
        ("F-06000 Nice", "06088"),
        ("Nice, 06 200", "06088"),
        ("06905 SOPHIA ANTIPOLIS CEDEX", "06152"),
        ("Avignon Cedex 9", "84007"),
        ("Marseille IIe", "13202"),
        ("Lyon VII", "69387"),
        ("Paris XXe arrondissement", "75120"),
        ("3e arrondissement de Lyon", "69383"),
        ("XVIe arrondissement de Paris", "75116"),
        # An exact name beats a postcode that is not its own.
        ("13100 Gardanne", "13041"),
        ("83400 Toulon", "83137"),
        ("06000 Antibes", "06004"),
        # Names that are no commune, and communes that are no more.
        ("Juan les Pins", "06004"),
        ("CEA Cadarache", "13099"),
        ("La Joliette", "13202"),
        ("Château-Gombert", "13213"),
        ("Port Grimaud", "83068"),
        ("Sophia-Antipolis", "06152"),
        ("Monte-Carlo", "99138"),
        ("Principauté de Monaco", "99138"),
        ("99 - MONACO", "99138"),
        ("MC-98000", "99138"),
        ("Monaco (98)", "99138"),
        ("Courcouronnes", "91228"),
        ("Arbignieu", "01015"),
        ("01015", "01015"),
        ("05141", "05039"),
        ("05043", "05039"),
        # Where a word, a street or a distance stands before the name.
        ("près de Hyères", "83069"),
        ("à proximité de Fréjus", "83061"),
        ("aux alentours d'Arles", "13004"),
        ("autour du Cannet", "06030"),
        ("Nice et alentours", "06088"),
        ("near Cannes", "06029"),
        ("in Marseille", "13055"),
        ("à Toulon", "83137"),
        ("12 bis avenue Jean-Médecin, 06000 Nice", "06088"),
        ("4 place de l'Horloge, Avignon", "84007"),
        ("75 rue de Paris, Toulon", "83137"),
        ("rue de la République Marseille", "13055"),
        ("Marseille, PACA, France", "13055"),
        ("Toulon (Var)", "83137"),
        ("Saint-Denis (Seine-Saint-Denis)", "93066"),
        ("Saint-Denis, La Réunion", "97411"),
        ("13100, Le Tholonet", "13109"),
    ],
)
def test_one_place_is_read_as_it_is_typed(france, codes, text, code):
    assert codes(text) == [code]
    assert france.read(text).unknown == ()


@pytest.mark.parametrize(
    ("text", "code", "km"),
    [
        ("75 km autour d'Avignon", "84007", 75),
        ("à 20 km de Nice", "06088", 20),
        ("à 10km d'Aubagne", "13005", 10),
        ("Toulon à 15 kilomètres", "83137", 15),
        ("dans un rayon de 50 km autour de Salon-de-Provence", "13103", 50),
        ("à moins de 30 kms de Gap", "05061", 30),
        ("Nice (20 km)", "06088", 20),
        ("Nice + 30km", "06088", 30),
        ("13 km de Marseille", "13055", 13),
        ("83 km autour de 13100", "13001", 83),
        ("Nice et 15 km autour", "06088", 15),
        ("within 40 km of Cannes", "06029", 40),
        ("12,5 km de Digne", "04070", 12),
        ("900 km de Lyon", "69123", 300),
        ("près de Toulon", "83137", None),
    ],
)
def test_a_distance_is_a_radius(france, text, code, km):
    reading = france.read(text)
    assert ([place.code for place in reading.places], reading.radius) == ([code], km)
    again = france.read(reading.text)
    assert [place.code for place in again.places] == [code]


@pytest.mark.parametrize(
    ("text", "code", "ignored"),
    [
        ("30 minutes d'Aix", "13001", "30 minutes"),
        ("à 45 min de Nice", "06088", "45 min"),
        ("1h30 de Marseille", "13055", "1h30"),
        ("une heure de Toulon", "83137", "une heure"),
        ("20 mn à pied de Cannes", "06029", "20 mn à pied"),
        ("13 minutes de Gap", "05061", "13 minutes"),
    ],
)
def test_a_travel_time_is_said_not_to_be_understood(france, text, code, ignored):
    reading = france.read(text)
    assert [place.code for place in reading.places] == [code]
    assert (reading.ignored, reading.radius) == ((ignored,), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marseille ou Toulon", ["13055", "83137"]),
        ("Aix, Marseille", ["13001", "13055"]),
        ("Nice/Monaco", ["06088", "99138"]),
        ("Nice, Cannes et Antibes", ["06088", "06029", "06004"]),
        ("Nice Cannes Antibes", ["06088", "06029", "06004"]),
        ("Nice - Antibes - Cannes", ["06088", "06004", "06029"]),
        ("Gap or Briançon", ["05061", "05023"]),
        ("Var ou Vaucluse", ["83", "84"]),
        ("13, 83 et 06", ["13", "83", "06"]),
        ("13/83", ["13", "83"]),
        ("Marseille, Var", ["13055", "83"]),
        ("Marseille 1er, 2e", ["13201", "13202"]),
        ("06000 Nice ; 06400 Cannes", ["06088", "06029"]),
        ("Toulon (83), Marseille (13)", ["83137", "13055"]),
        ("Luberon ou Camargue", ["luberon", "camargue"]),
        ("Marseille ou Marseille", ["13055"]),
    ],
)
def test_several_places_are_all_read(france, codes, text, expected):
    assert codes(text) == expected
    assert codes(france.read(text).text) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Toulonn", "Toulon (83)"),
        ("Marseile", "Marseille (13)"),
        ("Aubagn", "Aubagne (13)"),
        ("aix en provnce", "Aix-en-Provence (13)"),
        ("Draguinan", "Draguignan (83)"),
        ("Vaucluze", "Vaucluse (84)"),
        ("Cote dazur", "Côte d'Azur"),
        ("Lubéronn", "Luberon"),
        ("Bouche du Rhône", "Bouches-du-Rhône (13)"),
        ("autour de Frejuss", "Fréjus (83)"),
    ],
)
def test_a_slip_is_forgiven_and_said(france, text, label):
    reading = france.read(text)
    assert [place.label for place in reading.places] == [label]
    assert [place.label for _, place in reading.corrections] == [label]


@pytest.mark.parametrize(
    "text", ["Zzyzx-les-Bains", "Trifouillis-les-Oies", "Londres", "Genève", "12 rue de Rome", "20 km"]
)
def test_what_no_place_is_called_is_unknown(france, text):
    reading = france.read(text)
    assert reading.places == ()
    assert len(reading.unknown) == 1


def test_an_unknown_name_has_its_nearest_readings(france):
    assert [place.label for place in france.read("Zzyzx-les-Bains").nearest][:2] == [
        "Aix-les-Bains (73)",
        "Digne-les-Bains (04)",
    ]
    assert france.read("Marseille ou Zzyzx").unknown == ("Zzyzx",)


@pytest.mark.parametrize(
    ("text", "taken", "other"),
    [
        ("Évry", "91228", "Évry (89)"),
        ("Saint-Denis", "97411", "Saint-Denis (93)"),
        ("Vitrolles", "13117", "Vitrolles (05)"),
        ("Valence", "26362", "Valence (82)"),
        ("Aix", "13001", "Aix (19)"),
        ("Puget", "84093", "Puget-sur-Argens (83)"),
    ],
)
def test_other_places_of_the_name_are_offered(france, text, taken, other):
    reading = france.read(text)
    assert [place.code for place in reading.places] == [taken]
    assert other in [place.label for place in reading.others]
    assert france.read(reading.places[0].label).others == ()


def test_the_areas_are_made_of_known_communes(france):
    """And each of their names is read as them, or as the commune of that name which is larger."""
    for item in named_areas():
        assert all(france.commune(code) or france.area(code.lower()) for code in item.codes), item.name
        for key in item.keys:
            assert france.find(key) == france.area(key), key


def test_each_area_is_read_back_from_its_label(france):
    areas = {place for place in france._areas.values() if is_shown(place)}
    unlike = {area.label for area in areas if france.read(area.label).places != (area,)}
    assert len(areas) > 150
    # Towns of the same name in their département.
    assert unlike == {"Paris (75)", "Mayenne (53)", "Saint-Barthélemy (977)", "Saint-Martin (978)"}


def test_former_communes_lead_to_those_of_today(france):
    """A living commune of the name stands before; one in twenty is tried."""
    for key, code, current in former_communes()[::20]:
        assert france.commune(current)
        if code and code != current:
            assert france.commune(code) is not None
        if key and not france.named(key) and not france.area(key):
            assert france.find(key) is not None


def test_the_communes_of_an_area_are_its_members(france):
    azur, luberon = france.find("Côte d'Azur"), france.find("Luberon")
    assert azur.level == luberon.level == PlaceLevel.AREA
    assert {"06", "99138", "83061"} <= set(azur.members)
    assert {"84003", "04112"} <= set(luberon.members)
    assert (luberon.region, luberon.department) == ("93", "")


@pytest.mark.parametrize(
    ("prefix", "label"),
    [
        ("var", "Var (83)"),
        ("bouches", "Bouches-du-Rhône (13)"),
        ("prov", "Provence-Alpes-Côte d'Azur"),
        ("lub", "Luberon"),
        ("côte d", "Côte d'Azur"),
        ("paca", "Provence-Alpes-Côte d'Azur"),
        ("mona", "Monaco"),
        ("juan", "Antibes (06)"),
        ("toul", "Toulon (83)"),
    ],
)
def test_suggestions_know_areas_too(france, prefix, label):
    assert label in [place.label for place in france.suggested(prefix, 5)]


@given(st.text(max_size=60))
def test_read_never_fails(france, text):
    reading = france.read(text)
    assert bool(reading.places or reading.unknown) == bool(text.strip())


@given(st.text(alphabet="aàé'’ km20dè(,/+-", max_size=60))
def test_words_around_are_taken_from_the_text_as_typed(text):
    assert len(plain(text)) == len(text)
    assert without_words_around(text) in " ".join(text.split())
    assert isinstance(read_asked(text).text, str)


def test_a_long_text_is_no_place(france):
    assert france.read("à " * 300).places == ()
