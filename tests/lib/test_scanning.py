import pytest

from medinjob.lib.scanning import AZERTY, US, possible_tokens

TOKEN = "qW3-_mZ9aA0kXy7B"


def as_azerty(text):
    return text.translate(str.maketrans(US, AZERTY))


@pytest.mark.parametrize(
    "typed",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f"https://medinjob.example/forum/badge/{TOKEN}/",
        f"https://medinjob.example/en/forum/badge/{TOKEN}/?x=1#y",
        as_azerty(TOKEN),
        as_azerty(f"https://medinjob.example/forum/badge/{TOKEN}/"),
    ],
)
def test_token_is_found_in_whatever_a_reader_types(typed):
    assert TOKEN in possible_tokens(typed)


def test_every_character_of_a_token_is_told_apart_on_a_french_keyboard():
    assert len(set(AZERTY)) == len(US) == len(AZERTY)


@pytest.mark.parametrize("typed", ["", "  ", "/", "//"])
def test_nothing_typed_is_no_token(typed):
    assert possible_tokens(typed) == []
