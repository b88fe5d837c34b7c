import pytest

from demo.factories import OccupationFactory, OfferFactory
from referentials.models import Appellation
from tests.search.contract.conftest import asked, titles


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("developpeuse python", "Développeur Python (H/F)"),
        ("développeur python", "Développeur·se Python"),
        ("développeurs", "Développeuse web"),
        ("technicien", "Technicienne support"),
        ("ingénieure cloud", "Ingénieur Cloud H/F"),
        ("cheffe de projet", "Chef de projet digital"),
        ("chargé de mission", "Chargée de mission"),
        ("directrice", "Directeur technique"),
        ("C", "Développeur C / Linux"),
        ("c++", "Ingénieur C++ embarqué"),
        ("c#", "Développeur C#/.NET"),
        (".net", "Développeur C#/.NET"),
        ("dotnet", "Développeur .NET"),
        ("node.js", "Développeur Node.js"),
        ("nodejs", "Développeur Node.js"),
        ("node", "Développeur Node.js"),
        ("R", "Data scientist R"),
        ("r&d", "Ingénieur R&D"),
        ("ci/cd", "Ingénieur CI/CD"),
        ("ux/ui", "Designer UI / UX"),
        ("3d", "Graphiste 3D"),
        ("l'informatique", "Technicien en informatique"),
        ("reseau", "Administrateur réseaux"),
        ("bases de donnees", "Administrateur de base de données"),
        ("Ecole", "Formateur d'école"),
        ("js", "Développeur JavaScript"),
        ("kubernetes", "Ingénieur K8s"),
        ("intelligence artificielle", "Ingénieur IA"),
        ("AI", "Ingénieur en intelligence artificielle"),
        ("sysadmin", "Administratrice système"),
        ("dba", "Administrateur de bases de données"),
        ("rssi", "Responsable de la sécurité des systèmes d'information"),
        ("dev python", "Développeuse Python"),
        ("offre d'emploi python", "Développeur Python"),
        ("emploi développeur", "Développeur Python"),
        ('"chef de projet"', "Chef de projet web"),
    ],
)
def test_words_find_what_they_mean(publish, query, title):
    publish(title, "Boulanger pâtissier")
    assert titles(q=query) == [title]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("C", "Développeur C++"),
        ("C", "Développeur C#"),
        ("C", "Agent de catégorie C"),
        ("R", "Ingénieur R&D"),
        ("react", "Personne réactive"),
        ("java", "Développeur JavaScript"),
        (".net", "Salaire net"),
        ("data", "Date de début"),
        ("designer", "Design produit"),
        ("product owner", "Responsable de production"),
        ("administrateur", "Assistant administratif"),
        ('"projet chef"', "Chef de projet web"),
        ("développeur", "Business developer"),
    ],
)
def test_words_do_not_find_what_only_looks_alike(publish, query, title):
    publish(title)
    assert titles(q=query) == []


@pytest.mark.parametrize("written", ["Data scientist", "Data-scientist", "Datascientist"])
@pytest.mark.parametrize("query", ["data scientist", "data-scientist", "datascientist"])
def test_compound_is_found_however_written(publish, written, query):
    OfferFactory(published=True, title="Datascientist senior", text="")
    OfferFactory(published=True, title="Scientist data", text="")
    publish(f"{written} NLP", "Fleuriste")
    assert f"{written} NLP" in titles(q=query)


@pytest.mark.parametrize("one", ["fullstack", "full stack", "full-stack"])
@pytest.mark.parametrize("other", ["fullstack", "full stack", "full-stack"])
def test_fullstack_and_full_stack_meet(publish, one, other):
    publish(f"Développeur {other}", "Développeur mobile")
    assert titles(q=one) == [f"Développeur {other}"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("back end", "Développeur Backend"),
        ("devops", "Ingénieur Dev Ops"),
        ("cybersécurité", "Analyste cyber-sécurité"),
    ],
)
def test_compounds_of_the_offers_own_words_meet(publish, query, title):
    publish(title, "Dev", "Ops", "Cyber", "Sécurité", "End", "Back")
    assert title in titles(q=query)


def test_all_words_are_asked_for(publish):
    publish(*(f"Développeur Python {number}" for number in range(10)), "Développeur Java", "Analyste Python")
    assert asked(q="développeur python").total == 10


def test_data_scientist_does_not_drown_in_data(publish):
    publish(
        "Data scientist",
        "Senior Data Scientist NLP",
        *(f"Data engineer {number}" for number in range(12)),
        text="Data, data et encore data : une équipe data au service de la data.",
    )
    publish("Responsable data", text="Vous animez les data analysts, et le scientist de l'équipe data.")
    assert set(titles(q="data scientist")[:2]) == {"Data scientist", "Senior Data Scientist NLP"}


def test_title_goes_before_text(publish):
    publish("Ingénieur logiciel", text="Une équipe qui connaît Kubernetes.")
    publish("Ingénieur Kubernetes", text="Une équipe.")
    assert titles(q="kubernetes") == ["Ingénieur Kubernetes", "Ingénieur logiciel"]


