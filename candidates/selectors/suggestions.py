"""What a CV's text suggests for the profile; the candidate confirms each."""

from typing import Any, NamedTuple

from candidates.models import CandidateProfile
from medinjob.lib.text import fold
from referentials.models import Occupation, Skill
from referentials.selectors import SkillIndex
from referentials.selectors.occupations import OccupationIndex

SKILLS_SHOWN = 12
OCCUPATIONS_SHOWN = 3


class Suggestion(NamedTuple):
    """`kind` is "skill" or "occupation", `value` the slug or ROME code."""

    kind: str
    value: str
    label: str


def suggestions(profile: CandidateProfile, text: str) -> list[Suggestion]:
    """Digital occupations, then technologies, named in `text` and neither in the profile nor declined."""
    if not text.strip():
        return []
    return [
        *_new(profile, "occupation", _occupations_in(text), Occupation.objects.filter(digital=True), OCCUPATIONS_SHOWN),
        *_new(profile, "skill", SkillIndex.load().mentioned_in(text), Skill.objects.all(), SKILLS_SHOWN),
    ]


def _new(profile: CandidateProfile, kind: str, found: list[str], known: Any, limit: int) -> list[Suggestion]:
    held = profile.skills if kind == "skill" else profile.occupations
    taken = {str(pk) for pk in held.values_list("pk", flat=True)}
    wanted = [value for value in found if value not in taken and f"{kind}:{value}" not in profile.dismissed]
    labels = dict(known.filter(pk__in=wanted[: limit * 4]).values_list("pk", "label"))
    return [Suggestion(kind, value, labels[value]) for value in wanted if value in labels][:limit]


def _occupations_in(text: str) -> list[str]:
    """ROME codes whose label or appellation stands in the text, the longest names first: they say most."""
    folded = f" {fold(text)} "
    names = OccupationIndex.load().codes
    found = sorted((name for name in names if f" {name} " in folded), key=len, reverse=True)
    return list(dict.fromkeys(names[name] for name in found))
