"""All communes of France in memory, found by code, postcode, name or nearness.

35 000 communes take about 0.7 s to read and 20 MB to hold; a lookup then takes microseconds and no query, so that an
import of thousands of offers and a search page use the same rules.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import cached_property
from math import cos, floor, radians

from medinjob.lib.geo import KM_PER_DEGREE, distance_km
from referentials.place_names import bare_key, place_key
from referentials.selectors.places.areas import areas, is_shown
from referentials.selectors.places.files import former_communes, named_areas
from referentials.selectors.places.place import Place

_CELLS_PER_DEGREE = 10
_USUAL_KM = 4.0


class PlaceTables:
    """Places by code, postcode, exact name, beginning of a name, and nearness: what `finding` decides with."""

    def __init__(self, communes: Iterable[Place], unlocated: Container[str] = ()) -> None:
        """`unlocated`: the codes of communes whose coordinates are only their département's."""
        self._communes = {commune.code: commune for commune in communes}
        self._by_postcode: dict[str, list[Place]] = defaultdict(list)
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        self._by_bare_key: dict[str, list[Place]] = defaultdict(list)
        self._cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for commune in sorted(self._communes.values(), key=lambda place: (not place.parent, -place.population)):
            self._add(commune, located=commune.code not in unlocated)
        self._keys = sorted(self._by_key)
        self._postcodes = sorted(self._by_postcode)
        self._areas = areas(self._communes, named_areas())
        self._former: dict[str, list[Place]] = defaultdict(list)
        self._of_today: dict[str, Place] = {}
        for key, code, current in former_communes():
            if place := self._communes.get(current):
                self._remember_former(key, code, place)

    @cached_property
    def names(self) -> list[str]:
        """All keys of communes and areas, with and without their article, for spelling; not their numbers."""
        return sorted(
            key for key in {*self._by_key, *self._by_bare_key, *self._areas} if not any(map(str.isdigit, key))
        )

    @cached_property
    def names_by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for name in self.names:
            found[len(name)].append(name)
        return found

    def commune(self, code: str) -> Place | None:
        """The commune or arrondissement with this INSEE code, or the one that took over the commune which had it."""
        code = code.strip().upper()
        return self._communes.get(code) or self._of_today.get(code)

    def postcode(self, code: str) -> list[Place]:
        """The communes that a postcode serves: arrondissements first, then the largest."""
        return [place._replace(postcode=code) for place in self._by_postcode.get(code, [])]

    def named(self, key: str) -> list[Place]:
        """Those whose name is exactly this key, the largest first."""
        return self._by_key.get(key, [])

    def nearly_named(self, key: str) -> list[Place]:
        """Those whose name is this key but for the leading article, or goes on after it with another word."""
        return [*self._by_bare_key.get(bare_key(key), []), *self._with_prefix(f"{key} ")]

    def former(self, key: str) -> list[Place]:
        """The communes of today that took over one of this name."""
        return self._former.get(key, [])

    def area(self, key: str) -> Place | None:
        """The département, region, country, area or quarter with this name, number ("13") or short name ("paca")."""
        return self._areas.get(key) or self._areas.get(bare_key(key))

    def nearest(self, latitude: float, longitude: float, max_km: float = 30.0) -> Place | None:
        """The commune whose centre is the nearest within `max_km`, or None."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        # Nearly everywhere a commune is within a few kilometres: the small circle spares the large one.
        for radius in sorted({min(_USUAL_KM, max_km), max_km}):
            distances = [
                (distance_km(latitude, longitude, place.latitude, place.longitude), -place.population, place.code)
                for place in self._around(latitude, longitude, radius)
            ]
            if distances and (found := min(distances))[0] <= radius:
                return self._communes[found[2]]
        return None

    def starting_with(self, prefix: str, limit: int = 10) -> list[Place]:
        """Communes whose name or postcode begins so, the largest first: for suggestions while somebody types."""
        written = prefix.strip()
        if not written:
            return []
        found = self._with_postcode_prefix(written) if written.isdigit() else self._with_prefix(place_key(written))
        return sorted(found, key=lambda place: (-place.population, place.name))[:limit]

    def _remember_former(self, key: str, code: str, place: Place) -> None:
        if key and place not in self._former[key]:
            self._former[key].append(place)
        if code and code not in self._communes:
            self._of_today[code] = place

    def _add(self, commune: Place, *, located: bool) -> None:
        key = commune.key
        self._by_key[key].append(commune)
        self._by_bare_key[bare_key(key)].append(commune)
        for postcode in commune.postcodes:
            self._by_postcode[postcode].append(commune)
        if located:
            self._cells[_cell(commune.latitude, commune.longitude)].append(commune)

    def suggested(self, prefix: str, limit: int = 10) -> list[Place]:
        """The same with départements, regions and areas, which are told by any of their names."""
        written = prefix.strip()
        key = place_key(written)
        if not key:
            return []
        named = self._area_names
        start = bisect_left(named, key)
        found: dict[Place, None] = {}
        for name in named[start:]:
            if not name.startswith(key):
                break
            found.setdefault(self._areas[name])
        places = [*found, *self.starting_with(written, limit)]
        return sorted(dict.fromkeys(places), key=lambda place: (-place.population, place.name))[:limit]

    @cached_property
    def _area_names(self) -> list[str]:
        return sorted(key for key, area in self._areas.items() if is_shown(area) or area.is_commune)

    def _with_prefix(self, prefix: str) -> list[Place]:
        found: list[Place] = []
        for position in range(bisect_left(self._keys, prefix), len(self._keys)):
            if not self._keys[position].startswith(prefix):
                break
            found += self._by_key[self._keys[position]]
        return found

    def _with_postcode_prefix(self, digits: str) -> list[Place]:
        found: dict[str, Place] = {}
        for position in range(bisect_left(self._postcodes, digits), len(self._postcodes)):
            postcode = self._postcodes[position]
            if not postcode.startswith(digits):
                break
            for place in self._by_postcode[postcode]:
                found.setdefault(place.code, place._replace(postcode=postcode))
        return list(found.values())

    def _around(self, latitude: float, longitude: float, max_km: float) -> Iterable[Place]:
        """The communes of the grid cells that a circle of `max_km` touches."""
        tall = max_km / KM_PER_DEGREE
        wide = tall / max(0.05, cos(radians(latitude)))
        south, west = _cell(latitude - tall, longitude - wide)
        north, east = _cell(latitude + tall, longitude + wide)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                yield from self._cells.get((row, column), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude * _CELLS_PER_DEGREE), floor(longitude * _CELLS_PER_DEGREE)
