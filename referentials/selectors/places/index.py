"""The index of places that the rest asks: built once from the database, then asked without a query.

35 000 communes take about 0.7 s to read and 20 MB to hold; a lookup then takes microseconds, so that an import of
thousands of offers and a search page use the same rules.
"""

from sys import intern
from typing import Any

from referentials.enums import PlaceLevel
from referentials.models import Commune
from referentials.selectors.places.finding import find
from referentials.selectors.places.place import Place
from referentials.selectors.places.reading import Reading, read
from referentials.selectors.places.tables import PlaceTables

# Their coordinates are their département's: nothing is near them in particular.
_NOT_LOCATED = "department-centre"


class PlaceIndex(PlaceTables):
    """Build it once with `load()`, then ask it as often as needed."""

    @classmethod
    def load(cls) -> "PlaceIndex":
        """Reads all active communes in one query, by code: of two that nothing else tells apart, the same comes first
        on every database."""
        rows = list(Commune.objects.filter(active=True).order_by("code").values_list(*_FIELDS))
        return cls(map(_commune, rows), {row[0] for row in rows if row[-1] == _NOT_LOCATED})

    def find(self, text: str) -> Place | None:
        """The one place that a text written by people or feeds means; `finding` states the rules."""
        return find(self, text)

    def read(self, text: str) -> Reading:
        """All that a person typed to say where: places, distance, slips; `reading` states the rules."""
        return read(self, text)


_FIELDS = (
    "code",
    "search_name",
    "name",
    "latitude",
    "longitude",
    "parent_id",
    "department",
    "department_name",
    "region",
    "region_name",
    "population",
    "postcodes",
    "coordinates_source",
)


def _commune(row: tuple[Any, ...]) -> Place:
    code, key, name, latitude, longitude, parent, department, department_name, region, region_name, *rest = row
    population, postcodes, _ = rest
    return Place(
        level=PlaceLevel.COMMUNE,
        code=code,
        key=key,
        name=name,
        latitude=latitude,
        longitude=longitude,
        parent=parent or "",
        department=intern(department),
        department_name=intern(department_name),
        region=intern(region),
        region_name=intern(region_name),
        postcode=postcodes[0] if postcodes else "",
        postcodes=tuple(postcodes),
        population=population,
    )
