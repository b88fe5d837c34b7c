"""The filters and tags of `{% load look %}`."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.template import Context
from django.utils import translation

from accounts.enums import MailState
from companies.enums import CompanyState
from jobs.enums import OfferState, ReportState
from medinjob.templatetags import look

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=PARIS)
ICONS = Path(settings.BASE_DIR, "static/img/icons.svg").read_text()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Atelier Calanque", "AC"),
        ("Orange", "OR"),
        ("L’Étang numérique", "LÉ"),
        ("3DS Outscale", "DO"),
        ("", "?"),
        ("42", "?"),
    ],
)
def test_initials_are_two_letters(name, letters):
    assert look.initials(name) == letters


def test_tint_depends_on_the_name_only():
    names = ["Atelier Calanque", "Garlaban Formation", "Lérins Mesures", "Orange", "Baou", "Sormiou", "Port-Cros"]
    assert [look.tint(name) for name in names] == [look.tint(name.upper()) for name in names]
    assert {look.tint(name) for name in names} <= {f"tint-{i}" for i in range(1, 7)}
    assert len({look.tint(name) for name in names}) > 2


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "aujourd’hui"),
        (NOW + timedelta(hours=2), "aujourd’hui"),
        (datetime(2026, 11, 21, 23, 59, tzinfo=PARIS), "hier"),
        (datetime(2026, 11, 20, 23, 59, tzinfo=PARIS), "il y a 2 jours"),
        (datetime(2026, 10, 23, 12, 0, tzinfo=PARIS), "il y a 30 jours"),
        (datetime(2026, 10, 1, 12, 0, tzinfo=PARIS), "le 1er octobre 2026"),
        (None, ""),
    ],
)
def test_fresh_counts_days_of_paris(moment, said):
    with time_machine.travel(NOW, tick=False):
        assert look.fresh(moment) == said


def test_new_lasts_two_days():
    with time_machine.travel(NOW, tick=False):
        assert look.is_new(NOW - timedelta(hours=47))
        assert not look.is_new(NOW - timedelta(hours=48))
        assert not look.is_new(None)


@pytest.mark.parametrize(("km", "said"), [(None, ""), (0.0, "moins de 1 km"), (0.99, "moins de 1 km"), (4.4, "4 km")])
def test_distance_is_whole_kilometres(km, said):
    assert look.distance(km) == said


@pytest.mark.parametrize("states", [OfferState, CompanyState, MailState, ReportState])
def test_every_state_has_its_mark(states):
    assert {str(state) for state in states} - set(look.MARKS) == set()


def test_unknown_state_is_a_plain_word():
    assert look.mark_of("of tomorrow") == {"look": "", "icon": "right"}


def test_every_icon_named_is_drawn():
    named = {icon for _, icon in look.MARKS.values()}
    for template in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        text = template.read_text()
        named |= set(look.re.findall(r'components/icon\.html" with name="([a-z]+)"', text))
        named |= set(look.re.findall(r'<c-[a-z-]+[^>]*\sicon="([a-z]+)"', text))
    assert {icon for icon in named if f'id="{icon}"' not in ICONS} == set()


@pytest.mark.parametrize(
    ("path", "language", "urls"),
    [
        ("/accessibilite/?page=2", "fr", ["/accessibilite/?page=2", "/en/accessibilite/?page=2"]),
        ("/en/accessibilite/", "en", ["/accessibilite/", "/en/accessibilite/"]),
        ("/nulle-part/", "fr", ["/nulle-part/", "/nulle-part/"]),
    ],
)
def test_languages_lead_to_the_same_page(rf, path, language, urls):
    request = rf.get(path)
    request.LANGUAGE_CODE = language
    with translation.override(language):
        found = look.languages(Context({"request": request}))
    assert [entry["url"] for entry in found] == urls
    assert [entry["current"] for entry in found] == [language == "fr", language == "en"]


def test_languages_without_request_are_none():
    assert look.languages(Context()) == []
