"""What is shown when the words as typed find little."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.factories import CommuneFactory
from search.query.spelling import COMMONER
from search.service.rewriting import FEW_RESULTS
from tests.search.contract.conftest import asked, titles


@pytest.mark.parametrize(
    ("slip", "title", "corrected"),
    [
        ("pyhton", "Développeur Python", "python"),
        ("devlopeur", "Développeur Python", "développeur"),
        ("kubernettes", "Ingénieur Kubernetes", "kubernetes"),
        ("administrateur resaeu", "Administrateur réseau", "administrateur réseau"),
        ("cybersecutité", "Analyste cybersécurité", "cybersécurité"),
        ("developeur pyhton", "Développeur Python", "développeur python"),
    ],
)
def test_slip_is_forgiven_and_said(publish, slip, title, corrected):
    publish(title, "Fleuriste")
    result = asked(q=slip)
    assert [hit.title for hit in result.hits] == [title]
    assert result.corrected_query == corrected


def test_slip_is_not_forgiven_where_the_exact_word_finds_something(publish):
    publish("Développeur Pyhton", *(f"Développeur Python {number}" for number in range(3)))
    result = asked(q="pyhton")
    assert [hit.title for hit in result.hits] == ["Développeur Pyhton"]
    assert result.corrected_query is None


@pytest.mark.parametrize("word", ["zorglub", "sdk", "c++", "pythie"])
def test_word_near_nothing_finds_nothing(publish, word):
    publish("Développeur Python", "Ingénieur SAP")
    result = asked(q=word)
    assert (result.total, result.corrected_query) == (0, None)


def test_slip_beside_known_words_is_corrected_alone(publish):
    publish("Développeur Python", "Développeur Java")
    result = asked(q="développeuse pythno")
    assert result.corrected_query == "développeuse python"
    assert result.hits[0].title == "Développeur Python"


def test_filter_does_not_make_a_slip(publish):
    """The words find offers: that none has the contract asked for is no reason to read them otherwise."""
    publish("Ingénieur Jawa", "Ingénieur Java", job__contract="cdi")
    publish("Ingénieur Java", job__contract="cdd")
    result = asked(q="jawa", contract=["cdd"])
    assert (result.total, result.corrected_query) == (0, None)


def test_few_exact_offers_are_followed_by_those_that_come_near(publish):
    publish("Développeur Cobol", "Analyste Cobol", *(f"Développeur web {number}" for number in range(6)))
    result = asked(q="développeur cobol")
    assert [hit.title for hit in result.hits] == ["Développeur Cobol", "Analyste Cobol"]
    assert (result.total, result.exact_total) == (2, 1)


def test_exact_offers_come_first_though_others_score_more(publish):
    publish("Cobol Cobol Cobol", *(f"Développeur {number}" for number in range(20)))
    publish("Ingénieur", text="Une maintenance en Cobol, aux côtés d'un développeur.")
    result = asked(q="développeur cobol")
    assert result.exact_total == 1
    assert result.hits[0].title == "Ingénieur"


def test_order_by_date_keeps_the_same_offers_without_putting_some_first(publish):
    publish("Développeur Cobol", published_at=timezone.now() - timedelta(days=3))
    publish("Analyste Cobol", published_at=timezone.now() - timedelta(days=1))
    publish(*(f"Développeur web {number}" for number in range(6)))
    result = asked(q="développeur cobol", sort="date")
    assert [hit.title for hit in result.hits] == ["Analyste Cobol", "Développeur Cobol"]
    assert (result.total, result.exact_total) == (2, None)


def test_enough_exact_offers_stand_alone(publish):
    publish(*(f"Développeur Cobol {number}" for number in range(FEW_RESULTS)), "Analyste Cobol")
    result = asked(q="développeur cobol")
    assert (result.total, result.exact_total) == (FEW_RESULTS, None)


def test_unknown_word_does_not_empty_the_answer(publish):
    publish("Développeur Python", "Fleuriste")
    result = asked(q="développeur python zorglubien")
    assert [hit.title for hit in result.hits] == ["Développeur Python"]
    assert result.exact_total == 0


def test_filter_only_narrows_what_the_words_bring(publish):
    """Whether near offers are shown is decided by the words alone, so that a facet's count is what a click brings."""
    publish(*(f"Développeur Cobol {number}" for number in range(FEW_RESULTS)), job__contract="cdi")
    publish("Développeur Cobol", "Analyste Cobol", job__contract="cdd")
    result = asked(q="développeur cobol", contract=["cdd"])
    assert [hit.title for hit in result.hits] == ["Développeur Cobol"]
    assert result.exact_total is None


