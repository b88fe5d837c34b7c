"""What a barcode reader typed. It is a keyboard: it sends the keys of a US layout, which a computer set to French reads
as AZERTY."""

import re

US = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:/."
AZERTY = "qbcdefghijkl,noparstuvzxywQBCDEFGHIJKL?NOPARSTUVZXYWà&é\"'(-è_ç)°M!:"
TO_US = str.maketrans(AZERTY, US)

_ENDS = re.compile(r"[?#].*$")


def possible_tokens(typed: str) -> list[str]:
    """The last part of an address, or the text itself, as it was typed and as a reader meant it; likeliest first."""
    tokens = dict.fromkeys(_last_part(text) for text in (typed.strip(), typed.strip().translate(TO_US)))
    return [token for token in tokens if token and "\x00" not in token]


def _last_part(text: str) -> str:
    return _ENDS.sub("", text).rstrip("/").rsplit("/", 1)[-1]
