"""Every field of text of every form, found by itself: of ours, so that nothing unseen and nothing endless comes in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_filters
import pytest
from allauth.account.app_settings import FORMS
from django import forms
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from medinjob.lib.fields import AddressField, LineField, LinesField, SlugField, WebAddressField
from medinjob.lib.text import single_line, to_markdown, visible, visible_line
from tests.linear.found import APPS, modules
from tests.linear.measuring import seconds, slow_shape
from tests.linear.shapes import of_text

OURS = (LineField, LinesField, AddressField, WebAddressField, SlugField)
HIDDEN = "".join(map(chr, (
    0x34F, 0x202E, 0x200B, 0x200D, 0x2066, 0x61C, 0xAD, 0xFEFF, 0xE0041, 0xFE0F, 0x3164, 0x2800, 0x2028, 7, 11, 0x115F,
    0x2060, 0xE000,
)))  # fmt: skip
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "21_addresses_with_invisible_marks.txt"


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def ours(kind: type) -> list[Any]:
    return [child for child in dict.fromkeys(below(kind)) if child.__module__.split(".")[0] in APPS]


def path_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def fields() -> dict[str, forms.Field]:
    """Those of text, but for passwords, which are taken as they are."""
    modules()
    found: dict[str, forms.Field] = {}
    for form in ours(forms.BaseForm):
        if form.__module__ == "accounts.sign_in_forms":
            continue  # allauth's: they get our fields when they are made
        found |= {f"{path_of(form)}.{name}": field for name, field in form.base_fields.items()}
    for filters in ours(django_filters.FilterSet):
        texts = {
            name: each for name, each in filters.base_filters.items() if isinstance(each, django_filters.CharFilter)
        }
        found |= {f"{path_of(filters)}.{name}": each.field for name, each in texts.items()}
    return {
        name: field
        for name, field in found.items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    }


def read(field: forms.Field, text: str) -> Any:
    try:
        return field.clean(text)
    except ValidationError as error:
        return error


def test_every_field_of_text_is_one_of_ours():
    assert len(fields()) > 80
    assert {name for name, field in fields().items() if not isinstance(field, OURS)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(FORMS))
def test_forms_of_sign_in_have_our_addresses(name):
    form = import_string(FORMS[name])()
    assert {type(field) for field in form.fields.values() if isinstance(field, forms.EmailField)} == {AddressField}


@pytest.mark.django_db
def test_nothing_unseen_comes_through_a_field():
    for name, field in fields().items():
        value = read(field, f"a{HIDDEN}b")
        if isinstance(value, str):
            assert " ".join(value.split()) in {"ab", "a b"}, name


@pytest.mark.django_db
def test_every_field_refuses_megabytes_at_once():
    long = "9" * 2_000_000
    slow = {name for name, field in fields().items() if seconds(lambda text, f=field: read(f, text), long) > 0.5}
    assert slow == set()


@pytest.mark.django_db
def test_every_field_reads_any_text_in_linear_time():
    """One of each kind with its limit: fields that differ by their label read alike."""
    kinds = {(type(field), field.max_length): (name, field) for name, field in fields().items()}
    slow = [
        f"{name}: {said}"
        for name, field in kinds.values()
        for shape in list(of_text())[::4]
        if (said := slow_shape(lambda text, f=field: read(f, text), shape, quick=0.02))
    ]
    assert slow == []


@pytest.mark.parametrize(
    "text",
    ["Zoé 🎉", "👩‍💻 👍🏽 ❤️ 1️⃣", "می‌خواهم", "क्‍ष", "李雷 አበበ", "L’Île-d’Yeu « œuf » — 30 €", "e\u0301"],
)
def test_what_is_seen_stays(text):
    assert visible(text) == text


def test_what_is_not_seen_goes():
    assert visible_line(f"Titre{HIDDEN} \u202eenvers\u202c\r\nligne") == "Titre envers ligne"
    assert single_line(f"Titre{HIDDEN}\u2067 envers") == "Titre envers"
    assert visible("a\r\nb\x07\u2028c\td", lines=True) == "a\nb\nc d"
    assert to_markdown(f"Texte{HIDDEN[0]}\n- a\U000e0041") == "Texte\n\n- a"


def test_address_loses_the_marks_that_nobody_sees():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        assert AddressField().clean(line) == "paul@exemple.example"
