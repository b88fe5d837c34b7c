"""France Travail's codes and labels into ours: contract, experience, level of education.

The codes are those of the API's own referentials (`typesContrats`, `naturesContrats`, `niveauxFormations`); files seen
in the wild hold the labels in their place, or both.
"""

import re
from typing import Any

from jobs.enums import ContractType, EducationLevel, Experience
from medinjob.lib.text import fold

# Beginnings of folded labels, and codes; the first that fits decides.
_TYPES = (
    (("cdi interim", "din", "contrat a duree indeterminee interim"), ContractType.TEMPORARY_CDI),
    (("cdi", "contrat a duree indeterminee"), ContractType.CDI),
    (("cdd", "ddi", "contrat a duree determinee", "contrat duree determinee"), ContractType.CDD),
    (("mis", "tti", "interim", "mission", "travail temporaire", "contrat travail temporaire"), ContractType.TEMPORARY),
    (("sai", "contrat travail saisonnier"), ContractType.SEASONAL),
    (("lib", "profession liberale", "freelance", "independant", "portage"), ContractType.FREELANCE),
    (("stage",), ContractType.INTERNSHIP),
    (("apprentissage", "contrat apprentissage", "contrat d apprentissage", "alternance"), ContractType.APPRENTICESHIP),
    (("professionnalisation", "cont professionnalisation", "contrat de pro"), ContractType.PROFESSIONALISATION),
)
_NATURES = (
    (("e2", "contrat apprentissage", "contrat d apprentissage"), ContractType.APPRENTICESHIP),
    (("fs", "cont professionnalisation", "contrat de professionnalisation"), ContractType.PROFESSIONALISATION),
    (("stage",), ContractType.INTERNSHIP),
    (("ps", "portage salarial"), ContractType.FREELANCE),
)
# The title says it where the contract's type only says CDD: as what the job is, not as what it deals with.
_APPRENTICE_TITLE = re.compile(r"\b(?:alternan\w*|apprenti|apprenties?|apprentis|apprentissage)\b")
_ABOUT_APPRENTICES = re.compile(
    r"conseill|recrut|format(?:eur|rice)|maitre|tut(?:eur|rice)|relation|apprentissage (?:auto|profond|super|machine)"
)
_PROFESSIONALISATION_TITLE = re.compile(r"\bcontrat (?:de )?pro(?:fessionnalisation)?\b")
_INTERNSHIP_TITLE = re.compile(r"^(?:offre de )?stag(?:e|iaire)\b|[-–—:(/|]\s*stag(?:e|iaire)\b")

_DURATION = re.compile(r"(\d{1,4})\s*(mois|an|jour|semaine)", re.IGNORECASE)
_LONGEST_MONTHS = 72

_LEVELS = (
    (("doctorat", "bac 8"), EducationLevel.DOCTORATE),
    (("bac 5", "nv1", "master", "ingenieur"), EducationLevel.BAC5),
    (("bac 3", "bac 4", "nv2", "licence"), EducationLevel.BAC3),
    (("bac 2", "nv3", "bts", "dut"), EducationLevel.BAC2),
    (("bac", "nv4"), EducationLevel.BAC),
    (("cap", "bep et", "bep ou", "nv5"), EducationLevel.CAP),
    (("aucune", "3eme", "4eme", "2nd", "1ere", "bepc", "primaire", "afs", "cfg"), EducationLevel.NONE),
)


def contract(row: dict[str, Any], title: str) -> str:
    """The contract: its nature before its type, and the title where both hide a work-study contract or internship."""
    nature = _first(fold(_text(row.get("natureContrat"))), _NATURES)
    if nature:
        return nature
    kinds = (_first(fold(_text(row.get(name))), _TYPES) for name in ("typeContrat", "typeContratLibelle"))
    kind = next((found for found in kinds if found), ContractType.OTHER)
    said = _from_title(title)
    if said and kind not in {ContractType.FREELANCE, ContractType.TEMPORARY_CDI}:
        return said
    return ContractType.APPRENTICESHIP if row.get("alternance") is True else kind


def _from_title(title: str) -> str:
    plain = title.lower().translate(_ACCENTS)
    if _PROFESSIONALISATION_TITLE.search(plain):
        return ContractType.PROFESSIONALISATION
    if _APPRENTICE_TITLE.search(plain) and not _ABOUT_APPRENTICES.search(plain):
        return ContractType.APPRENTICESHIP
    return ContractType.INTERNSHIP if _INTERNSHIP_TITLE.search(plain) else ""


def contract_months(row: dict[str, Any], kind: str) -> int | None:
    """Its length in whole months, at least one; None for a contract without end or an impossible length."""
    if kind in {ContractType.CDI, ContractType.TEMPORARY_CDI}:
        return None
    found = _DURATION.search(f"{_text(row.get('typeContratLibelle'))} {_text(row.get('typeContrat'))}")
    months = _months(found) if found else 0
    return months if 0 < months <= _LONGEST_MONTHS else None


def experience(row: dict[str, Any]) -> tuple[str, str]:
    """(`Experience` value or "", the source's words). Six months and less than a year count with one to three years;
    experience asked for without a length has no value."""
    label = _text(row.get("experienceLibelle"))
    comment = _text(row.get("experienceCommentaire"))
    words = label if not comment or comment in label else f"{label} ({comment})"
    beginner = _text(row.get("experienceExige")) == "D" or fold(label).startswith("debutant")
    found = None if beginner else _DURATION.search(label) or _DURATION.search(comment)
    if found is None:
        return (Experience.BEGINNER if beginner else ""), words
    months = _months(found)
    for value, least in ((Experience.SENIOR, 60), (Experience.CONFIRMED, 36), (Experience.JUNIOR, 6)):
        if months >= least:
            return value, "" if months > 12 * 40 else words
    return Experience.BEGINNER, words


def education_level(formations: list[dict[str, Any]]) -> int | None:
    """The lowest level that opens the job: among those demanded if any is, else among those wished for."""
    known = [(_text(each.get("exigence")), _level(each)) for each in formations]
    levels = [(demand, level) for demand, level in known if level is not None]
    demanded = [level for demand, level in levels if demand == "E"]
    return min(demanded or [level for _, level in levels], default=None)


def _level(formation: dict[str, Any]) -> int | None:
    label = fold(_text(formation.get("niveauLibelle")) or _text(formation.get("niveau")))
    return next((level for starts, level in _LEVELS if label.startswith(starts)), None)


def _months(found: re.Match[str]) -> int:
    count = int(found[1])
    unit = found[2].lower()
    days = {"jour": 1, "semaine": 7}.get(unit)
    return count * 12 if unit == "an" else count if days is None else max(1, round(count * days / 30)) if count else 0


def _first(label: str, table: tuple[tuple[tuple[str, ...], ContractType], ...]) -> str:
    return next((kind for starts, kind in table if label.startswith(starts)), "") if label else ""


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


_ACCENTS = str.maketrans("éèêëàâîïôùûç", "eeeeaaiiouuc")
