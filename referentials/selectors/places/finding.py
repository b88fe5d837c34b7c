"""What a text that names one place means.

The rules, in order: a postcode, with the name beside it to choose among its communes, where an exact name elsewhere in
the département beats a postcode that is not its own; an arrondissement by its number; a commune by its exact name, our
region's first unless one elsewhere is far larger, then the largest; the name of a commune that merged into another; for
a name that is only the beginning of one ("Aix", "Évry"), our region's communes, or the large ones elsewhere, compete
with exact names by population, so that "Aix" is not the hamlet. A département, or an area of our own list, wins over a
small commune of the same name. A département beside the name ("13 - …", "… (13)", "…, Bouches-du-Rhône", a CEDEX
postcode) limits the choice, and is the answer when nothing in it fits, unless the number counts something or is a
street's.
"""

import re
from collections.abc import Iterable

from referentials.enums import HOME_REGION, PlaceLevel
from referentials.place_names import WrittenPlace, department_of, is_address, read_place
from referentials.selectors.places.place import Place
from referentials.selectors.places.tables import PlaceTables

LONGEST = 200
# A commune with more people is meant before a département of the same name (Vienne, Paris).
_LARGE = 10_000
# A town of so many people, so many times larger than the one of our region or of the exact name, is meant before it.
_TOWN = 20_000
_FAR_LARGER = 10
_SEPARATORS = re.compile(r"[,;|()]|(?<!\b[sS])/|\s[-–](?=\s)")
_ARTICLES = frozenset({"de", "d", "du", "des", "la", "le", "les", "l", "a", "au", "aux"})
_LONGEST_NAME = 8


def find(tables: PlaceTables, text: str) -> Place | None:
    """The place that `text` means, or None. An INSEE code is understood where no postcode is written the same."""
    if not text.strip() or len(text) > LONGEST:
        return None
    return find_whole(tables, text) or _in_parts(tables, text)


def find_whole(tables: PlaceTables, text: str) -> Place | None:
    """The same for a text that is one name with its numbers, not several parts."""
    return _read(tables, read_place(text))


def parts_of(text: str) -> list[str]:
    return [part for part in map(str.strip, _SEPARATORS.split(text)) if part]


def _in_parts(tables: PlaceTables, text: str) -> Place | None:
    """ "Marseille, Bouches-du-Rhône, France": the first part that means something, the most precise being first; the
    area said after it chooses among places of one name."""
    parts = parts_of(text)
    if len(parts) < 2:
        return None
    for rank, part in enumerate(parts):
        if place := find_whole(tables, part):
            return inside(tables, part, place, parts[rank + 1 : rank + 2])
    return None


def inside(tables: PlaceTables, text: str, place: Place, after: Iterable[str]) -> Place:
    """Of the places named by `text`, the one in the area that is written `after` it."""
    area = next((found for part in after if (found := tables.area(read_place(part).name))), None)
    if area is None or not place.is_commune or area.level == PlaceLevel.COUNTRY or is_inside(place, area):
        return place
    key = read_place(text).name
    return next((other for other in homonyms(tables, key) if is_inside(other, area)), place)


def is_inside(place: Place, area: Place) -> bool:
    """Is all of `place` in `area`? Nothing is inside a commune but its arrondissements."""
    if area.level == PlaceLevel.COUNTRY:
        return place.level != PlaceLevel.COUNTRY
    if area.level == PlaceLevel.REGION:
        return place.region == area.code and place.code != area.code
    if area.level == PlaceLevel.DEPARTMENT:
        return place.department == area.code and place.level != PlaceLevel.DEPARTMENT
    if area.level == PlaceLevel.AREA:
        return place.is_commune and not {place.code, place.parent, place.department}.isdisjoint(area.members)
    return place.parent == area.code


def homonyms(tables: PlaceTables, key: str) -> list[Place]:
    """All communes that a name may mean, the largest first: of this name now or once, or whose name goes on after it.
    Arrondissements are no places of another name than their city's."""
    found = dict.fromkeys([*tables.named(key), *tables.former(key), *tables.nearly_named(key)])
    return sorted((place for place in found if not place.parent), key=lambda place: -place.population)


def _read(tables: PlaceTables, written: WrittenPlace) -> Place | None:
    if written.postcode:
        return _with_postcode(tables, written)
    if not written.name:
        return tables.area(written.department.lower())
    if found := _named(tables, written, written.department):
        return found
    if is_address(written.name):
        return _after_a_street(tables, written.name)
    return tables.area(written.department.lower()) if written.department else None


