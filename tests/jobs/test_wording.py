import pytest

from jobs.wording import remarks

FINE_TITLES = [
    "Développeur web H/F",
    "Développeur web (F/H)",
    "Développeur web F-H",
    "Data engineer f/h/x",
    "Administrateur systèmes (h.f.)",
    "Développeuse ou développeur Python",
    "Développeur / Développeuse web",
    "Technicien·ne support",
    "Technicien(ne) support",
    "Ingénieur.e cloud",
    "Chef de projet, homme ou femme",
    "Consultant/e SAP",
]
LACKING_TITLES = ["Développeur web", "Data engineer", "Chef de projet digital", "Ingénieur R&D", "Responsable SI (Aix)"]

SHUT_OUT = [
    ("Nous cherchons un homme jeune.", "homme jeune"),
    ("Une jeune femme souriante pour l'accueil.", "jeune femme"),
    ("Poste réservé aux hommes.", "réservé aux hommes"),
    ("Candidat âgé de 25 à 35 ans.", "âgé de 25 à 35 ans"),
    ("Vous avez entre 20 et 30 ans.", "entre 20 et 30 ans"),
    ("Moins de 30 ans exigés.", "Moins de 30 ans"),
    ("45 ans maximum.", "45 ans maximum"),
    ("Être né en France.", "né en France"),
    ("De nationalité française.", "De nationalité française"),
    ("Français langue maternelle française.", "langue maternelle française"),
    ("Femme célibataire.", "célibataire"),
    ("Sans enfants.", "Sans enfants"),
    ("Physique agréable.", "Physique agréable"),
    ("Candidate non voilée.", "non voilée"),
    ("De confession catholique.", "De confession catholique"),
]
FINE_TEXTS = [
    "Vous avez moins de 30 ans d'expérience ? Nous aussi.",
    "Entre 2 et 5 ans d'expérience, salaire entre 35 et 45 k€.",
    "Notre équipe : 12 femmes et 14 hommes.",
    "Une jeune entreprise dynamique, un jeune projet.",
    "Société née en 2012 en Provence, active en France.",
    "L'entreprise a 25 ans et 40 salariés.",
    "Anglais courant, français professionnel.",
    "Vous avez entre 20 et 30 ans d'expérience.",
    "Tous nos postes sont ouverts aux personnes en situation de handicap.",
    "L'Université catholique de Marseille recrute ; élevage de race laitière.",
    "Un enfant pourrait l'utiliser ; application pour jeunes diplômés.",
]


@pytest.mark.parametrize("title", FINE_TITLES)
def test_title_for_everybody_gets_no_remark(title):
    assert remarks(title, "") == []


@pytest.mark.parametrize("title", LACKING_TITLES)
def test_title_for_one_sex_gets_a_gentle_remark(title):
    (remark,) = remarks(title, "")
    assert (remark.field, remark.words, remark.serious) == ("title", "", False)


@pytest.mark.parametrize(("text", "words"), SHUT_OUT)
def test_words_that_shut_somebody_out_are_quoted(text, words):
    found = remarks("Développeur web H/F", text)
    assert any(words in remark.words for remark in found)
    assert all(remark.serious and remark.field == "text" for remark in found)


@pytest.mark.parametrize("text", FINE_TEXTS)
def test_ordinary_words_get_no_remark(text):
    assert remarks("Développeur web H/F", text) == []


def test_words_of_the_title_are_remarked_beside_it():
    assert ("title", "homme jeune") in [(r.field, r.words) for r in remarks("Vendeur H/F, homme jeune", "")]


def test_empty_offer_gets_no_remark():
    assert remarks("", "") == []


def test_long_text_is_read_quickly():
    assert remarks("Développeur web H/F", "entre deux âges et deux projets " * 1000) == []
