from typing import NamedTuple

from referentials.enums import ABROAD, PlaceLevel


class Place(NamedTuple):
    """A commune, a municipal arrondissement (`parent` is its city's code) or something larger.

    `code` is INSEE's at its level ("FR" for the country, our own for an area), `key` the comparable spelling of the
    name. `postcode` is the one asked for, else the first; it is empty above the commune. Coordinates are degrees
    (WGS 84); those of a larger place are the mean of its communes. `members` are the INSEE codes of the communes and
    départements that make up an area.
    """

    level: PlaceLevel
    code: str
    name: str
    latitude: float
    longitude: float
    parent: str = ""
    department: str = ""
    department_name: str = ""
    region: str = ""
    region_name: str = ""
    postcode: str = ""
    postcodes: tuple[str, ...] = ()
    population: int = 0
    key: str = ""
    members: tuple[str, ...] = ()

    @property
    def is_commune(self) -> bool:
        return self.level == PlaceLevel.COMMUNE

    @property
    def short_name(self) -> str:
        return self.name.removesuffix(" Arrondissement")

    @property
    def label(self) -> str:
        """For a reader: "Aix-en-Provence (13)", "Marseille 2e (13)", "Bouches-du-Rhône (13)", "France", "Luberon"."""
        if not self.department or self.level == PlaceLevel.AREA or self.department in ABROAD:
            return self.short_name
        return f"{self.short_name} ({self.department})"
