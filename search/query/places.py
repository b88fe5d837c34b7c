"""Turns the place typed into a known place. `referentials` knows the ways to write a place."""

from typing import NamedTuple

from referentials.enums import PlaceLevel
from referentials.models import Commune
from referentials.selectors import find_place
from search.memory import cached_for

KEPT_FOR = 300


class ResolvedPlace(NamedTuple):
    """Where a search is. `kind` is a value of `referentials.enums.PlaceLevel`, `code` INSEE's at that level."""

    kind: str
    label: str
    code: str
    latitude: float
    longitude: float


@cached_for(seconds=KEPT_FOR)
def resolve_place(text: str) -> ResolvedPlace | None:
    """None when no place of that name is known."""
    place = find_place(text)
    if place is None or place.level == PlaceLevel.AREA:
        return None
    return ResolvedPlace(str(place.level), place.label, place.code, place.latitude, place.longitude)


@cached_for(seconds=KEPT_FOR)
def departments_of(region: str) -> tuple[str, ...]:
    """The codes of a region's départements, by its INSEE code."""
    return tuple(Commune.objects.filter(region=region).order_by().values_list("department", flat=True).distinct())


def is_area(place: ResolvedPlace | None) -> bool:
    """Is it larger than a commune, so that a distance to it means nothing?"""
    return place is None or place.kind != PlaceLevel.COMMUNE
