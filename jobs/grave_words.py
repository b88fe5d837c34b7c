"""Sentences so grave that an offer with one is read by staff before anybody else: calls for or against people by what
they are, and what swindlers ask of candidates. The rules, with their sources, are data: `jobs/data/grave_words.toml`.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "grave_words.toml"
# The part of a line in which an excuse is looked for, around the words found.
BEFORE, AFTER = 60, 80
_APOSTROPHES_AND_SPACES = str.maketrans("’‘ʼ´`\u00a0\u202f\u2009\t‑–—", "'''''    ---")
# Nearly all texts are written with these signs.
_COMMON_SIGNS = "cp1252"
_TOKEN = re.compile(r"[a-z]+|\d{2}")
_STEM = 7
_ENDINGS = ("", "s", "e", "es")


class GraveKind(TextChoices):
    """What is grave, and what to write instead."""

    ORIGIN = "origin", _("L'origine, la nationalité et la couleur de peau ne peuvent ni être demandées, ni exclure.")
    RELIGION = "religion", _("La religion ne peut ni être demandée, ni exclure.")
    SEX = "sex", _("Une offre ne peut pas s'adresser à un seul sexe.")
    AGE = "age", _("Une limite d'âge n'est permise que si un dispositif public l'impose : dites lequel, ou retirez-la.")
    PREGNANCY = "pregnancy", _("La grossesse et les projets de famille ne regardent pas l'employeur.")
    DISABILITY = "disability", _("Le handicap et la santé ne peuvent pas exclure : seul le médecin du travail en juge.")
    UNION = "union", _("L'engagement syndical et les opinions ne peuvent ni être demandés, ni exclure.")
    ORIENTATION = "orientation", _("L'orientation sexuelle et l'identité de genre ne regardent pas l'employeur.")
    MONEY = "money", _("Postuler est gratuit : rien ne peut être demandé à payer aux candidats.")
    TRANSFERS = (
        "transfers",
        _("Aucun emploi ne fait passer de l'argent ou des colis par le compte ou l'adresse d'un candidat."),
    )
    PAPERS = "papers", _("Les papiers d'identité ne se demandent pas pour postuler, mais à l'embauche.")
    BANK = "bank", _("Les coordonnées bancaires ne se demandent pas pour postuler, mais à l'embauche.")
    PREMIUM = "premium", _("Un numéro surtaxé ne peut pas servir à recruter.")


class GraveWords(NamedTuple):
    """The words as they are written, and why they are grave."""

    kind: GraveKind
    words: str


class _Rule(NamedTuple):
    kind: GraveKind
    when: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str]


def grave_words(text: str) -> list[GraveWords]:
    """What is grave in a text, in the order of the rules, once for each; its time is linear in the text's length."""
    plain = _plain(text)
    stems = {word[:_STEM] for word in _TOKEN.findall(plain)}
    found = (_first(rule, plain, text) for rule in RULES if not rule.when.isdisjoint(stems))
    return [grave for grave in found if grave]


def _first(rule: _Rule, plain: str, text: str) -> GraveWords | None:
    for match in rule.pattern.finditer(plain):
        start, end = match.span()
        if not rule.unless.search(plain, *_around(plain, start, end)):
            return GraveWords(rule.kind, text[start:end].strip())
    return None


def _around(plain: str, start: int, end: int) -> tuple[int, int]:
    """The same line, not further than an excuse may stand."""
    begins = max(plain.rfind("\n", max(0, start - BEFORE), start) + 1, start - BEFORE, 0)
    ends = plain.find("\n", end, end + AFTER)
    return begins, ends if ends >= 0 else end + AFTER


def _plain(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe, space and hyphen; as long as `text`, so that a place
    in one is a place in the other."""
    try:
        return text.encode(_COMMON_SIGNS).translate(_PLAIN_SIGNS).decode(_COMMON_SIGNS)
    except UnicodeError:
        return "".join(map(_letter, text))


@cache
def _letter(sign: str) -> str:
    sign = sign.translate(_APOSTROPHES_AND_SPACES)
    first = unicodedata.normalize("NFKD", sign)[0].lower()
    return first if len(first) == 1 else sign


def _plain_sign(code: int) -> int:
    """One byte of the common signs, plain; those that stand for nothing stay."""
    sign = bytes([code]).decode(_COMMON_SIGNS, "ignore")
    plain = _letter(sign).encode(_COMMON_SIGNS, "ignore") if sign else b""
    return plain[0] if plain else code


_PLAIN_SIGNS = bytes(map(_plain_sign, range(256)))


def _rule(row: dict[str, Any], words: dict[str, str]) -> _Rule:
    pattern = row["pattern"]
    for name, meant in words.items():
        pattern = pattern.replace("{" + name + "}", meant)
    return _Rule(
        GraveKind(row["kind"]),
        frozenset((word + ending)[:_STEM] for word in row["when"] for ending in _ENDINGS),
        re.compile(rf"(?<!\w)(?:{pattern})"),
        re.compile("|".join(filter(None, (words["excuse"], row.get("unless"))))),
    )


def _read() -> tuple[_Rule, ...]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_rule(each, data["words"]) for each in data["rule"])


RULES = _read()
