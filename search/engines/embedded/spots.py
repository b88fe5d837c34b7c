"""Distances. tantivy has no type for positions. An index has few distinct places (some thousands at most), so a circle
is the set of the places in it; this is exact, also for offers with several places."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

import tantivy

from medinjob.lib.geo import KM_PER_DEGREE, distance_km

# Offers farther than so many km are all equally far.
FARTHEST = 300


class Spot(NamedTuple):
    latitude: float
    longitude: float
    key: str


class Spots:
    """The distinct places of an index, ordered by latitude."""

    def __init__(self, keys: list[str]) -> None:
        points = (key.partition(",") for key in keys)
        self._spots = sorted(Spot(float(south), float(east), f"{south},{east}") for south, _, east in points)
        self._latitudes = [spot.latitude for spot in self._spots]
        # The same towns are asked again and again.
        self.near = lru_cache(maxsize=512)(self._near)

    def _near(self, latitude: float, longitude: float, km: float) -> list[tuple[Spot, float]]:
        """Those within `km` of a point, with their distance."""
        margin = km / KM_PER_DEGREE + 0.001
        start = bisect_left(self._latitudes, latitude - margin)
        end = bisect_right(self._latitudes, latitude + margin)
        distances = (
            (spot, distance_km(latitude, longitude, spot.latitude, spot.longitude)) for spot in self._spots[start:end]
        )
        return [(spot, distance) for spot, distance in distances if distance <= km]

    def by_distance(self, schema: tantivy.Schema, point: tuple[float, float], km: float) -> list[tantivy.Query]:
        """One query whose score grows as an offer's nearest place comes nearer, within `km` (steps of 100 m)."""
        rings: dict[int, list[str]] = {}
        for spot, distance in self.near(*point, km):
            rings.setdefault(round(distance * 10), []).append(spot.key)
        scored = [
            tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(schema, "spot", keys), float(FARTHEST * 10 - ring)
            )
            for ring, keys in rings.items()
        ]
        return [tantivy.Query.disjunction_max_query(scored)] if scored else []
