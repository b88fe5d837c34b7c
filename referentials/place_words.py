"""The words that people put around places when they say where they look: distances, "près de", lists.

They are read on a plain form of the text (lower case, no accents, one character for one), so that what was not
understood can be shown as it was typed. No database here.
"""

import re
import unicodedata
from dataclasses import dataclass

FARTHEST_KM = 300
# Between two places, of which either will do; "-", "et" and the like are also inside names.
CHOICE = re.compile(r"[,;|\n]|(?<!\bs)/|\s(?:ou|or)\s(?:bien\s)?")
LIST = re.compile(r"[,;|\n+&()]|(?<!\bs)/|\s(?:ou|or|et|and)\s(?:bien\s)?|\s[-–](?=\s)")
_DISTANCE = re.compile(r"(?<![\w.,])(\d{1,4})(?:[.,]\d{1,2})? ?(?:kilometres?|kms?|bornes?)\b")
_TIME = re.compile(
    r"(?<![\w.,])(?:\d{1,3} ?(?:minutes?|mins?|mn|heures?|hours?|h)(?: ?\d{1,2}(?: ?(?:minutes?|mins?|mn))?)?"
    r"|(?:une|deux|trois|une demi|demi)[ -](?:demi-)?heures?|(?:one|an|half an|two) hours?)\b"
    r"(?: (?:de|en|a|by|par) (?:la |le |l')?(?:route|trajet|voiture|train|bus|tram|metro|pied|velo|car|foot"
    r"|transports?(?: en commun)?)\b| (?:drive|walk|ride)\b)?"
)
_NEARNESS = (
    "autour", "environs", "alentours", "abords", "peripherie", "banlieue", "proximite", "voisinage", "pres", "proche",
    "proches", "cote", "loin", "agglomeration", "agglo", "metropole", "secteur", "zone", "bassin", "commune", "ville",
    "region", "departement", "pays", "rayon", "perimetre",
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?:et |tout |tres |non |pas |trop |a |aux |au |dans (?:un |le |la |les )?|en |la |le |l'|les |un )?"
    r"(?:a )?(?:" + "|".join(_NEARNESS) + r") (?:de |d'|du |des )"
    r"|(?:autour|environ|vers|sur|dans|chez|entre|de|du|des|a|au|aux|en|et|non|tout|tres|pas|trop|l'interieur) "
    r"|a moins de |a moins d'|moins de |jusqu'a |a peu pres |within |up to |max(?:imum)? "
    r"|(?:the )?(?:area|region) of |(?:around|near|close|next|from|in|of|at|to) |d'|[-–+:.(] ?)"
)
_ENDINGS = (
    "environs", "alentours", "region", "peripherie", "agglomeration", "agglo", "proche banlieue", "banlieue",
    "couronne", "surroundings", "autour", "alentour", "a la ronde", "aux alentours", "aux environs", "maximum", "max",
    "area",
    "around", "de rayon", "autour de", "centre-ville", "centre ville", "et plus", "sa", "ses", "son", "leurs", "la",
    "les", "its", "et", "ou", "and", "&",
)  # fmt: skip
_ONE_LETTER = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\u00a0": " ", "\u202f": " ", "\t": " "}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks besides names: `radius` in km if it says one, the `ignored` words that mean nothing here."""

    text: str
    radius: int | None
    ignored: tuple[str, ...]


def plain(text: str) -> str:
    """The text in lower case without accents, with as many characters as before."""
    return "".join(_ONE_LETTER.get(char) or unicodedata.normalize("NFD", char)[0].lower()[:1] for char in text)


def read_asked(text: str) -> Asked:
    """Takes the distance and the travel time out of "à 20 km de Nice", "Nice (20 km)", "30 minutes d'Aix"."""
    simple = plain(text)
    if not any(char.isdigit() for char in simple) and "heure" not in simple and "hour" not in simple:
        return Asked(text, None, ())
    radius = None
    ignored = []
    if found := _DISTANCE.search(simple):
        radius = min(int(found[1]), FARTHEST_KM)
        text, simple = _without(text, found), _without(simple, found)
    if found := _TIME.search(simple):
        ignored.append(text[found.start() : found.end()].strip())
        text = _without(text, found)
    return Asked(text.strip(), radius, tuple(ignored))


def _without(text: str, found: "re.Match[str]") -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def without_words_around(text: str) -> str:
    """ "près de Toulon" → "Toulon", "dans le Var" → "le Var", "Nice et alentours" → "Nice"."""
    text = " ".join(text.split())
    simple = plain(text)
    end = _end_of_the_name(simple)
    start = 0
    while (found := _BEFORE.match(simple, start, end)) and found.end() < end:
        start = found.end()
    return text[start:end].strip()


def _end_of_the_name(simple: str) -> int:
    """Where the words after the name begin; none is taken off when it stands alone."""
    end = len(simple.rstrip(" +(.:,;–-"))
    while ending := next((word for word in _ENDINGS if simple.endswith(f" {word}", 0, end)), ""):
        end = len(simple[: end - len(ending)].rstrip(" +(.:,;–-"))
    kept = simple[:end]
    return end - 1 if kept.endswith(")") and "(" not in kept else end
