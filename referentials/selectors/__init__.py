from referentials.selectors.places import (
    Place,
    PlaceIndex,
    Reading,
    communes_starting_with,
    find_place,
    forget_places,
    nearest_commune,
    places_starting_with,
    read_places,
    within,
)
from referentials.selectors.skills import SkillIndex, find_skills

__all__ = [
    "Place",
    "PlaceIndex",
    "Reading",
    "SkillIndex",
    "communes_starting_with",
    "find_place",
    "find_skills",
    "forget_places",
    "nearest_commune",
    "places_starting_with",
    "read_places",
    "within",
]
