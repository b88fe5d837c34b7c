"""French as it is written: plurals, spaces that do not break, the first of a month, sizes of files."""

import runpy
from datetime import date

import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, trans_real

from jobs.offer_view import _working_time
from medinjob.lib.written import date as written_date
from medinjob.lib.written import file_size
from tests.linear.found import ROOT

MESSAGES = runpy.run_path(str(ROOT / "locale/messages.py"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    MESSAGES["write_french"](folder)
    return folder


@pytest.fixture(params=["", "typography"])
def french(request, made):
    """The catalogue in use, one after the other."""
    kept = trans_real._translations, trans_real._default
    trans_real._translations, trans_real._default = {}, None
    with override_settings(LOCALE_PATHS=[made / request.param]), translation.override("fr"):
        yield request.param
    trans_real._translations, trans_real._default = kept


def test_zero_is_singular_and_many_are_plural(french):
    said = {count: ngettext("%(count)s offre", "%(count)s offres", count) % {"count": count} for count in (0, 1, 2)}
    assert said == {0: "0 offre", 1: "1 offre", 2: "2 offres"}


def test_spaces_do_not_break_before_signs(french):
    said = gettext("Plusieurs communes s'appellent « %(place)s » : laquelle ?")
    plain = "Plusieurs communes s'appellent « %(place)s » : laquelle ?"
    typeset = "Plusieurs communes s'appellent «\u00a0%(place)s\u00a0»\u00a0: laquelle\u00a0?"
    assert said == (typeset if french else plain)


def test_no_string_is_left_with_a_breaking_space():
    typeset = MESSAGES["french"](MESSAGES["catalogue"](), spaces=True)
    texts = [
        text
        for message in typeset
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    signs = (" ; ", " : ", " ! ", " ? ", " » ", "« ")
    assert [text for text in texts if any(sign in f"{text} " for sign in signs)] == []
    assert len(texts) > 2500


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("Qui ?", "Qui\u00a0?"),
        (" : ", "\u00a0: "),
        ("« ici » !", "«\u00a0ici\u00a0»\u00a0!"),
        ("%(pay)s €", "%(pay)s\u00a0€"),
        ("à 12:30, http://x/?a", "à 12:30, http://x/?a"),
        ("<b>Lieu :</b>", "<b>Lieu\u00a0:</b>"),
        ("30 % de", "30 % de"),
    ],
)
def test_typeset_touches_spaces_only(text, typeset):
    assert MESSAGES["typeset"](text) == typeset


@pytest.mark.parametrize(
    ("day", "form", "french", "english"),
    [
        (date(2027, 3, 1), "j F Y", "1er mars 2027", "1 March 2027"),
        (date(2027, 8, 1), "l j F Y", "dimanche 1er août 2027", "Sunday 1 August 2027"),
        (date(2027, 10, 1), "j M Y", "1er Oct 2027", "1 Oct 2027"),
        (date(2027, 3, 11), "j F Y", "11 mars 2027", "11 March 2027"),
        (date(2027, 3, 21), "j F Y", "21 mars 2027", "21 March 2027"),
        (date(2027, 3, 1), "d/m/Y", "01/03/2027", "01/03/2027"),
    ],
)
def test_first_of_a_month(day, form, french, english):
    with translation.override("fr"):
        assert written_date(day, form) == french
    with translation.override("en"):
        assert written_date(day, form) == english


def test_templates_use_these_filters():
    from django.template import engines

    made = engines["django"].from_string("{{ day|date:'j F' }}, {{ size|filesizeformat }}")
    with translation.override("fr"):
        said = made.render({"day": date(2027, 5, 1), "size": 5 * 1024 * 1024}).replace("\u00a0", " ")
    assert said == "1er mai, 5,0 Mo"


@pytest.mark.parametrize(("size", "said"), [(2048, "2,0 Ko"), (5 * 1024**2, "5,0 Mo"), (3 * 1024**3, "3,0 Go")])
def test_sizes_have_the_units_that_people_know(size, said):
    with translation.override("fr"):
        assert file_size(size).replace("\u00a0", " ") == said


def test_working_time_is_said_in_english_too():
    with translation.override("en"):
        assert _working_time("Temps plein (35 h)") == "Full time (35 h)"
        assert _working_time("28 heures par semaine") == "28 hours a week"
    with translation.override("fr"):
        assert _working_time("Temps partiel (28 h)") == "Temps partiel (28 h)"
