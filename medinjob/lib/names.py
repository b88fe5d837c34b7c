"""What of a person's name may be shown to who does not know them yet."""

import unicodedata

# fmt: off
TITLES = {
    "m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "pr", "prof", "monsieur", "madame", "mademoiselle", "sir",
}
# Before a family name: what begins with one begins with the family.
PARTICLES = {
    "de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "el", "al", "ben", "bin", "ibn", "da", "di",
    "do", "dos", "del", "mc", "mac", "o", "st", "ste",
}
# fmt: on


def given_name(name: str) -> str:
    """The first name where it is certain, as in "Anaïs Modèle", "MODÈLE Anaïs" and "M. Paul Modèle"; else an initial,
    as of "Modèle"; empty where an initial would be the family's name, as in Chinese, or where there is no letter."""
    words = [word for word in name.split() if _bare(word) not in TITLES]
    mixed = [word for word in words if not word.isupper()]
    if len(words) < 2 or not mixed or any("@" in word for word in words):
        return _initial(words)
    first = mixed[0] if len(mixed) < len(words) else words[0]
    return first if _bare(first) not in PARTICLES and _has_cases(first) else _initial(words)


def masked_name(name: str) -> str:
    """Enough for somebody to know their own name: the given name whole, of every other word the first letter."""
    given = given_name(name)
    return " ".join(word if word == given else f"{word[0]}…" for word in name.split())


def told_apart(address: str, others: list[str]) -> str:
    """As much of an e-mail address as tells it from the `others`: "pa…1@exemple.example", and never less than that."""
    box, _, host = address.partition("@")
    for shown in range(2, len(box)):
        if (said := _shortened(box, host, shown)) not in {_shortened(*_parts(other), shown) for other in others}:
            return said
    return address


def _shortened(box: str, host: str, shown: int) -> str:
    return f"{box[:shown]}…{box[-1:]}@{host}" if len(box) > shown + 1 else f"{box[:1]}…@{host}"


def _parts(address: str) -> tuple[str, str]:
    box, _, host = address.partition("@")
    return box, host


def _bare(word: str) -> str:
    return word.lower().strip(".'’")


def _initial(words: list[str]) -> str:
    letter = next((sign for word in words for sign in word if sign.isalpha()), "")
    return f"{letter.upper()}." if letter and _has_cases(letter) else ""


def _has_cases(word: str) -> bool:
    """Scripts with capitals write a name in several letters; in the others one sign may be the family's whole name."""
    return any(unicodedata.category(sign) in {"Lu", "Ll", "Lt"} for sign in word)
