import pytest

from jobs.imports.titles import LONGEST, clean_title, title_key


@pytest.mark.parametrize(
    "mark",
    [
        "(H/F)",
        "H/F",
        "F/H",
        "(F/H)",
        "h/f",
        "(h/f/x)",
        "(m/f/d)",
        "(F/H) (H/F)",
        "F/H H/F (H/F)",
        "- H/F",
        "(HF)",
        ", HF",
        "(H-F)",
        "(H/F",
    ],
)
def test_clean_title_writes_both_sexes_once_and_last(mark):
    assert clean_title(f"Data engineer {mark}") == "Data engineer (H/F)"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  Développeur \n web\t(H/F) ", "Développeur web (H/F)"),
        ("(H/F) Développeur web", "Développeur web (H/F)"),
        ("Développeur web H/F - Toulon", "Développeur web - Toulon (H/F)"),
        ("Syst&egrave;mes &amp;amp; r&eacute;seaux", "Systèmes & réseaux"),
        ("<b>Chef de projet</b>", "Chef de projet"),
        ("#Alternance - Développeur", "Alternance - Développeur"),
        ("développeur C# (H/F)", "Développeur C# (H/F)"),
        ("Ingénieur F# H/F #", "Ingénieur F# (H/F)"),
        ("Développeur C++ / .NET", "Développeur C++ / .NET"),
        ("Directeur d'études B/F", "Directeur d'études B/F"),
    ],
)
def test_clean_title_keeps_the_meaning(written, clean):
    assert clean_title(written) == clean


@pytest.mark.parametrize(
    ("shouted", "calm"),
    [
        ("INGENIEUR SYSTEMES ET RESEAUX H/F", "Ingénieur systèmes et réseaux (H/F)"),
        ("DEVELOPPEUR JAVA / ANGULAR", "Développeur Java / Angular"),
        ("ADMINISTRATEUR SQL ET SAP", "Administrateur SQL et SAP"),
        ("DEVELOPPEUR C# ET C++", "Développeur C# et C++"),
        ("RIPEUR / RIPEUSE", "Ripeur / Ripeuse"),
        ("CHEF DE PROJET - Sophia Antipolis", "Chef de projet - Sophia Antipolis"),
        ("DBA", "DBA"),
        ("Expert SAP BI", "Expert SAP BI"),
    ],
)
def test_clean_title_calms_capitals(shouted, calm):
    assert clean_title(shouted) == calm


@pytest.mark.parametrize("nothing", ["", "   ", "(H/F)", "H/F", "---", ".", "<br>", "X", "2026"])
def test_clean_title_of_nothing_is_empty(nothing):
    assert clean_title(nothing) == ""


def test_clean_title_fits_its_column():
    assert len(clean_title("développeur " * 100 + "H/F")) <= LONGEST


def test_clean_title_is_stable():
    once = clean_title("ADMINISTRATEUR RESEAUX F/H - Aix (H/F)")
    assert clean_title(once) == once


def test_title_key_forgets_case_accents_and_sexes():
    assert title_key("DÉVELOPPEUR Web (H/F)") == title_key("développeur web F/H") == "developpeur web"
    assert title_key("Développeur web") != title_key("Développeur mobile")
