"""Similar offers, suggestions, and what to relax when nothing is found."""

import pytest

from demo.factories import CommuneFactory, CompanyFactory, OccupationFactory, SkillFactory, TrainingFactory
from referentials.models import Appellation
from referentials.selectors import forget_places
from search.criteria import SearchCriteria
from search.service.search import relaxations, similar, suggest


def test_similar_offers_share_occupation_title_or_skills(publish):
    web = OccupationFactory(web=True)
    (offer,) = publish("Développeur Python", occupations=[web], skills=[SkillFactory(label="Django")])
    publish("Développeuse Python senior", occupations=[web])
    publish("Intégrateur", occupations=[web])
    publish("Analyste", skills=[SkillFactory(label="Django")])
    publish("Fleuriste")
    TrainingFactory(published=True, title="Développeur Python", text="", occupations=[web])
    publish("Comptable")
    found = [hit.title for hit in similar(offer)]
    assert found[:2] == ["Développeuse Python senior", "Intégrateur"]
    assert "Fleuriste" not in found


def test_similar_offers_of_one_that_left_the_index(publish):
    publish("Développeur Python", "Développeuse Python Django")
    (expired,) = publish("Développeur Python", published=False, expired=True)
    assert len(similar(expired)) == 2


def test_same_offer_posted_twice_is_similar_once(publish):
    offer, *_ = publish("Développeur Python", "Développeuse Java", "Développeuse Java")
    assert [hit.title for hit in similar(offer)] == ["Développeuse Java"]


@pytest.fixture
def names(publish):
    occupation = OccupationFactory(web=True)
    Appellation.objects.create(code="1", occupation=occupation, label="Webmaster / Webmestre")
    publish("Développeur web", occupations=[occupation], skills=[SkillFactory(label="Webpack")])
    publish("Ingénieur C++", skills=[SkillFactory(label="C++", slug="cpp")], company=CompanyFactory(name="Web Élan"))
    CompanyFactory(name="Web sans offre")


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("deve", "occupation", "Développeur / Développeuse web"),
        ("DÉV", "occupation", "Développeur / Développeuse web"),
        ("webma", "occupation", "Webmaster / Webmestre"),
        ("webp", "skill", "Webpack"),
        ("c+", "skill", "C++"),
        ("elan", "company", "Web Élan"),
        ("web é", "company", "Web Élan"),
    ],
)
def test_beginning_of_a_name_suggests_it(names, typed, kind, label):
    assert (kind, label) in {(item.kind, item.label) for item in suggest(typed)}


def test_suggestions_say_what_they_bring(names):
    found = {item.kind: item for item in suggest("web", kinds=("occupation", "company"))}
    assert (found["company"].value, found["company"].count) == ("web-elan", 1)
    assert found["occupation"].count == 1
    assert "Web sans offre" not in {item.label for item in found.values()}


def test_communes_are_suggested_with_what_the_place_brings(publish):
    forget_places()
    publish("Développeur", place=CommuneFactory(aix=True))
    (found,) = suggest("aix", kinds=("commune",))
    assert (found.kind, found.label, found.count) == ("commune", "Aix-en-Provence (13)", 1)
    assert suggest("131", kinds=("commune",))[0].value == found.value


@pytest.mark.parametrize("typed", ["", "d", " ", "zz", "\x00", "%", "((", "d" * 300])
def test_nothing_is_suggested_for_too_little_or_nonsense(names, typed):
    assert suggest(typed) == ()


def test_suggestions_are_few(names):
    assert len(suggest("we", limit=2)) == 2


def test_empty_search_says_what_to_relax_best_first(publish):
    publish("Développeur A", "Développeur B", "Développeur C", job__contract="cdi", job__remote="none")
    publish("Développeur D", job__contract="cdd", job__remote="full")
    criteria = SearchCriteria(q="développeur", contract=("cdi",), remote=("full",))
    found = relaxations(criteria)
    assert [(item.name, item.value, item.count) for item in found] == [("remote", "full", 3), ("contract", "cdi", 1)]
    assert found[0].criteria == SearchCriteria(q="développeur", contract=("cdi",))


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (SearchCriteria(q="développeur", place="Gap"), [("place", "Gap", 1), ("radius", "200", 1)]),
        (
            SearchCriteria(q="développeur", place="Marseille", radius=5),
            [("place", "Marseille", 1), ("radius", "50", 1)],
        ),
        (SearchCriteria(q="fleuriste", place="Aix"), [("q", "fleuriste", 1)]),
        (SearchCriteria(q="développeur", place="05"), [("place", "05", 1)]),
        (SearchCriteria(q="développeur", contract=("stage",), remote=("full",)), [("filters", "", 1)]),
        (SearchCriteria(q="fleuriste", contract=("stage",)), []),
        (SearchCriteria(), []),
    ],
)
def test_only_ways_that_bring_something_are_proposed(publish, criteria, expected):
    forget_places()
    CommuneFactory(gap=True)
    CommuneFactory(marseille=True)
    publish("Développeur", place=CommuneFactory(aix=True), job__contract="cdi", job__remote="none")
    assert [(way.name, way.value, way.count) for way in relaxations(criteria)] == expected


def test_similar_offers_are_near_first(publish):
    nice, marseille = CommuneFactory(nice=True), CommuneFactory(marseille=True)
    (own,) = publish("Développeur Python Django", place=nice)
    publish("Développeur Python Django Flask", place=marseille)
    publish("Développeur Python", place=nice)
    assert [hit.title for hit in similar(own)] == ["Développeur Python", "Développeur Python Django Flask"]
