"""What of a person's name may be shown to who does not know them yet."""

import unicodedata
from functools import cache
from pathlib import Path

FIRST_NAMES = Path(__file__).with_name("first_names.txt")
# fmt: off
TITLES = {
    "m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "pr", "prof", "monsieur", "madame", "mademoiselle", "sir",
}
# Before a family name: the word after one is the family's.
PARTICLES = {
    "de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "el", "al", "ben", "bin", "ibn", "da", "di",
    "do", "dos", "del", "mc", "mac", "o", "st", "ste",
}
# fmt: on


def given_name(name: str) -> str:
    """The first name where it is certain, else an initial; empty where an initial would be the family's name, as in
    Chinese, or where there is no letter.

    Certain is a known first name beside words that are none, whatever their order: "Anaïs Modèle", "Modèle Anaïs". One
    that is a family name too, as Martin, is certain only where capitals mark the family, as in "MODÈLE Martin", or
    right after a title: "M. Martin Modèle"."""
    words = [word for word in name.split() if _bare(word) not in TITLES]
    known = [word for word in words if _parts(word) <= _first_names().keys()]
    if len(words) < 2 or len(known) != 1 or _follows_particle(known[0], words):
        return _initial(words)
    first = known[0]
    others = [word for word in words if word is not first]
    if first.isupper() != others[0].isupper():
        certain = not first.isupper() and all(word.isupper() for word in others)
    else:
        titled = len(name.split()) > len(words) and first == words[0]
        certain = titled or not any(_first_names()[part] for part in _parts(first))
    return first if certain else _initial(words)


def masked_name(name: str) -> str:
    """Enough for somebody to know their own name: the given name whole, of every other word the first letter, where
    that is not a family's whole name."""
    given = given_name(name)
    return " ".join(word if word == given else f"{word[0] if _has_cases(word[0]) else ''}…" for word in name.split())


@cache
def _first_names() -> dict[str, bool]:
    """Each with whether it is a family name too."""
    lines = FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.endswith("*") for line in lines if not line.startswith("#")}


def _parts(word: str) -> set[str]:
    return set(_bare(word).replace("’", "'").split("-"))


def _follows_particle(word: str, words: list[str]) -> bool:
    before = words[: words.index(word)]
    return bool(before) and _bare(before[-1]) in PARTICLES


def told_apart(address: str, others: list[str]) -> str:
    """As much of an e-mail address as tells it from the `others`: "pa…1@exemple.example", and never less than that."""
    box, host = _box_and_host(address)
    for shown in range(2, len(box)):
        if (said := _shortened(box, host, shown)) not in {_shortened(*_box_and_host(other), shown) for other in others}:
            return said
    return address


def _shortened(box: str, host: str, shown: int) -> str:
    return f"{box[:shown]}…{box[-1:]}@{host}" if len(box) > shown + 1 else f"{box[:1]}…@{host}"


def _box_and_host(address: str) -> tuple[str, str]:
    box, _, host = address.partition("@")
    return box, host


def _bare(word: str) -> str:
    """In small letters, without accents."""
    letters = unicodedata.normalize("NFD", word.lower().strip(".,'’"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _initial(words: list[str]) -> str:
    letter = next((sign for word in words for sign in word if sign.isalpha()), "")
    return f"{letter.upper()}." if letter and _has_cases(letter) else ""


def _has_cases(word: str) -> bool:
    """Scripts with capitals write a name in several letters; in the others one sign may be the family's whole name."""
    return any(unicodedata.category(sign) in {"Lu", "Ll", "Lt"} for sign in word)
