"""Occupations of ROME as people write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from medinjob.lib.text import fold
from referentials.models import Appellation, Occupation, ReferentialVersion


class OccupationIndex:
    """The occupations by their label and appellations, by both forms of each ("Développeur / Développeuse web")."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self.codes: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.known: set[str] = set()
        for code, label in names:
            self.known.add(code)
            for form in both_forms(label):
                self.codes.setdefault(fold(form), code)
                self.labels.setdefault(fold(form), label)

    @classmethod
    def load(cls) -> "OccupationIndex":
        """Two queries: labels first, so that they win over an appellation of another occupation."""
        active = Occupation.objects.filter(active=True)
        labels: Any = active.order_by("-digital", "code").values_list("code", "label")
        names: Any = (
            Appellation.objects.filter(occupation__active=True)
            .order_by("-occupation__digital", "code")
            .values_list("occupation_id", "label")
        )
        return cls([*labels, *names])

    def match(self, text: str) -> str | None:
        """The ROME code of an occupation, its code or one of its names; None when unknown."""
        code = text.strip().upper()
        return code if code in self.known else self.codes.get(fold(text))

    def near(self, text: str, limit: int = 3) -> list[str]:
        """Names in which every word begins a word, the shortest first; where there is none, those that look alike."""
        words = fold(text).split()
        if not words:
            return []
        holding = (key for key in self.labels if all(any(own.startswith(w) for own in key.split()) for w in words))
        found = sorted(holding, key=len) or get_close_matches(" ".join(words), self.labels, n=limit, cutoff=0.75)
        return list(dict.fromkeys(self.labels[key] for key in found))[:limit]


@dataclass(slots=True)
class _Shared:
    version: int | None = None
    index: OccupationIndex | None = None


_shared = _Shared()


def occupation_index() -> OccupationIndex:
    """The index that a process shares, built anew when other names were loaded: one small query a call."""
    loaded = ReferentialVersion.objects.filter(referential__in=("occupations", "appellations"))
    version = loaded.values_list("pk", flat=True).first()
    if _shared.index is None or _shared.version != version:
        _shared.index, _shared.version = OccupationIndex.load(), version
    return _shared.index


def forget_occupations() -> None:
    """Names were written otherwise than by a load (a test's factory)."""
    _shared.index = None


def both_forms(label: str) -> list[str]:
    """ "Chef / Cheffe de projet web" gives itself, "Chef de projet web" and "Cheffe de projet web"."""
    first, slash, second = label.partition(" / ")
    if not slash:
        return [label]
    rest = second.split()[len(first.split()) :]
    return [label, " ".join([first, *rest]), second]
