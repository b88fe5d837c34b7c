"""How a skill's name is compared: "c#", "C #" and "C#" alike, but not "C"."""

import re
import unicodedata

from django.utils.text import slugify

_SYMBOLS = {"++": "pp", "#": "-sharp", "&": "-et-", "+": "-plus"}
_ACCENTS = re.compile("[\u0300-\u036f]+")
_DOT_NAME = re.compile(r"^\.(?=\w)")
_JOINING = re.compile(r"[./'’]")
_KEPT = re.compile(r"[a-z0-9+#.]+")


def skill_key(name: str) -> str:
    """The comparable spelling: folded words joined by nothing, with the signs that tell C, C++ and C# apart."""
    low = name.lower()
    if low.isascii() and low.isalnum():
        return low
    plain = low if low.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", low.replace("œ", "oe")))
    return "".join(token.rstrip(".") for token in _KEPT.findall(plain))


def skill_slug(name: str) -> str:
    """A readable identifier: "C++" → "cpp", "C#" → "c-sharp", ".NET" → "dotnet", "Node.js" → "node-js"."""
    text = _DOT_NAME.sub("dot", name.strip())
    for symbol, word in _SYMBOLS.items():
        text = text.replace(symbol, word)
    return slugify(_JOINING.sub("-", text))[:120]
