"""How a place is written: one spelling for comparing, and the parts that people and feeds put around a name.

Rules come from what the official names, La Poste's addresses and France Travail's labels ("13 - AIX EN PROVENCE",
"MARSEILLE 02", "Bouches-du-Rhône (Dept.)") look like. No database here.
"""

import re
from dataclasses import dataclass

from medinjob.lib.text import fold

_SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
_CEDEX = re.compile(r"\bcedex\b.*$")
_ROMAN = "xviii|xvii|xvi|xiii|xii|xiv|xix|xv|xi|xx|viii|vii|vi|iv|ix|iii|ii|i|v|x"
_ORDINAL = rf"(?:0?(?P<number>\d{{1,2}})|(?P<roman>{_ROMAN}))(?: ?(?:er|ere|e|eme|ieme|nd|nde))?"
_DISTRICT = re.compile(rf"^(?P<city>marseille|lyon|paris)(?: {_ORDINAL}\b.*)$")
_DISTRICT_FIRST = re.compile(
    rf"^{_ORDINAL} (?:arrondissement|arrdt|ardt|arr)(?: de| d)? (?P<city>marseille|lyon|paris)$"
)
_DISTRICT_ALONE = re.compile(
    rf"^(?:0?(?P<number>\d{{1,2}})|(?P<roman>{_ROMAN})) ?(?:er|ere|e|eme|ieme|nd|nde)"
    r"(?: (?:arrondissement|arrdt|ardt|arr))?$"
)
_NUMBERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20,
}  # fmt: skip
# "13100", "13 100", "F-13100"; Corsica's départements are written 2A and 2B.
_POSTCODE = re.compile(r"\b(?:(?:fr?|mc) )?(?:\d{5}|2[ab]\d{3}|\d{2} \d{3})\b")
_COUNTRY_MARK = re.compile(r"^(?:fr?|mc) ")
_LEADING_DEPARTMENT = re.compile(r"^(\d{2,3}|2a|2b)(?: (.+))?$")
_TRAILING_DEPARTMENT = re.compile(r"^(.+) (0[1-9]|[1-9]\d|2a|2b)$")
_BRACKETED_DEPARTMENT = re.compile(r"\((\d{2,3}|2[abAB])\)")
_ARTICLE = re.compile(r"^(?:le|la|les|l) (?=.)")
_NOISE = re.compile(
    r"\b(?:(?<!de )(?<!la )(?<!en )(?<!toute )(?<!all )(?<!of )(?<!in )france(?! entiere| metropolitaine)"
    r"|dept|departement|region)\b"
)
# What a number before it counts, or is the address of: no département then.
_COUNTED = re.compile(
    r"^(?:kms?|kilometres?|min|mn|mins|minutes?|h|heures?|m|metres?|ans?|jours?)\b"
    r"|^(?:\d{1,4} )?(?:(?:bis|ter|quater|b|c) )?(?:rue|avenue|av|ave|boulevard|bd|bld|bvd|blvd|chemin|chem|che"
    r"|impasse|imp|allees?|all"
    r"|place|pl|cours|crs|quai|route|rte|traverse|trav|square|sq|montee|esplanade|promenade|passage|lotissement|lot"
    r"|zone|za|zi|zac|zone|parc|immeuble|residence|batiment|bat|villa|hameau|lieu dit|sentier|voie|rond point) ."
)
# Numbers that feeds put before places abroad.
_ABROAD = frozenset({"98", "99", "980"})


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


def name_key(name: str) -> str:
    """The comparable spelling of a name as it is found in a text, where "région" and "département" say nothing."""
    return _without_noise(place_key(name))


def department_of(postcode: str) -> str:
    """The département that a postcode begins with: "13100" → "13", "20000" → "2A", "97400" → "974"."""
    if postcode[:2] in {"97", "98"}:
        return postcode[:3]
    if postcode[:2] == "20":
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2].upper()


def is_address(name: str) -> bool:
    """Does a key say a street or a distance ("rue de rome", "km autour d avignon"), rather than a place's name?"""
    return _COUNTED.match(name) is not None


def district_alone(key: str) -> int:
    """The number of an arrondissement whose city is not said: "8e", "viiie arrondissement". 0 for anything else."""
    found = _DISTRICT_ALONE.match(key)
    return _number(found) if found else 0


def read_place(text: str) -> WrittenPlace:
    """Takes a free text apart. "13 - MARSEILLE 02 CEDEX" → name "marseille", département "13", district 2."""
    bracketed = _BRACKETED_DEPARTMENT.search(text)
    plain = _BRACKETED_DEPARTMENT.sub(" ", text) if bracketed else text
    key = place_key(plain)
    if "cedex" in key:
        key = _CEDEX.sub("", key).strip()
    department = bracketed[1].upper() if bracketed and bracketed[1] not in _ABROAD else ""
    postcode = ""
    if found := _POSTCODE.search(key):
        postcode = _COUNTRY_MARK.sub("", found[0]).replace(" ", "").upper()
        key = " ".join((key[: found.start()] + key[found.end() :]).split())
    elif leading := _LEADING_DEPARTMENT.match(key):
        department, key = leading[1].upper(), leading[2] or ""
        department = "" if department in _ABROAD and key else department
    if district := _DISTRICT.match(key) or _DISTRICT_FIRST.match(key):
        return WrittenPlace(district["city"], postcode, department, _number(district))
    if not (department or postcode) and (trailing := _TRAILING_DEPARTMENT.match(key)):
        key, department = trailing[1], trailing[2].upper()
    return WrittenPlace(_without_noise(key), postcode, department)


def _number(district: "re.Match[str]") -> int:
    return int(district["number"]) if district["number"] else _NUMBERS[district["roman"]]


def _without_noise(key: str) -> str:
    """ "marseille france" → "marseille", but "france" alone is a place and stays."""
    return " ".join(_NOISE.sub(" ", key).split()) or key
