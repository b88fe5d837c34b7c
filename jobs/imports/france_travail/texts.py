"""The offer's text: its description, then what the API keeps in fields of their own, as sections of one Markdown."""

import re
from typing import Any

from medinjob.lib.text import hide_contacts, single_line, to_markdown

LONGEST = 30_000
_FULL_TIME = re.compile(r"temps (plein|partiel)", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})\s*h(?:eures)?\s*(\d{2})?(?:/semaine)?\b", re.IGNORECASE)
# Skills split on their commas by whoever saved the file: "exploiter", "structurer des données".
_FRAGMENT = re.compile(r"^[a-zà-ÿ]")
# Hours that `working_time` says already, or the API's "other".
_NO_CONDITION = re.compile(r"^(?:temps \w+ - )?(?:\d{1,2}\s*H\s*\d{0,2})?\s*(?:autre)?$", re.IGNORECASE)
_NO_INFORMATION = re.compile(r"^\W*$|^(?:n/?c|n/?a|non|autres?|\d[\d.,]*)\W*$", re.IGNORECASE)


def offer_text(row: dict[str, Any]) -> str:
    """Markdown without contacts, cut at a line when it is longer than an offer may be."""
    sections = [
        to_markdown(text(row.get("description"))),
        _section("Profil", [*_formations(row), *_labels(row, "langues", "Langue"), *_labels(row, "permis", "Permis")]),
        _section("Qualités", [label for label, _ in _demands(row, "qualitesProfessionnelles")]),
        _section("Conditions", _conditions(row)),
        _employer(row),
    ]
    whole = hide_contacts("\n\n".join(section for section in sections if section))
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rsplit("\n", 1)[0] + "\n…"


def working_time(row: dict[str, Any]) -> str:
    """ "Temps plein (35 h)" out of "35H\\nTravail en journée" and "Temps plein", as far as they go."""
    label = single_line(text(row.get("dureeTravailLibelle")))
    share = _FULL_TIME.search(f"{text(row.get('dureeTravailLibelleConverti'))} {label}")
    hours = _HOURS.search(label)
    duration = f"{hours[1]} h {hours[2] or ''}".strip().removesuffix(" 00") if hours else ""
    if not share:
        return duration
    return f"{share[0].capitalize()} ({duration})" if duration else share[0].capitalize()


def pay_text(pay: dict[str, Any]) -> str:
    """What is said of the pay besides the figures."""
    lists = items(pay, "listeComplements")
    said = [
        pay.get("commentaire"),
        pay.get("complement1"),
        pay.get("complement2"),
        *(each.get("libelle") for each in lists),
    ]
    lines = [hide_contacts(single_line(text(each))) for each in said]
    return single_line(", ".join(dict.fromkeys(line for line in lines if not _NO_INFORMATION.match(line))), 300)


def skill_labels(row: dict[str, Any]) -> tuple[str, ...]:
    """The names of the skills asked for, each once."""
    labels = [single_line(label, 160) for label, _ in _demands(row, "competences")]
    tools = row.get("outilsBureautiques")
    labels += (
        [single_line(text(tool), 160) for tool in tools if isinstance(tool, str)] if isinstance(tools, list) else []
    )
    return tuple(
        dict.fromkeys(label for label in labels if label and not (_FRAGMENT.match(label) and " " not in label))
    )


def items(holder: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a list field, nothing of what is no object."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _section(title: str, lines: list[str]) -> str:
    kept = [single_line(line, 300) for line in lines if line.strip()]
    return f"### {title}\n\n" + "\n".join(f"- {line}" for line in dict.fromkeys(kept)) if kept else ""


def _demands(row: dict[str, Any], name: str) -> list[tuple[str, str]]:
    """(label, "exigé", "souhaité" or "")."""
    found = items(row, name)
    return [
        (text(each.get("libelle")), {"E": "exigé", "S": "souhaité"}.get(text(each.get("exigence")), ""))
        for each in found
    ]


def _labels(row: dict[str, Any], name: str, singular: str) -> list[str]:
    return [
        f"{singular} : {label}" + (f" ({demand})" if demand else "") for label, demand in _demands(row, name) if label
    ]


def _formations(row: dict[str, Any]) -> list[str]:
    lines = []
    for each in items(row, "formations"):
        parts = [text(each.get(name)).strip() for name in ("niveauLibelle", "domaineLibelle", "commentaire")]
        what = ", ".join(dict.fromkeys(part for part in parts if part))
        if what:
            lines.append(f"Formation : {what}" + (" (exigée)" if each.get("exigence") == "E" else ""))
    return lines


def _conditions(row: dict[str, Any]) -> list[str]:
    context = row.get("contexteTravail")
    context = context if isinstance(context, dict) else {}
    listed = [each for name in ("horaires", "conditionsExercice") for each in _strings(context.get(name))]
    travel = text(row.get("deplacementLibelle"))
    named = [text(row.get("conditionExercice")), text(row.get("complementExercice"))]
    known = [*listed, f"Déplacements : {travel}" if travel else "", *named]
    return [line for line in known if not _NO_CONDITION.match(line)]


def _strings(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _employer(row: dict[str, Any]) -> str:
    employer = row.get("entreprise")
    told = to_markdown(text(employer.get("description"))) if isinstance(employer, dict) else ""
    return f"### L'entreprise\n\n{told}" if told else ""
