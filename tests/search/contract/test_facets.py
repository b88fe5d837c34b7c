from demo.factories import CommuneFactory, CompanyFactory, SectorFactory, TrainingFactory
from search.service.results import FacetValue
from tests.search.contract.conftest import asked


def counts(facet: str, **query) -> dict[str, int]:
    return {value.value: value.count for value in asked(**query).facet(facet).values}


def test_values_are_counted_over_all_results_not_over_a_page(publish):
    publish(*(f"Développeur {number}" for number in range(30)), job__contract="cdi")
    assert counts("contract") == {"cdi": 30}


def test_own_choice_is_left_out_of_the_counts(publish):
    publish("A", "B", job__contract="cdi", job__remote="full")
    publish("C", job__contract="cdd", job__remote="full")
    publish("D", job__contract="stage", job__remote="none")
    assert counts("contract", contract="cdi") == {"cdi": 2, "cdd": 1, "stage": 1}
    assert counts("contract", contract=["cdi", "cdd"]) == {"cdi": 2, "cdd": 1, "stage": 1}
    assert counts("remote", contract=["cdi", "cdd"]) == {"full": 3}
    assert counts("contract", contract="cdi", remote="none") == {"stage": 1, "cdi": 0}


def test_every_count_is_what_the_click_brings(publish):
    for contract in ("cdi", "cdd", "stage"):
        for remote in ("none", "full"):
            publish(f"{contract} {remote}", job__contract=contract, job__remote=remote)
    chosen = {"contract": ["cdi"], "remote": ["full"]}
    for name in chosen:
        for value in asked(**chosen).facet(name).values:
            assert asked(**{**chosen, name: [value.value]}).total == value.count


def test_chosen_value_without_result_is_still_listed(publish):
    publish("A", job__contract="cdi")
    values = asked(q="a", contract="stage").facet("contract").values
    assert FacetValue("stage", "Stage", 0, True) in values
    assert FacetValue("cdi", "CDI", 1, False) in values


def test_values_are_listed_most_frequent_first_or_in_their_own_order(publish):
    publish("A", job__contract="cdd", job__experience="5")
    publish("B", "C", job__contract="cdi", job__experience="0")
    publish("D", "E", "F", job__contract="stage", job__experience="3")
    assert list(counts("contract")) == ["stage", "cdi", "cdd"]
    assert list(counts("experience")) == ["0", "3", "5"]


def test_labels_are_for_reading(publish):
    sector = SectorFactory(label="Cybersécurité", label_en="Cybersecurity")
    company = CompanyFactory(name="Atelier du Sud", slug="atelier")
    publish("A", sectors=[sector], company=company, place=CommuneFactory(aix=True))
    result = asked()
    labels = {facet.name: [value.label for value in facet.values] for facet in result.facets}
    assert labels["sector"] == ["Cybersécurité"]
    assert labels["company"] == ["Atelier du Sud"]
    assert labels["place"] == ["Bouches-du-Rhône (13)"]
    assert labels["kind"] == ["Emploi"]


def test_place_is_counted_by_departement_once_an_offer(publish):
    publish("A", places=[CommuneFactory(aix=True), CommuneFactory(marseille=True), CommuneFactory(nice=True)])
    publish("B", place=CommuneFactory(nice=True))
    assert counts("place") == {"06": 2, "13": 1}
    assert counts("place", place="13") == {"06": 2, "13": 1}
    assert [value.value for value in asked(place="13").facet("place").values if value.selected] == ["13"]


def test_duration_of_trainings_is_in_order_of_length(publish):
    for hours in (1_200, 14, 400, 70):
        TrainingFactory(published=True, training__hours=hours)
    publish("Emploi")
    assert counts("duration") == {"days": 1, "weeks": 1, "months": 1, "year": 1}
    assert list(counts("duration")) == ["days", "weeks", "months", "year"]


def test_unknown_facet_is_empty(publish):
    publish("A")
    assert asked().facet("zorglub").values == ()


def test_results_need_no_query_when_everything_is_remembered(publish, django_assert_num_queries):
    publish("A", "B", "C", sectors=[SectorFactory()], company=CompanyFactory(), place=CommuneFactory(aix=True))
    query = {"q": "a", "place": "Aix-en-Provence", "contract": "cdi"}
    asked(**query)
    with django_assert_num_queries(0):
        asked(**query)


def test_first_search_of_a_process_asks_little(publish, django_assert_max_num_queries):
    publish("A", sectors=[SectorFactory()], company=CompanyFactory(), place=CommuneFactory(aix=True))
    with django_assert_max_num_queries(4):
        asked(q="a", place="Aix-en-Provence", contract="cdi")
