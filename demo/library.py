"""The demo's phrases and facts, read from `demo/content/`: all written for Medinjob, none taken from a real offer."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
Phrases = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation as recruiters write it. `pay` is the yearly range in thousands of euros, from a beginner's lowest
    to an expert's highest; `remote` is the most that the work allows; `senior`: never for beginners."""

    code: str
    family: str
    titles: tuple[str, ...]
    skills: tuple[str, ...]
    missions: tuple[str, ...]
    profile: tuple[str, ...]
    pay: tuple[int, int]
    level: int
    remote: str = "full"
    senior: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """What the roles of a family have in common."""

    slug: str
    missions: tuple[str, ...]
    profile: tuple[str, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """A made-up company: `hires` are families, `trains` the number of its trainings, `weight` its share of the jobs."""

    name: str
    commune: str
    size: str
    sectors: tuple[str, ...]
    description: str
    weight: int
    hires: tuple[str, ...] = ()
    commissions: tuple[str, ...] = ()
    mark: str = ""
    state: str = "trusted"
    english: bool = False
    trains: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """A made-up training with a certification or none; `titles` and `providers` go together."""

    titles: tuple[str, ...]
    providers: tuple[str, ...]
    code: str
    label: str
    formacodes: tuple[str, ...]
    hours: int
    price: int
    funding: tuple[str, ...]
    level_in: int
    level_out: int
    occupations: tuple[str, ...]
    skills: tuple[str, ...]
    programme: tuple[str, ...]


@cache
def phrases(name: str) -> Phrases:
    """The tables of `content/<name>.toml`; lists are tuples."""
    return _frozen(tomllib.loads((CONTENT / f"{name}.toml").read_text()))


@cache
def families() -> dict[str, Family]:
    files = sorted((CONTENT / "roles").glob("*.toml"))
    return {file.stem: _family(file.stem, phrases(f"roles/{file.stem}")) for file in files}


@cache
def english_roles() -> tuple[Role, ...]:
    return tuple(Role(**role) for role in phrases("english")["role"])


@cache
def firms() -> tuple[Firm, ...]:
    return tuple(Firm(**firm) for firm in phrases("companies")["company"])


@cache
def courses() -> tuple[Course, ...]:
    return tuple(Course(**course) for course in phrases("trainings")["training"])


def _family(slug: str, table: Phrases) -> Family:
    roles = tuple(Role(family=slug, **role) for role in table["role"])
    return Family(slug, table["missions"], table["profile"], roles)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
