import pytest

from medinjob.lib.scanning import LAYOUTS, possible_tokens, typed_by

TOKEN = "qW3-_mZ9aA0kXy7B"
# Every character that a token may have.
ALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize(
    "typed",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f"https://medinjob.example/b/{TOKEN}/",
        f"https://medinjob.example/en/b/{TOKEN}/?x=1#y",
    ],
)
def test_token_is_found_in_an_address_and_alone(typed):
    assert TOKEN in possible_tokens(typed)


@pytest.mark.parametrize("caps", ["", "letters", "all"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_token_is_found_whatever_the_keyboard(layout, caps):
    for token in (TOKEN, ALL, ALL[::-1], "-_-_0-_"):
        for text in (token, f"https://medinjob.example/b/{token}/", f"http://127.0.0.1:8000/en/b/{token}/"):
            assert token in possible_tokens(typed_by(text, layout, caps))


@pytest.mark.parametrize(
    ("keyboard", "typed"),
    [
        ("French", 'httpsM!!,edinjob:exq,ple!b!Bv"°)sTèz!'),
        ("Belgian, macOS French", 'httpsM==,edinjob:exq,ple=b=Bv"°)sTèz='),
        ("macOS French, caps lock", 'HTTPSm==,EDINJOB:EXQ,PLE=B=bV"°)StÈZ='),
        ("German", "httpsÖ--medinjob.example-b-Bv3?ßsT7w-"),
        ("Swiss", "httpsé--medinjob.example-b-Bv3?'sT7w-"),
        ("US, caps lock", "HTTPS://MEDINJOB.EXAMPLE/B/bV3_-St7W/"),
    ],
)
def test_what_real_keyboards_wrote_is_read(keyboard, typed):
    assert "Bv3_-sT7w" in possible_tokens(typed)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_character_of_a_token_is_told_apart(layout):
    assert len(set(typed_by(ALL, layout))) == len(ALL)


@pytest.mark.parametrize("typed", ["", "  ", "/", "//"])
def test_nothing_typed_is_no_token(typed):
    assert possible_tokens(typed) == []
