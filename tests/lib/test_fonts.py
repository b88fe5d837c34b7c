import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from medinjob.lib import pdf
from medinjob.lib.fonts import latin, printable

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Whatever a database may hold: unassigned and private signs, controls, marks of direction, emoji."""


def prints(text):
    pdf._compiled(pdf._PROBE, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoé d'Exemple", "Zoé d'Exemple"),
        ("Inès 🎉", "Inès 🎉"),
        ("李雷 አበበ สมหญิง محمد Кира", "李雷 አበበ สมหญิง محمد Кира"),
        ("ߒߞߏ Fictif", "□□□ (nko) Fictif"),
        ("a\x0bb\u202ec\ufeff", "a bc"),
        ("privé \ue000", "privé "),
        ("e\u0301", "é"),
        ("Qui\u202f? 12\u00a0€", "Qui\u202f? 12\u00a0€"),
        ("", ""),
    ],
)
def test_text_is_printed_as_it_is_but_for_what_no_font_has(text, shown):
    assert printable(text) == shown
    prints(shown)


def test_latin_form_is_ascii_and_prints():
    assert latin("李雷 አበበ\n\x00") == "LiLei 'abebe  "
    prints(latin("\U0001f389\ufffd" * 3))


@given(ANY_TEXT)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_text_prints(text):
    shown = printable(text)
    try:
        prints(shown)
    except typst.TypstError:
        prints(pdf._accepted(shown))


def test_one_text_that_typst_refuses_leaves_the_others_as_they_are(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text('#let d = json(bytes(sys.inputs.data))\n#set document(title: "x")\n#d.map(t => [#t]).join[ ]')
    # Each sign has a font, but no font has them together.
    refused = "\u0556\u1ab6"
    with pytest.raises(typst.TypstError):
        prints(refused)
    assert pdf.render_pdf(template, [refused, "李雷"]).startswith(b"%PDF")
    assert pdf._accepted("李雷") == "李雷"
    assert pdf._accepted(refused).isascii()


def test_a_template_s_own_fault_is_raised(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text("#set document(title: [x])\n#unknown()")
    with pytest.raises(typst.TypstError):
        pdf.render_pdf(template, {})
