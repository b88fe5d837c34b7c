import pytest

from referentials.selectors.occupations import OccupationIndex, both_forms, occupation_index

NAMES = [
    ("M1855", "Développeur / Développeuse web"),
    ("M1806", "Chef / Cheffe de projet digital"),
    ("M1405", "Data scientist"),
    ("M1855", "Développeur / Développeuse front-end"),
    ("M1899", "Développeur / Développeuse web"),
]


@pytest.fixture(scope="module")
def index():
    return OccupationIndex(NAMES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Développeur / Développeuse web", "M1855"),
        ("développeuse WEB", "M1855"),
        ("developpeur front end", "M1855"),
        ("Cheffe de projet digital", "M1806"),
        ("m1405", "M1405"),
        ("web", None),
        ("", None),
        ("M9999", None),
    ],
)
def test_occupation_is_found_by_either_form_of_any_of_its_names(typed, code, index):
    assert index.match(typed) == code


def test_nearest_hold_all_the_words_shortest_first(index):
    assert index.near("développeur") == ["Développeur / Développeuse web", "Développeur / Développeuse front-end"]


def test_nearest_forgive_a_typing_mistake(index):
    assert index.near("data sientist") == ["Data scientist"]


def test_nothing_is_near_nonsense(index):
    assert index.near("xyzzy") == index.near("") == []


def test_label_of_one_form_is_itself():
    assert both_forms("Data scientist") == ["Data scientist"]
    assert both_forms("Chef / Cheffe de projet")[1:] == ["Chef de projet", "Cheffe de projet"]


@pytest.mark.django_db
def test_labels_win_over_appellations_of_others():
    from demo.factories import AppellationFactory, OccupationFactory

    web, data = OccupationFactory(web=True), OccupationFactory(data=True)
    AppellationFactory(occupation=web, label="Data scientist")
    AppellationFactory(occupation=data, label="Data miner")
    index = OccupationIndex.load()
    assert (index.match("data scientist"), index.match("data miner")) == (data.code, data.code)


@pytest.mark.django_db
def test_shared_index_knows_a_name_added_since(django_assert_num_queries):
    from demo.factories import OccupationFactory

    OccupationFactory(web=True)
    assert occupation_index().match("data scientist") is None
    OccupationFactory(data=True)
    assert occupation_index().match("data scientist") == "M1405"
    with django_assert_num_queries(1):
        occupation_index()
