import pytest

from search.analysis.analyzer import terms
from search.analysis.synonyms import FILES, longest_synonym, synonyms


def meaning(text: str) -> set[tuple[str, ...]]:
    return set(synonyms().get(tuple(terms(text)), ()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("js", "javascript"),
        ("k8s", "kubernetes"),
        ("ia", "intelligence artificielle"),
        ("AI", "ia"),
        ("sysadmin", "administrateur système"),
        ("dba", "administrateur de bases de données"),
        ("télétravail", "remote"),
        ("dev", "développeuse"),
    ],
)
def test_equal_names_find_each_other(one, other):
    assert tuple(terms(other)) in meaning(one)
    assert tuple(terms(one)) in meaning(other)


def test_arrow_goes_one_way():
    assert tuple(terms("débutant")) in meaning("junior")
    assert tuple(terms("débutant")) not in meaning("senior")
    assert tuple(terms("programmeur")) not in meaning("développeur")


def test_nothing_is_its_own_synonym():
    assert all(one not in others for one, others in synonyms().items())


def test_every_line_of_the_file_says_something():
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in lines if " = " not in line and " > " not in line] == []
    assert () not in synonyms()
    assert longest_synonym() <= 6
