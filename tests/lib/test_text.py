import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinjob.lib.text import decode, fold, hide_contacts, plain, single_line, to_html, to_markdown


def test_fold_drops_case_accents_and_punctuation():
    assert fold("  Œuvre à Saint-Étienne, l’ÉTÉ ! ") == "oeuvre a saint etienne l ete"


@pytest.mark.parametrize(
    ("received", "meant"),
    [
        ("Syst&egrave;mes &amp;amp; r&#233;seaux", "Systèmes & réseaux"),
        ("dÃ©veloppÃ© cÃ´tÃ© serveur, lâ€™Ã©quipe", "développé côté serveur, l’équipe"),
        ("Ã\xa0 Aix, Ã  Nice", "à Aix, à Nice"),
        ("Ne pas toucher : Âge, façade, Ãpre", "Ne pas toucher : Âge, façade, Ãpre"),
        ("zéro\u200b largeur\ufeff et\x00 contrôle\x1b", "zéro largeur et contrôle"),
        ("e\u0301te\u0301", "été"),
        ("ligne\r\nsuivante\rencore", "ligne\nsuivante\nencore"),
        ("jusqu\\'à", "jusqu'à"),
    ],
)
def test_decode_gives_the_characters_that_were_meant(received, meant):
    assert decode(received) == meant


def test_decode_replaces_what_the_source_lost_by_a_space():
    assert decode("30¿000 € \ufffd\ufffd\ufffd\ufffd Lieu") == "30 000 €   Lieu"


def test_single_line_strips_tags_and_spaces():
    assert single_line(" <b>Data</b>\n\xa0engineer &amp; co ") == "Data engineer & co"


def test_single_line_cuts_between_words():
    assert single_line("Administrateur des systèmes et des réseaux", 30) == "Administrateur des systèmes…"
    assert len(single_line("x" * 500, 30)) == 30


@pytest.mark.parametrize("mark", ["-", "•", "*", "·", ">", "–", "▪", "✓", "√", "➢", "#", "o"])
def test_to_markdown_knows_the_bullets(mark):
    assert to_markdown(f"Missions :\n{mark} coder\n{mark}  tester") == "Missions :\n\n- coder\n- tester"


def test_to_markdown_reads_three_stars_as_items():
    text = "Vous avez :***Bac+3 en informatique***Un bon anglais"
    assert to_markdown(text) == "Vous avez :\n\n- Bac+3 en informatique\n- Un bon anglais"


def test_to_markdown_splits_a_list_written_on_one_line():
    assert to_markdown("Missions : * Coder * Tester") == "Missions :\n\n- Coder\n- Tester"


def test_to_markdown_leaves_one_middle_dot_alone():
    assert to_markdown("Toulon · CDI pour passionné·es") == "Toulon · CDI pour passionné·es"


def test_to_markdown_joins_items_set_apart_by_empty_lines():
    assert to_markdown("- un\n\n- deux\n\n\n\nfin") == "- un\n- deux\n\nfin"


def test_to_markdown_makes_headings_of_short_lines_in_capitals():
    assert to_markdown("PROFIL RECHERCHÉ :\nvous codez") == "### Profil recherché\n\nvous codez"


@pytest.mark.parametrize(
    "line", ["SQL", "#LI-HYBRID", "REJOIGNEZ-NOUS !", "-20 % sur le sport", "3,5 jours par semaine"]
)
def test_to_markdown_leaves_other_lines_as_they_are(line):
    assert to_markdown(line) == line


def test_to_markdown_turns_html_into_lines():
    html = "<p>Bonjour,</p><ul><li><b>Python</b></li><li>Go<br/>Rust</li></ul><p style='x'>Fin</p>"
    assert to_markdown(html) == "Bonjour,\n\n- **Python**\n- Go\n\nRust\n\nFin"


def test_to_markdown_reads_escaped_html_too():
    assert to_markdown("&lt;p&gt;Op&amp;eacute;rer&lt;/p&gt;\n&lt;li&gt;un&lt;/li&gt;") == "Opérer\n\n- un"


def test_to_markdown_drops_scripts_with_their_content():
    assert to_markdown("avant<script>alert('x')</script>après<style>p{}") == "avant après"


def test_to_markdown_keeps_comparisons():
    assert to_markdown("latence < 5 ms et > 3 serveurs") == "latence < 5 ms et > 3 serveurs"


