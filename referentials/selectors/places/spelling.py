"""The nearest name to one that no place has."""

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from referentials.enums import HOME_REGION
from referentials.place_names import bare_key, place_key
from referentials.selectors.places.areas import is_shown
from referentials.selectors.places.place import Place
from referentials.selectors.places.tables import PlaceTables

# Shorter names are one slip away from too many others.
SHORTEST = 4
# From so many letters on two slips are forgiven.
LONG = 8
# A village of another region is not what a misspelt name means.
KNOWN = 10_000
_CANDIDATES = 40
# Of 100: less than this is no likeness that a person sees.
_ALIKE = 55
# Towns that people of the region know and that are no slip for a French one.
_ABROAD = frozenset({
    "londres", "london", "geneve", "lausanne", "zurich", "bale", "berne", "turin", "milan", "genes", "rome",
    "vintimille", "san remo", "sanremo", "imperia", "coni", "cuneo", "barcelone", "madrid", "lisbonne", "bruxelles",
    "luxembourg",
    "berlin", "munich", "dublin", "alger", "tunis", "rabat", "casablanca", "dakar", "montreal", "quebec", "geneva",
})  # fmt: skip


def corrected(tables: PlaceTables, name: str) -> Place | None:
    """The place meant by a misspelt name: one slip away (two from eight letters on), then the largest."""
    key = place_key(name)
    if len(key) < SHORTEST or not any(char.isalpha() for char in key) or any(char.isdigit() for char in key):
        return None
    slips = 1 if len(key) < LONG else 2
    if key in _ABROAD:
        return None
    lengths = range(len(key) - slips, len(key) + slips + 1)
    names = [name for length in lengths for name in tables.names_by_length.get(length, ())]
    found = process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=_CANDIDATES)
    near = [(slip, place) for known, slip, _ in found if (place := _known(tables, known))]
    return min(near, key=lambda item: (item[0], -item[1].population), default=(0, None))[1]


def nearest(tables: PlaceTables, name: str, limit: int = 3) -> list[Place]:
    """Places whose names look most like this one, to be proposed for it."""
    key = place_key(name)
    if not key:
        return []
    started = [place for place in tables.starting_with(name, limit) if len(key) > 2]
    found = process.extract(key, tables.names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_CANDIDATES)
    alike = [(score, place) for known, score, _ in found if (place := _known(tables, known))]
    alike.sort(key=lambda item: (-round(item[0], -1), -item[1].population))
    return list(dict.fromkeys([*started, *(place for _, place in alike)]))[:limit]


def _known(tables: PlaceTables, key: str) -> Place | None:
    """The place of this name that somebody may well have meant."""
    area = tables.area(key)
    if area is not None and (area.is_commune or is_shown(area)):
        return area
    places = [*tables.named(key), *(place for place in tables.nearly_named(key) if bare_key(place.key) == key)]
    likely = (place for place in places if place.region == HOME_REGION or place.population >= KNOWN)
    return max(likely, key=lambda place: place.population, default=None)
