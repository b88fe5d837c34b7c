import pytest
from django.utils.safestring import SafeString

from search.analysis.analyzer import terms
from search.analysis.highlight import PASSAGE_LENGTH, Highlighter
from tests.linear.measuring import slow_shape


def highlighter(*queries: str) -> Highlighter:
    return Highlighter(tuple(terms(query)) for query in queries)


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("développeuse", "Développeur Python (H/F)", "<mark>Développeur</mark> Python (H/F)"),
        ("c++", "Développeur C/C++", "Développeur C/<mark>C++</mark>"),
        ("c", "Développeur C/C++", "Développeur <mark>C</mark>/C++"),
        (".net", "Développeur .NET", "Développeur <mark>.NET</mark>"),
        (".net", "Expert ASP.NET", "Expert ASP<mark>.NET</mark>"),
        ("reseaux", "Ingénieur Réseau", "Ingénieur <mark>Réseau</mark>"),
        ("ecole", "L'École", "L&#x27;<mark>École</mark>"),
        ("technicienne", "Technicien·ne support", "<mark>Technicien·ne</mark> support"),
        ("react", "Personne réactive", "Personne réactive"),
        ("travaux", "Travail de nuit", "<mark>Travail</mark> de nuit"),
        ("coeur", "CŒUR de réseau", "<mark>CŒUR</mark> de réseau"),
        ("main d'œuvre", "Main-d'oeuvre qualifiée", "<mark>Main</mark>-d&#x27;<mark>oeuvre</mark> qualifiée"),
        ("ethernet", "Réseau/Ethernet;Wi-Fi", "Réseau/<mark>Ethernet</mark>;Wi-Fi"),
    ],
)
def test_word_is_marked_in_any_of_its_forms(query, title, marked):
    assert highlighter(query).title(title) == marked


def test_text_is_escaped_around_and_inside_marks():
    found = Highlighter([("r&d",), ("<b>",)]).title('<script>"R&D"</script>')
    assert found == "&lt;script&gt;&quot;<mark>R&amp;D</mark>&quot;&lt;/script&gt;"
    assert isinstance(found, SafeString)


def test_words_of_a_phrase_are_marked_only_side_by_side():
    marks = highlighter("test d'intrusion")
    assert "<mark>" not in marks.title("Tests unitaires, détection d'intrusion")
    assert marks.title("Tests d'intrusion") == "<mark>Tests</mark> d&#x27;<mark>intrusion</mark>"


def test_passage_is_where_most_different_words_are():
    filler = "Nous sommes une entreprise du territoire. " * 20
    text = f"{filler}Le langage Python seul. {filler}Développement en Python et Django pour nos clients. {filler}"
    passage = highlighter("python", "django").passage(text)
    assert "<mark>Python</mark> et <mark>Django</mark>" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")


def test_passage_without_a_word_found_is_the_beginning():
    text = "Premiers mots. " + "Suite du texte sans rien. " * 30
    assert highlighter("cobol").passage(text).startswith("Premiers mots.")


def test_passage_is_cut_between_words_and_short():
    text = "mot " * 500
    passage = str(highlighter("absent").passage(text))
    assert len(passage) <= PASSAGE_LENGTH + 2
    assert set(passage.removesuffix(" …").split()) == {"mot"}


@pytest.mark.parametrize("text", ["", "court", "x" * 5_000])
def test_passage_of_any_text_is_given(text):
    assert highlighter("python").passage(text).removesuffix(" …") == text[:PASSAGE_LENGTH]


def test_nothing_asked_marks_nothing():
    assert Highlighter(()).title("Développeur <b>") == "Développeur &lt;b&gt;"


def test_passage_takes_a_time_that_grows_as_the_text_does():
    marks = highlighter("développeur", "python", "applications")
    phrase = "Vous développez des applications en Python, au sein de l'équipe, avec rigueur et curiosité. "
    assert slow_shape(marks.passage, lambda length: (phrase * length)[:length]) == ""
