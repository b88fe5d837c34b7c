"""Offers and searches to measure with: the same ones for every engine, from a fixed seed.

The words are those of the real offers in `../shared/data` when it is beside the checkout, of the demo otherwise: titles
and sentences are drawn by occupation, so that common words are common and rare ones rare.
"""

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from jobs.models import Offer
from referentials.models import Commune, Sector

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
REAL = ("offers_ft_data_it_2024_2025_public.jsonl.gz", "offers_ft_digital_2026_public.jsonl")
SEED = 20261122
# Shares in percent; the keys are values of `jobs.enums`.
CONTRACTS = {"cdi": 55, "cdd": 14, "apprentissage": 10, "stage": 8, "interim": 6, "freelance": 7}
REMOTES = {"none": 45, "partial": 45, "full": 10}
EXPERIENCES = {"0": 25, "1": 30, "3": 25, "5": 20}
PAYS = (24_000, 28_000, 32_000, 36_000, 40_000, 45_000, 50_000, 58_000, 70_000)
RADII = (20, 30, 50, 100)


@dataclass(frozen=True, slots=True)
class Row:
    """One offer, flat: what each engine is given."""

    id: int
    title: str
    text: str
    company: str
    occupation: str
    contract: str
    remote: str
    experience: str
    level: int
    sector: str
    commune: str
    label: str
    department: str
    latitude: float
    longitude: float
    pay: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One search: words, and the constraints that the result page can ask; `point` is the commune's (lat, lon)."""

    words: tuple[str, ...]
    contract: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    commune: str = ""
    point: tuple[float, float] | None = None
    radius: int = 0
    pay: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    titles: dict[str, list[str]]
    sentences: dict[str, list[str]]
    source: str

    @property
    def occupations(self) -> list[str]:
        return sorted(self.titles)


def vocabulary() -> Vocabulary:
    """Titles and sentences by ROME code, from the real offers or from the demo's in the database."""
    real = (SHARED / REAL[0]).exists()
    titles: dict[str, list[str]] = defaultdict(list)
    sentences: dict[str, list[str]] = defaultdict(list)
    for code, title, text in _real() if real else _demo():
        titles[code].append(title)
        sentences[code] += [s for s in re.split(r"(?<=[.!?:])\s+|\n+", text) if 20 <= len(s) <= 260]
    usable = [code for code in titles if len(sentences[code]) >= 40]
    return Vocabulary({c: titles[c] for c in usable}, {c: sentences[c] for c in usable}, "real" if real else "demo")


def rows(count: int, words: Vocabulary) -> Iterator[Row]:
    """`count` offers with ids from 1."""
    rng = random.Random(SEED)
    communes = list(Commune.objects.filter(active=True).order_by("-population")[:3000])
    weights = [commune.population + 500 for commune in communes]
    sectors = sorted(Sector.objects.values_list("slug", flat=True))
    frequency = [len(words.titles[code]) for code in words.occupations]
    companies = [f"{a} {b}" for a in _FIRST for b in _LAST]
    now = timezone.now()
    for number in range(1, count + 1):
        code = rng.choices(words.occupations, frequency)[0]
        commune = rng.choices(communes, weights)[0]
        yield Row(
            id=number,
            title=rng.choice(words.titles[code])[:180],
            text="\n\n".join(rng.choices(words.sentences[code], k=rng.randint(10, 18))),
            company=rng.choice(companies),
            occupation=code,
            contract=_draw(rng, CONTRACTS),
            remote=_draw(rng, REMOTES),
            experience=_draw(rng, EXPERIENCES),
            level=rng.choice((4, 5, 6, 7)),
            sector=rng.choice(sectors),
            commune=commune.code,
            label=commune.name,
            department=commune.department,
            latitude=commune.latitude,
            longitude=commune.longitude,
            pay=rng.choice(PAYS),
            published_at=now - timedelta(minutes=rng.randint(0, 59 * 1440)),
        )


def questions(count: int, words: Vocabulary) -> list[Question]:
    """Searches of one to three words that the titles have, most with one to three constraints."""
    rng = random.Random(SEED + 1)
    tokens = Counter(w for titles in words.titles.values() for t in titles for w in set(_words(t)))
    common = [w for w, n in tokens.items() if n >= 5]
    pairs = [
        p for titles in words.titles.values() for t in titles if len(p := [w for w in _words(t) if w in common]) > 1
    ]
    towns = list(Commune.objects.filter(active=True).order_by("-population", "code")[:60])
    found = []
    for _ in range(count):
        size = rng.choices((1, 2, 3), (35, 50, 15))[0]
        title = rng.choice(pairs)
        chosen = tuple(rng.sample(title, min(size, len(title)))) if size > 1 else (rng.choice(common),)
        found.append(_constrained(rng, chosen, towns))
    return found


def _constrained(rng: random.Random, words: tuple[str, ...], towns: list[Commune]) -> Question:
    town = rng.choice(towns) if rng.random() < 0.4 else None
    return Question(
        words=words,
        contract=tuple(rng.sample(list(CONTRACTS), rng.randint(1, 3))) if rng.random() < 0.5 else (),
        remote=(rng.choice(list(REMOTES)),) if rng.random() < 0.2 else (),
        commune=town.code if town else "",
        point=(town.latitude, town.longitude) if town else None,
        radius=rng.choice(RADII) if town else 0,
        pay=rng.choice((30_000, 35_000, 45_000)) if rng.random() < 0.3 else None,
        since=rng.choice((7, 14, 30)) if rng.random() < 0.4 else None,
    )


def _words(title: str) -> list[str]:
    kept = re.findall(r"[a-zà-ÿ]{4,}", title.lower())
    return [w for w in kept if w not in {"avec", "dans", "pour", "chez", "sans", "euros"}]


def _real() -> Iterator[tuple[str, str, str]]:
    for name in REAL:
        opened = gzip.open if name.endswith("gz") else open
        with opened(SHARED / name, "rt", encoding="utf-8") as file:
            for line in file:
                offer = json.loads(line)
                if offer["_digital"] and offer.get("intitule"):
                    yield offer["romeCode"], offer["intitule"], offer["description"]


def _demo() -> Iterator[tuple[str, str, str]]:
    for offer in Offer.objects.prefetch_related("occupations").filter(kind="job"):
        for occupation in offer.occupations.all():
            yield occupation.code, offer.title, offer.text


def _draw(rng: random.Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


_FIRST = ("Atelier", "Calanque", "Garlaban", "Mistral", "Estérel", "Lérins", "Luberon", "Camargue", "Verdon", "Ventoux")
_LAST = ("Conseil", "Systèmes", "Numérique", "Data", "Logiciels", "Télécom", "Sécurité", "Industrie", "Santé", "Labs")
