"""What a text that names a place means.

The rules, in order: a postcode, with the name beside it to choose among its communes; an arrondissement by its number;
a commune by its exact name, our region's first, then the largest; for a name that is only the beginning of one ("Aix"),
our region's communes compete with exact names elsewhere by population, so that "Aix" is not the hamlet. A département
wins over a small commune of the same name. A département beside the name ("13 - …", "… (13)", a CEDEX postcode) limits
the choice, and is the answer when nothing in it fits.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from referentials.enums import HOME_REGION
from referentials.place_names import WrittenPlace, department_of, read_place
from referentials.selectors.places.place import Place

if TYPE_CHECKING:
    from referentials.selectors.places.index import PlaceIndex

# Where people say they work, without there being a commune of that name.
_NICKNAMES = {
    "sophia antipolis": "06152",
    "sophia": "06152",
    "aix marseille": "13055",
    "marseille aix": "13055",
    "aix en pce": "13001",
    "les milles": "13001",
    "luynes aix": "13001",
    "plan de campagne": "13071",
    "chateau gombert": "13213",
    "la joliette": "13202",
    "la valentine": "13211",
    "la defense": "92062",
    "paris la defense": "92062",
    "montfavet": "84007",
}
# A commune with more people is meant before a département of the same name (Vienne, Paris).
_LARGE = 10_000
_SEPARATORS = re.compile(r"[,/;|]|\s[-–](?=\s)")


def find(index: "PlaceIndex", text: str) -> Place | None:
    """The place that `text` means, or None. An INSEE code is understood where no postcode is written the same."""
    if not text.strip() or len(text) > 200:
        return None
    return _read(index, read_place(text)) or _in_parts(index, text)


def _in_parts(index: "PlaceIndex", text: str) -> Place | None:
    """ "Marseille, Bouches-du-Rhône, France": the first part that means something, the most precise being first."""
    parts = [part for part in map(str.strip, _SEPARATORS.split(text)) if part]
    found = (_read(index, read_place(part)) for part in parts) if len(parts) > 1 else ()
    return next((place for place in found if place), None)


def _read(index: "PlaceIndex", written: WrittenPlace) -> Place | None:
    if written.postcode and (served := index.postcode(written.postcode)):
        return _among(served, written) or served[0]
    if written.postcode and not written.name:
        return index.commune(written.postcode) or index.area(department_of(written.postcode).lower())
    department = written.department or (department_of(written.postcode) if written.postcode else "")
    if not written.name:
        return index.area(department.lower())
    return _named(index, written, department) or (index.area(department.lower()) if department else None)


def _among(served: list[Place], written: WrittenPlace) -> Place | None:
    """The commune that the name chooses among those of a postcode."""
    if written.district:
        return next((place for place in served if place.parent), None)
    return max(served, key=lambda place: _likeness(place, written.name), default=None) if written.name else None


def _likeness(place: Place, key: str) -> tuple[int, int]:
    """Higher, the nearer the name is: equal, or one the beginning of the other."""
    own = read_place(place.name).name
    if own == key:
        return 2, 0
    return (1, len(own)) if f"{own} ".startswith(f"{key} ") or f"{key} ".startswith(f"{own} ") else (0, 0)


def _named(index: "PlaceIndex", written: WrittenPlace, department: str) -> Place | None:
    if written.district and (district := _district(index, written)):
        return district
    nicknamed = index.commune(_NICKNAMES.get(written.name, ""))
    if nicknamed and department in ("", nicknamed.department):
        return nicknamed
    exact = _within(index.named(written.name), department)
    area = index.area(written.name)
    if area and department in ("", area.code) and not any(place.population >= _LARGE for place in exact):
        return area
    return _best(exact, _within(index.nearly_named(written.name), department), inside=bool(department))


def _district(index: "PlaceIndex", written: WrittenPlace) -> Place | None:
    """The arrondissement of Paris, Lyon or Marseille with this number."""
    ending = f" {written.district}e" if written.district > 1 else " 1er"
    found = index.nearly_named(written.name)
    return next((place for place in found if place.parent and place.short_name.endswith(ending)), None)


def _within(places: Iterable[Place], department: str) -> list[Place]:
    return [place for place in places if department in ("", place.department)]


def _best(exact: list[Place], longer: list[Place], *, inside: bool) -> Place | None:
    """`inside` a département, an exact name is enough; in all of France, see the rules above."""
    home = [place for place in exact if inside or place.region == HOME_REGION]
    near = [place for place in longer if inside or place.region == HOME_REGION]
    candidates = home or [*exact, *near] or longer
    return max(candidates, key=lambda place: (place.population, place.code), default=None)