def test_words_side_by_side_go_before_words_apart(publish):
    publish("Analyste Business Intelligence", "Business Analyst", "Business performance and data analyst")
    assert titles(q="business analyst")[0] == "Business Analyst"


def test_word_itself_goes_before_its_synonym(publish):
    publish("Ingénieur Kubernetes", "Ingénieur K8s")
    assert titles(q="k8s") == ["Ingénieur K8s", "Ingénieur Kubernetes"]
    assert titles(q="kubernetes") == ["Ingénieur Kubernetes", "Ingénieur K8s"]


def test_appellation_finds_its_occupation_after_those_who_say_it(publish):
    occupation = OccupationFactory(code="M1866", label="Auditeur / Auditrice en sécurité technique")
    Appellation.objects.create(code="1", occupation=occupation, label="Chasseur / Chasseuse de failles")
    publish("Consultant offensif", occupations=[occupation])
    publish("Comptable")
    publish("Ingénieur", text="Vous travaillez avec un chasseur de failles.")
    publish("Chasseuse de failles", occupations=[occupation])
    assert titles(q="chasseur de failles") == ["Chasseuse de failles", "Ingénieur", "Consultant offensif"]


def test_appellation_may_stand_among_other_words(publish):
    occupation = OccupationFactory(web=True)
    publish("Intégrateur Symfony", occupations=[occupation])
    publish("Intégrateur Laravel", occupations=[occupation])
    assert titles(q="développeuse web symfony")[0] == "Intégrateur Symfony"


def test_synonym_of_an_occupation_needs_no_rebuild(publish):
    occupation = OccupationFactory(code="M1866", label="Auditeur / Auditrice de code")
    publish("Consultant offensif", occupations=[occupation])
    assert titles(q="débusqueur") == []
    Appellation.objects.create(code="1", occupation=occupation, label="Débusqueur / Débusqueuse")
    from search.memory import clear_caches

    clear_caches()
    assert titles(q="débusqueuse") == ["Consultant offensif"]


@pytest.mark.parametrize(
    "query", ["", "   ", "!!!", "le la les", "(H/F)", "/", '"', "'", "\\", "*", "AND OR NOT", "a:b"]
)
def test_any_typing_is_answered(publish, query):
    publish("Développeur")
    result = asked(q=query)
    assert not result.degraded


def test_words_that_say_nothing_ask_for_nothing(publish):
    publish("Développeur", "Comptable")
    assert asked(q="le de (H/F)").total == 2


def test_very_long_question_is_answered(publish):
    publish("Développeur")
    assert asked(q="développeur " * 40).total == 1


def test_skills_and_employer_are_searched(publish):
    publish("Ingénieur", other_skills=["Elixir"], employer_name="Calanques Numériques")
    assert titles(q="elixir") == titles(q="calanques") == ["Ingénieur"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("développeur -java", {"Développeur Kotlin", "Développeur JavaScript"}),
        ("développeur sauf java", {"Développeur Kotlin", "Développeur JavaScript"}),
        ("développeur NOT java", {"Développeur Kotlin", "Développeur JavaScript"}),
        ("développeur sauf java et kotlin", {"Développeur JavaScript"}),
        ('développeur -"java spring"', {"Développeur Kotlin", "Développeur JavaScript", "Développeur Java"}),
        ("-développeur", {"Data engineer Java"}),
        ("java OR kotlin", {"Développeur Java Spring", "Développeur Java", "Data engineer Java", "Développeur Kotlin"}),
        ("développeur java ou kotlin", {"Développeur Java Spring", "Développeur Java", "Développeur Kotlin"}),
        ("kotlin ou javascript", {"Développeur Kotlin", "Développeur JavaScript"}),
        ("java -spring -data", {"Développeur Java"}),
    ],
)
def test_words_are_excluded_and_chosen(publish, query, expected):
    publish(
        "Développeur Java Spring",
        "Développeur Java",
        "Data engineer Java",
        "Développeur Kotlin",
        "Développeur JavaScript",
    )
    assert {*titles(q=query, spelling="typed")} == expected


def test_golang_is_the_skill_go(publish):
    publish("Ingénieur backend", text="Nous écrivons nos services en Go.")
    assert titles(q="golang") == ["Ingénieur backend"]


def test_an_excluded_word_excludes_its_synonyms(publish):
    publish("Développeur JS", "Développeur PHP")
    assert titles(q="développeur -javascript") == ["Développeur PHP"]


@pytest.mark.parametrize(
    ("query", "contract", "working_time"),
    [("internship", "stage", ""), ("fixed-term", "cdd", ""), ("part-time developer", "cdi", "Temps partiel")],
)
def test_contracts_and_time_are_found_in_english(publish, query, contract, working_time):
    publish("Développeur", job__contract=contract, job__working_time=working_time)
    assert titles(q=query, spelling="typed") == ["Développeur"]
