"""Composes the texts of offers from phrases, in Markdown. Same random generator, same text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from demo.library import Course, Firm, Phrases, Role, families, phrases

FICTITIOUS = {
    "fr": "*Offre fictive, écrite pour la démonstration de Medinjob.*",
    "en": "*Fictitious offer, written for the demonstration of Medinjob.*",
}
_BEFORE_HIGH_SIGNS = re.compile(r" (?=[:;?!»%€])")


def french_spaces(text: str) -> str:
    """No-break spaces where French typography wants them."""
    return _BEFORE_HIGH_SIGNS.sub("\u00a0", text).replace("« ", "«\u00a0")


def some(rng: Random, items: Sequence[str], low: int, high: int) -> list[str]:
    """Between `low` and `high` of the items, all of them at most, in a random order."""
    return rng.sample(items, min(len(items), rng.randint(low, high)))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a job's text says besides the work itself; `months` is 0 where there is no end."""

    place: str
    remote: str
    contract: str
    months: int


def job_text(rng: Random, role: Role, firm: Firm, terms: Terms) -> str:
    """A job's description: an introduction, then sections whose headings, order and length vary."""
    common = phrases("common")
    family = families()[role.family]
    blocks = [
        _introduction(rng, common, firm, terms.place),
        _section(rng, common, "missions", [*some(rng, role.missions, 3, 5), *some(rng, family.missions, 1, 2)]),
        _section(rng, common, "profile", [*some(rng, role.profile, 2, 3), *_asked(rng, common, family.profile)]),
    ]
    stack = f"### {rng.choice(common['headings']['stack'])}\n\n{', '.join(some(rng, role.skills, 3, 8))}."
    blocks.insert(rng.choice((1, 2, 3)), stack)
    offered = [*_contract_lines(rng, common, terms), rng.choice(common[f"remote_{terms.remote}"])]
    if terms.contract != "freelance":
        offered += some(rng, common["benefits"], 2, 5)
    blocks.append(_section(rng, common, "benefits", offered))
    blocks.append(f"### {rng.choice(common['headings']['process'])}\n\n{rng.choice(common['process'])}")
    return french_spaces("\n\n".join([*blocks, FICTITIOUS["fr"]]))


def english_text(rng: Random, role: Role, firm: Firm, *, place: str, remote: str) -> str:
    words = phrases("english")
    opening = rng.choice(words["openings"]).format(company=firm.name, place=place, team=rng.randint(4, 30))
    stack = f"### {rng.choice(words['headings']['stack'])}\n\n{', '.join(some(rng, role.skills, 4, 8))}."
    offered = [*([words["remote"]] if remote == "partial" else []), *some(rng, words["benefits"], 3, 4)]
    blocks = [
        opening,
        _section(rng, words, "missions", some(rng, role.missions, 4, 5)),
        _section(rng, words, "profile", [*some(rng, role.profile, 2, 3), *some(rng, words["soft"], 1, 2)]),
        stack,
        _section(rng, words, "benefits", offered),
        f"### {words['headings']['process'][0]}\n\n{rng.choice(words['process'])}",
        FICTITIOUS["en"],
    ]
    return "\n\n".join(blocks)


def training_text(rng: Random, course: Course, *, place: str) -> str:
    said = phrases("trainings")["phrases"]
    programme = "\n".join(f"- {step}" for step in course.programme)
    access = [*said["access"], *([] if course.level_in else [said["open_to_all"]])]
    parts = [
        f"Formation de {course.hours} heures à {place}. {rng.choice(said['modality'])}",
        f"### Programme\n\n{programme}",
        f"### Vous saurez utiliser\n\n{', '.join(course.skills)}.",
        f"### Comment s'inscrire\n\n{rng.choice(access)} {rng.choice(said['support'])}",
        f"### Et après ?\n\n{rng.choice(said['after'])}",
    ]
    return french_spaces("\n\n".join([*parts, FICTITIOUS["fr"]]))


def company_text(firm: Firm) -> str:
    return french_spaces(f"{firm.description}\n\nEntreprise fictive, créée pour la démonstration de Medinjob.")


def _introduction(rng: Random, common: Phrases, firm: Firm, place: str) -> str:
    """Half of the time the company presents itself first."""
    opening = rng.choice(common["openings"]).format(company=firm.name, place=place, team=rng.randint(3, 24))
    about = [firm.description] if rng.random() < 0.5 else []
    return "\n\n".join([*about, f"{opening} {rng.choice(common['contexts'])}"])


def _asked(rng: Random, common: Phrases, profile: Sequence[str]) -> list[str]:
    return [*some(rng, profile, 1, 2), *some(rng, common["soft"], 0, 2)]


def _section(rng: Random, words: Phrases, name: str, lines: Sequence[str]) -> str:
    """A heading and a list, or now and then a paragraph."""
    heading = f"### {rng.choice(words['headings'][name])}"
    if rng.random() < 0.12:
        return f"{heading}\n\n{'. '.join(lines)}."
    return heading + "\n\n" + "\n".join(f"- {line}" for line in lines)


def _contract_lines(rng: Random, common: Phrases, terms: Terms) -> list[str]:
    lines = common["contracts"].get(terms.contract, ())
    return [rng.choice(lines).format(months=terms.months)] if lines else []
