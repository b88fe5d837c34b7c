from referentials.selectors.places import (
    Place,
    PlaceIndex,
    communes_starting_with,
    find_place,
    forget_places,
    nearest_commune,
)
from referentials.selectors.skills import SkillIndex, find_skills

__all__ = [
    "Place",
    "PlaceIndex",
    "SkillIndex",
    "communes_starting_with",
    "find_place",
    "find_skills",
    "forget_places",
    "nearest_commune",
]
