import pytest

from demo.factories import SkillFactory
from referentials.models import Skill
from referentials.selectors import SkillIndex, find_skills
from referentials.services import REFERENTIALS, load
from referentials.skill_names import skill_key, skill_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def skills():
    load(referential=REFERENTIALS["skills"])
    return SkillIndex.load()


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("C", "c"),
        ("C++", "cpp"),
        ("c plus plus", "cpp"),
        ("C#", "c-sharp"),
        (".net core", "dotnet"),
        ("ReactJS", "react"),
        ("Node JS", "node-js"),
        ("Postgre SQL", "postgresql"),
        ("python 3", "python"),
        ("K8s", "kubernetes"),
        ("Référencement naturel", "seo"),
        ("REFERENCEMENT NATUREL", "seo"),
        ("Analyser des mégadonnées", "analyser-des-megadonnees"),
    ],
)
def test_match_finds_labels_and_aliases(skills, label, slug):
    assert skills.match(label) == slug


def test_match_knows_nothing_of_the_unknown(skills):
    assert skills.match("Pilotage de sous-marin") is None
    assert skills.match("") is None


def test_find_keeps_order_and_drops_doubles(skills):
    assert skills.find(["React.js", "inconnu", "Python", "ReactJS"]) == ["react", "python"]


def test_mentioned_in_reads_technologies_in_order(skills):
    text = "Vous maîtrisez C#, C++ et Node.js (React/Vue.js), Power BI, SQL Server, Azure DevOps, la CI/CD et .NET."
    assert skills.mentioned_in(text) == [
        "c-sharp", "cpp", "node-js", "react", "vue-js", "power-bi", "sql-server", "azure-devops", "ci-cd", "dotnet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Postulez vite ! Nous pouvons (we can go) make it.",
        "Société Exemple SAS, 13100 AIX EN PROVENCE",
        "Une entreprise de sap et de soc, en temps réel",
        "Configurer un système de TIC, gérer un projet TIC",
        "c'est à R. de voir",
    ],
)
def test_mentioned_in_is_not_fooled_by_ordinary_words(skills, text):
    assert skills.mentioned_in(text) == []


def test_mentioned_in_takes_the_longest_name(skills):
    assert skills.mentioned_in("React Native") == ["react-native"]
    assert skills.mentioned_in("Azure DevOps et Azure") == ["azure-devops", "microsoft-azure"]


def test_mentioned_in_wants_capitals_of_short_names(skills):
    assert skills.mentioned_in("SAP et IAM") == ["sap", "iam"]
    assert skills.mentioned_in("linux et PYTHON") == ["linux", "python"]


@pytest.mark.parametrize("alias", ["", "++", "—"])
def test_index_ignores_a_name_without_words(alias):
    SkillFactory(label="Python", aliases=[alias])
    index = SkillIndex.load()
    assert index.match(alias) is None
    assert index.mentioned_in(f"Python {alias}") == ["python"]


def test_index_leaves_closed_skills_out():
    SkillFactory(label="Minitel", active=False)
    assert find_skills(["Minitel"]) == []


def test_find_skills_is_one_query(django_assert_num_queries):
    SkillFactory(label="Python")
    with django_assert_num_queries(1):
        assert find_skills(["PYTHON"]) == ["python"]


def test_shipped_names_belong_to_one_skill_each(skills):
    names = [
        skill_key(name)
        for label, aliases in Skill.objects.values_list("label", "aliases")
        for name in (label, *aliases)
    ]
    assert len(names) == len(set(names)) > 1000


@pytest.mark.parametrize(
    ("name", "slug"),
    [("C++", "cpp"), ("C#", "c-sharp"), (".NET", "dotnet"), ("Node.js", "node-js"), ("CI/CD", "ci-cd")],
)
def test_skill_slug_is_readable(name, slug):
    assert skill_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "key"),
    [("C++", "c++"), ("Node.js.", "node.js"), ("Œuvre d’É", "oeuvrede"), ("Java™", "java"), ("ﬁ", "fi")],
)
def test_skill_key_keeps_words_and_signs(name, key):
    assert skill_key(name) == key


def test_skill_key_ignores_case_accents_and_spaces():
    assert skill_key("Écoconception") == skill_key("ECO CONCEPTION")
    assert skill_key("C") != skill_key("C#") != skill_key("C++")
