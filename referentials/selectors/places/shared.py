"""The index that a process shares: built at first use, built anew when another version of the communes was loaded."""

from dataclasses import dataclass

from referentials.models import ReferentialVersion
from referentials.selectors.places.index import PlaceIndex
from referentials.selectors.places.place import Place
from referentials.selectors.places.reading import Reading


@dataclass(slots=True)
class _Shared:
    version: int | None = None
    index: PlaceIndex | None = None


_shared = _Shared()


def place_index() -> PlaceIndex:
    """One small query a call, to see which version is in force; plus one the first time."""
    version = ReferentialVersion.objects.filter(referential="communes").values_list("pk", flat=True).first()
    if _shared.index is None or _shared.version != version:
        _shared.index, _shared.version = PlaceIndex.load(), version
    return _shared.index


def forget_places() -> None:
    """Communes were written otherwise than by a load (a test's factory)."""
    _shared.index = None


def find_place(text: str) -> Place | None:
    return place_index().find(text)


def read_places(text: str) -> Reading:
    """All that somebody typed to say where: several places, a distance, a slip."""
    return place_index().read(text)


def nearest_commune(latitude: float, longitude: float, max_km: float = 30.0) -> Place | None:
    return place_index().nearest(latitude, longitude, max_km)


def communes_starting_with(prefix: str, limit: int = 10) -> list[Place]:
    return place_index().starting_with(prefix, limit)


def places_starting_with(prefix: str, limit: int = 10) -> list[Place]:
    """Communes, départements, regions and areas, the most people first."""
    return place_index().suggested(prefix, limit)
