"""What a barcode reader typed. It is a keyboard: it sends the keys of a US layout, which a computer reads by its own:
AZERTY of France or Belgium, QWERTZ, with caps lock on or off. Every layout gives a reading; the right one is a badge's.
"""

import re
from collections.abc import Iterator

# The keys that an address needs, without and with shift, and what each layout has there.
_KEYS = "1234567890-qwertyuiopasdfghjkl;zxcvbnm,./", "!@#$%^&*()_QWERTYUIOPASDFGHJKL:ZXCVBNM<>?"
_QWERTZ = "1234567890{minus}qwertzuiopasdfghjkl{colon}yxcvbnm,.-", "{row}{under}QWERTZUIOPASDFGHJKL{Colon}YXCVBNM;:_"
_OTHERS = "1234567890{minus}qwertyuiopasdfghjkl{colon}zxcvbnm,.-", "{row}{under}QWERTYUIOPASDFGHJKL{Colon}ZXCVBNM;:_"


def _layout(shape: tuple[str, str], **signs: str) -> tuple[str, str]:
    return shape[0].format(**signs), shape[1].format(**signs)


LAYOUTS = {
    "French": ("&é\"'(-è_çà)azertyuiopqsdfghjklmwxcvbn,;:!", "1234567890°AZERTYUIOPQSDFGHJKLMWXCVBN?./§"),
    "Belgian": ("&é\"'(§è!çà)azertyuiopqsdfghjklmwxcvbn,;:=", "1234567890°AZERTYUIOPQSDFGHJKLMWXCVBN?./+"),
    "German": _layout(_QWERTZ, minus="ß", colon="ö", row='!"§$%&/()=', under="?", Colon="Ö"),
    "Swiss German": _layout(_QWERTZ, minus="'", colon="ö", row='+"*ç%&/()=', under="?", Colon="é"),
    "Swiss French": _layout(_QWERTZ, minus="'", colon="é", row='+"*ç%&/()=', under="?", Colon="ö"),
    "Spanish": _layout(_OTHERS, minus="'", colon="ñ", row='!"·$%&/()=', under="?", Colon="Ñ"),
    "Italian": _layout(_OTHERS, minus="'", colon="ò", row='!"£$%&/()=', under="?", Colon="ç"),
    "Nordic": _layout(_OTHERS, minus="+", colon="ø", row='!"#¤%&/()=', under="?", Colon="Ø"),
    "US": _KEYS,
}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{6,}")
_ENDS = re.compile(r"[?#].*$")


def typed_by(text: str, layout: str, caps: str = "") -> str:
    """What a reader makes a computer of this layout write; with `caps` "letters" or "all" keys have their shift
    inverted, as one system does and another."""
    return text.translate({ord(char): sign for sign, char in _pairs(layout, caps)})


def possible_tokens(typed: str) -> list[str]:
    """The last part of an address, or the text itself, as it was typed and as a reader meant it; likeliest first."""
    text = typed.strip()
    meant = (_last_part(text.translate(each)) for each in _READINGS)
    tokens = dict.fromkeys([_last_part(text), *filter(_TOKEN.fullmatch, meant)])
    return [token for token in tokens if token and "\x00" not in token]


def _pairs(layout: str, caps: str) -> Iterator[tuple[str, str]]:
    """(what the layout writes, what the reader meant)."""
    plain, shifted = LAYOUTS[layout]
    for key, upper, low, high in zip(*_KEYS, plain, shifted, strict=True):
        inverted = caps == "all" or (caps == "letters" and low.isalpha() and high == low.upper())
        yield from (((high, key), (low, upper)) if inverted else ((low, key), (high, upper)))


def _reading(layout: str, caps: str) -> dict[int, str]:
    """macOS writes É for the key that has é and 2."""
    accented = zip(_KEYS[0], LAYOUTS[layout][0], strict=True) if caps == "letters" else ()
    capitals = {ord(sign.upper()): key for key, sign in accented if sign.isalpha() and len(sign.upper()) == 1}
    return capitals | {ord(sign): char for sign, char in _pairs(layout, caps)}


_READINGS = tuple(_reading(layout, caps) for caps in ("", "letters", "all") for layout in LAYOUTS)


def _last_part(text: str) -> str:
    return _ENDS.sub("", text).rstrip("/").rsplit("/", 1)[-1]
