from referentials.selectors.places.index import PlaceIndex
from referentials.selectors.places.place import Place
from referentials.selectors.places.reading import Reading
from referentials.selectors.places.shared import (
    communes_starting_with,
    find_place,
    forget_places,
    nearest_commune,
    place_index,
    places_starting_with,
    read_places,
)
from referentials.selectors.places.within import within

__all__ = [
    "Place",
    "PlaceIndex",
    "Reading",
    "communes_starting_with",
    "find_place",
    "forget_places",
    "nearest_commune",
    "place_index",
    "places_starting_with",
    "read_places",
    "within",
]
