import pytest

from search.query.exclusions import Wanted, read_wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("développeur -java", Wanted("développeur", ("java",))),
        ("-java développeur", Wanted("développeur", ("java",))),
        ("développeur sauf java", Wanted("développeur", ("java",))),
        ("développeur SAUF les stages", Wanted("développeur", ("stages",))),
        ("développeur NOT java", Wanted("développeur", ("java",))),
        ("python AND NOT django", Wanted("python", ("django",))),
        ('dev -"chef de projet" web', Wanted("dev web", ("chef de projet",))),
        ("dev sauf java et php", Wanted("dev", ("java", "php"))),
        ("dev hormis C#", Wanted("dev", ("C#",))),
        ("dev -.NET", Wanted("dev", (".NET",))),
        ("front-end", Wanted("front-end")),
        ("dev - java", Wanted("dev - java")),
        ("dev -2 ans", Wanted("dev -2 ans")),
        ("not java", Wanted("not java")),
        ("", Wanted("")),
    ],
)
def test_exclusions_are_taken_out_of_the_words(typed, wanted):
    assert read_wanted(typed) == wanted


def test_one_exclusion_is_taken_back():
    wanted = read_wanted('dev -java -"chef de projet"')
    assert wanted.without("java") == 'dev -"chef de projet"'
    assert read_wanted(wanted.without("chef de projet")) == Wanted("dev", ("java",))
