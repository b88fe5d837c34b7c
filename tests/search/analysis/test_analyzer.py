import unicodedata

import pytest

from search.analysis.analyzer import normal, term_of, terms, tokens


def same(*words: str) -> bool:
    return len({tuple(terms(word)) for word in words}) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("développeur", "Développeuse", "developpeurs", "DEVELOPPEUSES", "développeur·se", "développeur(se)"),
        ("développeur", "Développeur/euse", "développeur.euse", "développeur-euse", "Développeur·euses"),
        (
            "technicien",
            "technicienne",
            "techniciens",
            "technicien.ne",
            "technicien(ne)",
            "technicien/ne",
            "technicien·ne·s",
        ),
        ("ingénieur", "ingénieure", "ingénieur(e)", "ingénieur·e·s", "INGENIEUR", "ingenieures"),
        ("conseiller", "conseillère", "conseillères", "conseiller(ère)", "conseiller·ère"),
        ("directeur", "directrice", "directeur/trice", "directeur(trice)", "directrices", "directeur·rice"),
        ("administrateur", "administratrice", "administrateur(-trice)", "administrateurs"),
        ("chargé", "chargée", "chargé(e)", "chargé.e", "chargées", "charge"),
        ("chef", "cheffe", "chefs", "cheffes", "chef(fe)", "chef·fe", "chef.fe"),
        ("rédacteur", "rédactrice", "rédacteur.rice"),
        ("ambassadeur", "ambassadrice"),
        ("assistant", "assistante", "assistant(e)", "assistant·e"),
        ("alternant", "alternante", "alternance"),
        ("informaticien", "informaticienne"),
        ("testeur", "testeuse"),
        ("infirmier", "infirmière", "infirmier(ère)"),
        ("attentif", "attentive", "attentif(ve)"),
        ("sérieux", "sérieuse", "sérieux(se)"),
        ("rigoureux", "rigoureuse"),
        ("professionnel", "professionnelle", "professionnels"),
    ],
)
def test_feminine_masculine_and_inclusive_forms_meet(words):
    assert same(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("réseau", "réseaux", "RESEAUX"),
        ("journal", "journaux"),
        ("commercial", "commerciaux", "commerciale", "commerciales"),
        ("système", "systèmes", "systeme", "system"),
        ("donnée", "données", "DONNEES"),
        ("travail", "travaux"),
        ("API", "apis"),
        ("développeur", "Développeur Développeuse", "Développeur / Développeuse"),
        ("œuvre", "oeuvre", "Œuvres"),
        ("l'intelligence", "intelligence", "L’INTELLIGENCE"),
        ("d'applications", "application"),
        ("jusqu'alors", "alors"),
        ("manager", "managers"),
        ("developer", "developers"),
    ],
)
def test_plurals_accents_and_elisions_meet(words):
    assert same(*words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("React", "réactif"),
        ("data", "date"),
        ("Java", "JavaScript"),
        ("C", "C++"),
        ("C", "C#"),
        ("C", "c'est"),
        ("R", "R&D"),
        (".NET", "net"),
        ("product", "production"),
        ("communication", "commune"),
        ("administrateur", "administratif"),
        ("conseil", "conseiller"),
        ("design", "designer"),
        ("matrice", "mateur"),
        ("développeur", "développement"),
        ("Spring", "springer"),
        ("solid", "solide"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert not set(terms(one)) & set(terms(other))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C", ["c"]),
        ("C/C++", ["c", "c++"]),
        ("c++, c#", ["c++", "c#"]),
        (".NET", [".net"]),
        ("ASP.NET", ["asp", ".net"]),
        ("C#/.Net", ["c#", ".net"]),
        ("Node.js", ["node", "js"]),
        ("vue.js", ["vue", "js"]),
        ("R", ["r"]),
        ("R&D", ["r&d"]),
        ("F#", ["f#"]),
        ("Objective-C", ["objective-c"]),
        ("CI/CD", ["ci", "cd"]),
        ("UX/UI", ["ux", "ui"]),
        ("3D", ["3d"]),
        ("i18n", ["i18n"]),
        ("k8s", ["k8s"]),
        ("S/4HANA", ["4hana"]),
        ("C.D.I.", ["cdi"]),
        ("e-commerce", ["e", "commerce"]),
        ("bac+5", ["bac", "5"]),
        ("SI", ["si"]),
        ("IT", ["it"]),
        ("IA", ["ia"]),
    ],
)
def test_names_of_the_trade_are_words(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    "mention", ["H/F", "(H/F)", "F/H", "h-f", "(f/h)", "H/F/X", "M/F/D", "(m/w/d)", "H / F", "f|h", "(H/F) (H/F)"]
)
def test_mention_of_gender_is_noise(mention):
    assert terms(f"Développeur {mention} Python") == terms("Développeur Python")


@pytest.mark.parametrize(
    "text", ["catégorie C", "permis C", "Classe C", "RER C", "I&C", "C&A", "C'est", "qu'il", "l'", "d’", "s t m"]
)
def test_lone_letter_that_is_no_language_is_left_out(text):
    assert "c" not in terms(text)
    assert not [term for term in terms(text) if len(term) == 1]


def test_address_is_not_dotnet():
    assert ".net" not in terms("https://www.exemple.net/emploi")


def test_business_developer_is_no_developer():
    assert not set(terms("développeur developer")) & set(terms("Business developer")[1:])


def test_stop_words_leave_neighbours_side_by_side():
    assert terms("chef de projet") == terms("chef projet")


@pytest.mark.parametrize("text", ["", "   ", "!!! … — ’", "le la les de du", "\u200b", "((((", "·.·.·"])
def test_text_without_words_has_no_terms(text):
    assert terms(text) == []


def test_decomposed_characters_are_read_as_composed():
    assert terms(unicodedata.normalize("NFD", "Développeur")) == terms("Développeur")


def test_tokens_say_where_each_word_stands():
    text = "Développeur·se C++ à l'école (H/F)"
    assert [(text[token.start : token.end], token.term) for token in tokens(text)] == [
        ("Développeur·se", "developpeur"),
        ("C++", "c++"),
        ("école", term_of("école")),
    ]


def test_tokens_and_terms_are_one_analysis(shared_data):
    lines = (shared_data / "offers_ft_digital_2026_public.jsonl").read_text(encoding="utf-8").splitlines()[:200]
    for line in map(normal, lines):
        found = [token.term for token in tokens(line)]
        assert [term for rank, term in enumerate(found) if rank == 0 or found[rank - 1] != term] == terms(line)


def test_analysis_of_a_long_line_without_spaces_ends():
    assert len(terms("a/" * 20_000)) <= 20_000