def _with_postcode(tables: PlaceTables, written: WrittenPlace) -> Place | None:
    served = tables.postcode(written.postcode)
    department = department_of(written.postcode)
    if not written.name:
        return served[0] if served else tables.commune(written.postcode) or tables.area(department.lower())
    chosen = _among(served, written)
    if chosen and (written.district or _likeness(chosen, written.name) > (0, 0)):
        return chosen
    named = None if is_address(written.name) else _named(tables, written, department)
    if named and (not served or _is_exactly(tables, named, written.name)):
        return named
    return chosen or (served[0] if served else _elsewhere(tables, written) or tables.area(department.lower()))


def _is_exactly(tables: PlaceTables, place: Place, key: str) -> bool:
    return place.key == key or place == tables.area(key) or place in tables.former(key)


def _elsewhere(tables: PlaceTables, written: WrittenPlace) -> Place | None:
    """The only commune of this name, for a postcode that belongs to none: a typing error in the number."""
    named = tables.named(written.name)
    return named[0] if len(named) == 1 and not tables.area(department_of(written.postcode).lower()) else None


def _among(served: list[Place], written: WrittenPlace) -> Place | None:
    """The commune that the name chooses among those of a postcode."""
    if written.district:
        return next((place for place in served if place.parent), None)
    return max(served, key=lambda place: _likeness(place, written.name), default=None)


def _likeness(place: Place, key: str) -> tuple[int, int]:
    """Higher, the nearer the name is: equal, or one the beginning of the other."""
    own = read_place(place.name).name
    if own == key:
        return 2, 0
    return (1, len(own)) if f"{own} ".startswith(f"{key} ") or f"{key} ".startswith(f"{own} ") else (0, 0)


def _named(tables: PlaceTables, written: WrittenPlace, department: str) -> Place | None:
    if written.district and (district := _district(tables, written)):
        return district
    exact = _within(tables.named(written.name), department)
    area = tables.area(written.name)
    if area and _may_be_in(area, department) and not any(place.population >= _LARGE for place in exact):
        return area
    if not exact:
        exact = _within(tables.former(written.name), department)
    return _best(exact, _within(tables.nearly_named(written.name), department), inside=bool(department))


def _may_be_in(area: Place, department: str) -> bool:
    return department in ("", area.department) or (area.level == PlaceLevel.AREA and not area.department)


def _district(tables: PlaceTables, written: WrittenPlace) -> Place | None:
    """The arrondissement of Paris, Lyon or Marseille with this number."""
    ending = f" {written.district}e" if written.district > 1 else " 1er"
    found = tables.nearly_named(written.name)
    return next((place for place in found if place.parent and place.short_name.endswith(ending)), None)


def _within(places: list[Place], department: str) -> list[Place]:
    return [place for place in places if place.department == department] if department else places


def _best(exact: list[Place], longer: list[Place], *, inside: bool) -> Place | None:
    """`inside` a département, an exact name is enough; in all of France, see the rules above."""
    if not exact and not longer:
        return None
    if inside:
        return _largest(exact or longer)
    home = _largest([place for place in exact if place.region == HOME_REGION])
    if home is not None:
        other = _largest(exact)
        return other if _is_meant_before(other, home) else home
    near = [place for place in longer if place.region == HOME_REGION]
    if not exact:
        return _largest(near or longer)
    named = _largest(exact)
    towns = [] if near else [place for place in longer if _is_meant_before(place, named)]
    return _largest([*exact, *near, *towns])


def _largest(places: list[Place]) -> Place | None:
    return max(places, key=lambda place: (place.population, place.code), default=None)


def _is_meant_before(other: Place | None, place: Place | None) -> bool:
    if other is None or place is None:
        return False
    return other.population >= _TOWN and other.population > _FAR_LARGER * place.population


def _after_a_street(tables: PlaceTables, name: str) -> Place | None:
    """The commune at the end of an address: "rue de la republique marseille". What follows an article is the street's
    own name: "rue de rome" is in no commune that we know."""
    words = name.split()
    for start in range(max(1, len(words) - _LONGEST_NAME), len(words)):
        if words[start - 1] not in _ARTICLES and (found := tables.named(" ".join(words[start:]))):
            return _best(found, [], inside=False)
    return None
