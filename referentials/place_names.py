"""How a place is written: one spelling for comparing, and the parts that people and feeds put around a name.

Rules come from what the official names, La Poste's addresses and France Travail's labels ("13 - AIX EN PROVENCE",
"MARSEILLE 02", "Bouches-du-Rhône (Dept.)") look like. No database here.
"""

import re
from dataclasses import dataclass

from medinjob.lib.text import fold

_SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
_CEDEX = re.compile(r"\bcedex\b.*$")
_DISTRICT = re.compile(r"^(marseille|lyon|paris)(?: 0?(\d{1,2})(?:er|e|eme|ieme|nd|nde)?\b.*)$")
_POSTCODE = re.compile(r"\b(?:\d{5}|2[ab]\d{3})\b")
_LEADING_DEPARTMENT = re.compile(r"^(\d{2,3}|2a|2b)(?: (.+))?$")
_TRAILING_DEPARTMENT = re.compile(r"^(.+) (0[1-9]|[1-9]\d|2a|2b)$")
_BRACKETED_DEPARTMENT = re.compile(r"\((\d{2,3}|2[abAB])\)")
_ARTICLE = re.compile(r"^(?:le|la|les|l) (?=.)")
_NOISE = re.compile(r"\b(?:(?<!de )france|dept|departement|region)\b")


def place_key(name: str) -> str:
    """The comparable spelling of a place's name: "St-Laurent du Var" and "Saint-Laurent-du-Var" have the same."""
    parts = fold(name.replace("s/", "sur ").replace("S/", "sur ")).split()
    return " ".join(_SHORT_FORMS.get(part, part) if len(parts) > 1 else part for part in parts)


def bare_key(key: str) -> str:
    """A key without its leading article: "l isle sur la sorgue" → "isle sur la sorgue"."""
    return _ARTICLE.sub("", key) if key.startswith("l") else key


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """The parts found in a text: any may be empty. `district` is the number of an arrondissement."""

    name: str
    postcode: str = ""
    department: str = ""
    district: int = 0


def department_of(postcode: str) -> str:
    """The département that a postcode begins with: "13100" → "13", "20000" → "2A", "97400" → "974"."""
    if postcode[:2] in {"97", "98"}:
        return postcode[:3]
    if postcode[:2] == "20":
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2].upper()


def read_place(text: str) -> WrittenPlace:
    """Takes a free text apart. "13 - MARSEILLE 02 CEDEX" → name "marseille", département "13", district 2."""
    bracketed = _BRACKETED_DEPARTMENT.search(text)
    plain = _BRACKETED_DEPARTMENT.sub(" ", text) if bracketed else text
    key = _CEDEX.sub("", place_key(plain)).strip()
    department = bracketed[1].upper() if bracketed else ""
    postcode = ""
    if found := _POSTCODE.search(key):
        postcode = found[0].upper()
        key = " ".join((key[: found.start()] + key[found.end() :]).split())
    elif leading := _LEADING_DEPARTMENT.match(key):
        department, key = leading[1].upper(), leading[2] or ""
    if district := _DISTRICT.match(key):
        return WrittenPlace(district[1], postcode, department, int(district[2]))
    if not (department or postcode) and (trailing := _TRAILING_DEPARTMENT.match(key)):
        key, department = trailing[1], trailing[2].upper()
    return WrittenPlace(_without_noise(key), postcode, department)


def _without_noise(key: str) -> str:
    """ "marseille france" → "marseille", but "france" alone is a place and stays."""
    return " ".join(_NOISE.sub(" ", key).split()) or key
