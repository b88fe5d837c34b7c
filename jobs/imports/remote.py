"""Remote work, from explicit words only: a text that does not speak of it says nothing."""

import re

from jobs.enums import Remote

# Plain words first, since most texts have none of them; then where the words are; then what is said around them, which
# the other patterns read in lower case without accents.
_WORDS = ("télé", "tele", "remote", "distanc", "office", "présentiel", "presentiel", "sur site", " tt ")
_HINT = re.compile(r"t[ée]l[ée][- ]?travail|remote|distanc|home[- ]?office|pr[ée]sentiel|sur site|\btt\b")
_AROUND = 60
_PLAIN = str.maketrans("éèêàâîôç\u00a0\u202f’", "eeeaaioc  '")

_WORK = r"(?:tele[- ]?travail|remote|distanciel|home[- ]?office|travail a distance)"
_ALL = r"(?:complet|total|integral|permanent|exclusif|(?:a )?100 ?%|a temps (?:plein|complet))"

_FULL = re.compile(
    rf"\b(?:full[- ]?remote|remote[- ]first|remote only|fully remote)\b"
    rf"|100 ?% (?:en |de )?{_WORK}|full {_WORK}|{_WORK} ?:? ?(?:est )?{_ALL}"
    rf"|(?:entierement|totalement|integralement) (?:en )?{_WORK}"
    rf"|(?:poste|travail|mission) (?:entierement|totalement|100 ?%) a distance"
    rf"|{_WORK} ?:? ?5 ?j|(?<![\d,.])5 ?(?:j|jours?) (?:/ ?5 )?(?:de |en )?{_WORK}"
)
_NONE = re.compile(
    rf"\b(?:pas|sans|aucun|ni|non) (?:de |d'|en |eligible au |de possibilite de )?{_WORK}"
    rf"|{_WORK} ?[:=-]? ?(?:est |n'est )?(?:non|pas|aucun|impossible|0)\b|non teletravaillable"
    rf"|100 ?% (?:en )?(?:presentiel|sur site)|(?:presentiel|sur site) (?:a )?(?:100 ?%|exclusivement|uniquement)"
)
_NOT_FULL = re.compile(
    rf"(?:pas|sans|ni|non|aucun) (?:de |d'|en |du )?(?:full[- ]?remote|{_WORK} {_ALL}|100 ?% (?:en |de )?{_WORK})"
)
# "remote" alone may be a remote desk, "TT" a test: they need the sign of a way of working.
_SOME = r"(?:hybride?|partiel|possible|ponctuel|occasionnel|flexible|friendly|\d ?j\b|jours?|days?)"
_PARTIAL = re.compile(
    rf"tele[- ]?travail|home[- ]?office|{_SOME}\W{{1,4}}(?:de |en |of )?(?:{_WORK}|tt\b)"
    rf"|(?:{_WORK}|\btt)\W{{1,4}}(?:\w+\W{{1,3}}){{0,2}}?{_SOME}"
)


def detect_remote(*texts: str) -> str:
    """A value of `Remote`, or "" when nothing is said. "Pas de full remote" is said of partial remote work."""
    text = " \n ".join(texts).lower()
    if not any(word in text for word in _WORDS):
        return ""
    said = _neighbourhoods(text).translate(_PLAIN)
    said, not_full = _NOT_FULL.subn(" ", said)
    if _FULL.search(said):
        return Remote.FULL
    said, refusals = _NONE.subn(" ", said)
    if _PARTIAL.search(said) or (not_full and not refusals):
        return Remote.PARTIAL
    return Remote.NONE if refusals else ""


def _neighbourhoods(text: str) -> str:
    """What stands around the hints, each stretch once."""
    parts: list[str] = []
    end = 0
    for hint in _HINT.finditer(text):
        parts.append(text[max(end, hint.start() - _AROUND) : hint.end() + _AROUND])
        end = hint.end() + _AROUND
    return "".join(parts)
