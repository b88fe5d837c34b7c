"""Where an offer is: a place of the referential when there is one, coordinates that are in France, the territory."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jobs.enums import Remote
from jobs.imports.parsed import ParsedPlace, RefusalError, RefusalReason
from medinjob.lib.geo import distance_km
from referentials.enums import ABROAD, PlaceLevel
from referentials.selectors import Place, PlaceIndex

# South, north, west, east of the parts of France, in degrees.
_FRANCE = (
    (41.2, 51.2, -5.3, 9.7),  # metropolitan, with Corsica
    (15.8, 16.6, -61.9, -60.9),  # Guadeloupe
    (14.3, 15.0, -61.3, -60.7),  # Martinique
    (2.0, 5.9, -54.7, -51.5),  # Guyane
    (-21.5, -20.8, 55.1, 55.9),  # La Réunion
    (-13.1, -12.5, 44.9, 45.4),  # Mayotte
    (46.7, 47.2, -56.5, -56.1),  # Saint-Pierre-et-Miquelon
)
# Farther from its commune than this, a point is another place's.
_FAR_KM = 60.0
_BETWEEN = re.compile(r"[\s,]+")
_DEPARTMENT = re.compile(r"\d{2,3}|2[AB]|MC")


def read_departments(text: str) -> tuple[list[str], list[str]]:
    """The codes of "13, 83,2a,MC", and those of them that cannot be one."""
    found = [part.upper() for part in _BETWEEN.split(text) if part]
    return found, [part for part in found if not _DEPARTMENT.fullmatch(part)]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as `OfferPlace` keeps it; all empty but the label where nothing is known."""

    label: str = ""
    commune_code: str = ""
    postcode: str = ""
    department: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Locator:
    """Finds places in memory; `departments` is the territory asked for, empty for no limit."""

    def __init__(self, index: PlaceIndex, departments: frozenset[str] = frozenset()) -> None:
        self.index = index
        self.departments = departments
        self._find = lru_cache(maxsize=20_000)(index.find)
        wanted = (index.find(department) for department in departments)
        self._regions = {place.region for place in wanted if place is not None}

    def locate(self, written: ParsedPlace, remote: str) -> Spot:
        """The spot. Raises `RefusalError` when it is not of the territory: a region counts when it holds a département
        asked for; an unknown place, or all of France, only for a job that is fully remote."""
        point = french_point(written.latitude, written.longitude)
        place = self._place(written, point)
        self._refuse_elsewhere(written, place, remote)
        if place is None:
            return Spot(label=written.label, latitude=point[0], longitude=point[1])
        return Spot(
            label=place.name.removesuffix(" Arrondissement"),
            commune_code=place.code if place.is_commune else "",
            postcode=(written.postcode if len(written.postcode) == 5 else place.postcode) if place.is_commune else "",
            department=place.department,
            **self._coordinates(place, point),
        )

    def _place(self, written: ParsedPlace, point: tuple[float | None, float | None]) -> Place | None:
        """By commune code, by postcode and name, by name; by the point alone only when nothing is written."""
        if written.commune_code and (commune := self.index.commune(written.commune_code)):
            return commune
        name = written.label.partition(" - ")[2] or written.label
        by_postcode = self._find(f"{written.postcode} {name}") if written.postcode else None
        found = by_postcode or (self._find(written.label) if written.label else None)
        vague = found is None or found.level in {PlaceLevel.COUNTRY, PlaceLevel.AREA}
        if vague and point[0] is not None and point[1] is not None:
            return self.index.nearest(point[0], point[1]) or found
        return found

    def _refuse_elsewhere(self, written: ParsedPlace, place: Place | None, remote: str) -> None:
        if not self.departments:
            return
        if place is None or place.level == PlaceLevel.COUNTRY:
            if remote != Remote.FULL:
                raise RefusalError(RefusalReason.PLACE_UNKNOWN, written.label)
        elif not self._is_wanted(place):
            raise RefusalError(RefusalReason.OUT_OF_TERRITORY, place.label)

    def _is_wanted(self, place: Place) -> bool:
        """A town abroad is wanted with the French département beside it."""
        department = ABROAD.get(place.department, place.department)
        return not {department, place.department}.isdisjoint(self.departments) or (
            not place.department and place.region in self._regions
        )

    def _coordinates(self, place: Place, point: tuple[float | None, float | None]) -> dict[str, float | None]:
        """The source's point, unless it is another place's; a region or a country has none.

        Either may be wrong, the referential's too: of two that are far from each other, the one nearer to the centre of
        the département is believed.
        """
        if place.level in {PlaceLevel.AREA, PlaceLevel.REGION, PlaceLevel.COUNTRY}:
            return {"latitude": None, "longitude": None}
        own = (place.latitude, place.longitude)
        latitude, longitude = point
        if latitude is None or longitude is None:
            latitude, longitude = own
        elif distance_km(*own, latitude, longitude) > _FAR_KM:
            centre = self.index.area(place.department.lower()) or place
            near = [distance_km(centre.latitude, centre.longitude, *each) for each in (own, (latitude, longitude))]
            latitude, longitude = own if near[0] <= near[1] else (latitude, longitude)
        return {"latitude": latitude, "longitude": longitude}


def french_point(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """(latitude, longitude) if they are in France, as given or swapped; else (None, None)."""
    if latitude is None or longitude is None:
        return None, None
    for point in ((latitude, longitude), (longitude, latitude)):
        if any(south <= point[0] <= north and west <= point[1] <= east for south, north, west, east in _FRANCE):
            return point
    return None, None