@pytest.mark.parametrize("query", ["développeur cobol", "développeur", "pyhton", "développeur zorglub"])
def test_counts_of_facets_are_what_a_click_brings(publish, query):
    publish("Développeur Cobol", "Développeur Java", "Analyste Cobol", job__contract="cdi")
    publish("Développeur Python", "Développeur Cobol confirmé", job__contract="cdd")
    for value in asked(q=query).facet("contract").values:
        assert asked(q=query, contract=[value.value]).total == value.count


def test_marks_are_on_the_words_really_searched(publish):
    publish("Développeur Python")
    assert asked(q="pyhton").hits[0].title_html == "Développeur <mark>Python</mark>"


def test_synonyms_are_marked(publish):
    publish("Ingénieur Kubernetes")
    assert asked(q="k8s").hits[0].title_html == "Ingénieur <mark>Kubernetes</mark>"


def test_place_and_contract_may_be_typed_as_words(publish):
    publish("Développeur", place=CommuneFactory(aix=True), job__contract="apprentissage")
    publish("Développeuse", place=CommuneFactory(nice=True), job__contract="cdi")
    assert titles(q="développeur aix") == ["Développeur"]
    assert titles(q="alternance développeur") == ["Développeur"]
    assert titles(q="développeur alpes-maritimes") == ["Développeuse"]
    assert set(titles(q="développeur paca")) == {"Développeur", "Développeuse"}


def test_slip_that_a_few_offers_share_is_corrected_where_far_more_have_the_word(publish):
    publish("Administrateur sytème", *(f"Administrateur système {number}" for number in range(COMMONER)))
    result = asked(q="administrateur sytème")
    assert result.corrected_query == "administrateur système"
    assert result.total == COMMONER


def test_slip_stays_where_the_other_word_is_not_far_commoner(publish):
    publish("Administrateur sytème", *(f"Administrateur système {number}" for number in range(COMMONER - 1)))
    assert asked(q="administrateur sytème").corrected_query is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("je veux créer des sites internet", "Développeur web"),
        ("I am looking for a job as a web developer", "Développeur web"),
        ("réparer des ordinateurs", "Technicien informatique"),
        ("informaticien", "Technicien informatique"),
        ("system administrator", "Administrateur système"),
        ("ethical hacker", "Pentester"),
    ],
)
def test_sentences_and_english_find_the_trade(publish, typed, title):
    publish(title, "Fleuriste")
    result = asked(q=typed)
    assert [hit.title for hit in result.hits] == [title]
    assert result.corrected_query is None


@pytest.mark.parametrize("typed", ["work", "looking", "need", "website jobs"])
def test_common_english_words_are_not_corrected(publish, typed):
    publish("Développeur worl lookin nee jods")
    assert asked(q=typed).corrected_query is None


def test_facts_of_a_sentence_stay_where_the_search_is_widened(publish):
    publish(*(f"Développeur cobol {number}" for number in range(FEW_RESULTS)), job__contract="cdi")
    publish("Développeur ada", job__contract="stage")
    result = asked(q="stage développeur cobol")
    assert [hit.title for hit in result.hits] == ["Développeur ada"]


@pytest.mark.parametrize(
    ("typed", "words", "pay", "since"),
    [
        ("CDI télétravail 40k", "CDI télétravail", 40_000, None),
        ("développeur 45 k€ brut", "développeur", 45_000, None),
        ("développeur au moins 40 000 €", "développeur", 40_000, None),
        ("développeur cette semaine", "développeur", None, 7),
        ("developer jobs this week from 50k", "developer jobs", 50_000, 7),
        ("k8s", "k8s", None, None),
        ("office 365", "office 365", None, None),
        ('"40k"', '"40k"', None, None),
    ],
)
def test_pay_and_publication_of_a_sentence_are_filters(publish, typed, words, pay, since):
    criteria = asked(q=typed).criteria
    assert (criteria.q, criteria.pay_min, criteria.since) == (words, pay, since)