def test_to_markdown_separates_headings_glued_to_their_text():
    text = "Description du posteVous intégrez l'équipe.Vous codez bien."
    assert to_markdown(text) == "### Description du poste\n\nVous intégrez l'équipe. Vous codez bien."


def test_to_markdown_drops_lines_of_ornaments():
    assert to_markdown("avant\n__________\n~~ ~~\naprès") == "avant\n\naprès"


@pytest.mark.parametrize("space", "\t\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f\u3000")
def test_to_markdown_knows_all_spaces(space):
    assert to_markdown(f"Deux{space} mots{space}{space}et{space}un") == "Deux mots et un"


def test_to_markdown_looks_at_the_beginning_of_long_lines():
    words = "bien des mots qui disent ce que l'on fera chaque jour de la semaine"
    lines = [f"o {words}", f"?? {words}", f"À {words}", f"• {words}", words]
    assert to_markdown("\n".join(lines)) == f"- {words}\n\n{words}\nÀ {words}\n\n- {words}\n\n{words}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("- a\n\n\n- b\nc", "- a\n- b\n\nc"),
        ("## A\n## B\n\n\nc", "### A\n\n### B\n\nc"),
        ("\n\n***\n- a\n\nb\n\n", "- a\n\nb"),
    ],
)
def test_to_markdown_sets_blocks_apart_by_one_line(written, shown):
    assert to_markdown(written) == shown


@pytest.mark.parametrize(
    "contact",
    ["prenom.nom@exemple.fr", "mailto:rh@exemple.co.uk", "06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678",
     "04.91.00.00.00", "+33(0)4 91 00 00 00"],
)  # fmt: skip
def test_hide_contacts_says_where_to_find_them(contact):
    assert hide_contacts(f"Écrivez à {contact}.") == "Écrivez à (voir l'annonce d'origine)."


@pytest.mark.parametrize("text", ["Spin@ et C@fé", "SIRET 812 345 678 00012", "du 01/02/2026 au 03/04/2026", "0123456"])
def test_hide_contacts_leaves_what_is_no_contact(text):
    assert hide_contacts(text) == text


def test_to_html_renders_the_markdown_of_an_offer():
    html = to_html("# Titre\n\n**Python** et *Go*\nligne\n\n- un\n\n1. deux").replace("\n", "")
    assert html == (
        "<h3>Titre</h3><p><strong>Python</strong> et <em>Go</em><br>ligne</p><ul><li>un</li></ul><ol><li>deux</li></ol>"
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='https://x.example' onclick='y()'>z</a>",
        "<svg/onload=alert(1)>",
    ],
)
def test_to_html_lets_no_attack_through(attack):
    html = to_html(attack)
    assert not any(
        danger in html for danger in ("<script", "<img", "<svg", 'javascript:"', 'href="javascript', "<a href='")
    )
    assert 'href="data:' not in html


def test_to_html_links_without_referrer():
    html = to_html("[site](https://medinsoft.example)")
    assert html == '<p><a href="https://medinsoft.example" rel="nofollow noopener noreferrer">site</a></p>\n'


def test_plain_keeps_only_the_words():
    assert plain("*Offre fictive.* Un 3*4, 5 * 6") == "Offre fictive. Un 3*4, 5 * 6"
    assert plain("### Profil\n\n- **Python**, [site](https://x.example)\n- C# et snake_case") == (
        "Profil Python, site C# et snake_case"
    )


@given(st.text(max_size=80))
def test_fold_keeps_only_words(text):
    folded = fold(text)
    assert folded == " ".join(re.findall("[a-z0-9]+", folded))
    assert fold(folded) == folded


@given(st.text(max_size=400))
def test_any_text_becomes_safe_html(text):
    html = to_html(to_markdown(text))
    assert "<script" not in html.lower()
    assert "\x00" not in html


def test_signs_taken_as_seen_at_sight_are_those_that_are_seen():
    """The short way of `visible` leaves out nothing that nobody sees."""
    from medinjob.lib import text

    short = [sign for sign in map(chr, range(0x110000)) if not text._DOUBTFUL.match(sign)]
    assert all(sign.isprintable() and sign not in text._BLANK for sign in short)
    assert {"a", "é", " ", "’"} <= set(short)
