from referentials.selectors.places.index import Place, PlaceIndex
from referentials.selectors.places.shared import (
    communes_starting_with,
    find_place,
    forget_places,
    nearest_commune,
    place_index,
)

__all__ = [
    "Place",
    "PlaceIndex",
    "communes_starting_with",
    "find_place",
    "forget_places",
    "nearest_commune",
    "place_index",
]
