import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import MAX_TEXT, MAX_VALUES, NAMES, Chosen, Duration, Ignored, SearchCriteria

FULL = (
    "q=d%C3%A9veloppeuse+python&kind=job&sector=cloud&contract=cdd&contract=cdi&place=13100&radius=20&remote=full"
    "&pay_min=35000&experience=1&level=6&since=7&company=atlas&collection=forum-2026&session=2027-01&funding=cpf"
    "&duration=weeks&modality=mixed&length=short&time=part&language=fr&not_company=zenith&applied=without&spelling=typed&sort=date&page=3"
)


def test_full_query_string_is_read_and_written_back():
    criteria = SearchCriteria.from_query(QueryDict(FULL))
    assert criteria.contract == ("cdd", "cdi")
    assert (criteria.radius, criteria.pay_min, criteria.since, criteria.page) == (20, 35_000, 7, 3)
    assert criteria.ignored == ()
    assert criteria.to_query_string() == FULL


def test_order_of_values_does_not_count_in_the_canonical_string():
    one, other = (SearchCriteria(contract=values) for values in (("cdi", "cdd"), ("cdd", "cdi")))
    assert one.to_query_string() == other.to_query_string() == "contract=cdd&contract=cdi"


def test_nothing_asked_is_an_empty_string():
    criteria = SearchCriteria.from_query({"q": [" "], "page": ["1"], "sort": ["relevance"], "unknown": ["x"]})
    assert criteria == SearchCriteria()
    assert criteria.to_query_string() == ""
    assert criteria.is_empty


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contract", "CDI"),
        ("kind", "x"),
        ("level", "1"),
        ("experience", "2"),
        ("remote", "yes"),
        ("radius", "-1"),
        ("spelling", "loose"),
        ("radius", "301"),
        ("radius", "near"),
        ("pay_min", "0"),
        ("pay_min", "1e5"),
        ("pay_min", "35 000"),
        ("since", "366"),
        ("since", "٣"),
        ("page", "0"),
        ("page", "99999999999999999999"),
        ("sort", "price"),
        ("session", "2027-13"),
        ("session", "demain"),
        ("sector", "<script>"),
        ("company", "../etc"),
        ("funding", "opca"),
        ("modality", "onsite"),
        ("length", "4"),
        ("time", "mi-temps"),
        ("language", "de"),
        ("not_company", "../etc"),
        ("applied", "yes"),
    ],
)
def test_wrong_value_is_left_out_and_kept_to_be_said(name, value):
    criteria = SearchCriteria.from_query({name: [value], "q": ["python"]})
    assert criteria == SearchCriteria(q="python")
    assert criteria.ignored == (Ignored(name, value),)


def test_good_values_stay_beside_a_wrong_one():
    criteria = SearchCriteria.from_query({"contract": ["cdi", "oops", "cdi", "cdd"]})
    assert criteria.contract == ("cdi", "cdd")
    assert criteria.ignored == (Ignored("contract", "oops"),)


def test_text_is_one_short_clean_line():
    criteria = SearchCriteria.from_query({"q": [" a\x00b\n\tc  " + "x" * 500]})
    assert criteria.q.startswith("a b c x")
    assert len(criteria.q) == MAX_TEXT


def test_no_facet_is_asked_with_endless_values():
    criteria = SearchCriteria.from_query({"sector": [f"s{number}" for number in range(500)]})
    assert len(criteria.sector) == MAX_VALUES


def test_without_a_value_keeps_the_others():
    criteria = SearchCriteria(contract=("cdi", "cdd"), page=4)
    assert criteria.without("contract", "cdi") == SearchCriteria(contract=("cdd",))
    assert criteria.without("contract") == SearchCriteria()


def test_without_its_place_a_search_has_no_radius_and_no_distance():
    criteria = SearchCriteria(place="Aix", radius=10, sort="distance")
    assert criteria.without("place") == SearchCriteria()


def test_without_its_words_a_search_has_no_spelling():
    assert SearchCriteria(q="pyhton", spelling="typed").without("q") == SearchCriteria()


def test_with_keeps_a_page_that_is_asked():
    assert SearchCriteria(q="java").with_(page=2).page == 2


def test_chosen_lists_every_constraint_but_order_page_and_radius():
    criteria = SearchCriteria.from_query(QueryDict(FULL))
    assert {item.name for item in criteria.chosen()} == set(NAMES) - {"sort", "page", "radius", "spelling"}
    assert criteria.chosen()[0] == Chosen("q", "développeuse python")
    assert [item.value for item in criteria.chosen() if item.name == "contract"] == ["cdd", "cdi"]


@pytest.mark.parametrize(
    ("hours", "duration"), [(7, "days"), (35, "days"), (36, "weeks"), (245, "weeks"), (900, "months"), (901, "year")]
)
def test_duration_is_told_by_hours(hours, duration):
    assert Duration.of(hours) == duration


@given(st.dictionaries(st.sampled_from([*NAMES, "other"]), st.lists(st.text(max_size=20), max_size=4), max_size=8))
def test_anything_is_read_without_error_and_comes_back_the_same(query):
    criteria = SearchCriteria.from_query(query)
    again = SearchCriteria.from_query(QueryDict(criteria.to_query_string()))
    assert again.to_query_string() == criteria.to_query_string()
    assert again.ignored == ()
