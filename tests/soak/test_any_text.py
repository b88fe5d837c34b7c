"""Many texts of all Unicode on paper; the seed is printed by hypothesis when one fails."""

import typst
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from medinjob.lib import pdf
from medinjob.lib.fonts import _drawn, printable

SEED = 20261201


def _prints(text: str) -> None:
    shown = printable(text)
    try:
        pdf._compiled(pdf._PROBE, shown)
    except typst.TypstError:
        pdf._compiled(pdf._PROBE, pdf._accepted(shown))


def test_every_sign_of_the_fonts_prints():
    signs = [printable(chr(code)) for code in sorted(_drawn())]
    for start in range(0, len(signs), 2_000):
        pdf._compiled(pdf._PROBE, " ".join(signs[start : start + 2_000]))


@seed(SEED)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=5_000, deadline=None, database=None)
def test_any_text_prints(text):
    _prints(text)


@seed(SEED)
@given(st.lists(st.sampled_from(sorted(_drawn())).map(chr), max_size=30).map("".join))
@settings(max_examples=3_000, deadline=None, database=None)
def test_any_mixture_of_signs_that_fonts_have_prints(text):
    _prints(text)
