from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean

from referentials.enums import HOME_REGION, PlaceLevel
from referentials.place_names import place_key
from referentials.selectors.places.place import Place

_FRANCE = Place(level=PlaceLevel.COUNTRY, code="FR", name="France", latitude=46.6, longitude=2.4)
_SHORT_NAMES = {"paca": HOME_REGION, "region sud": HOME_REGION, "sud": HOME_REGION, "idf": "11", "aura": "84"}


def areas(communes: Iterable[Place]) -> dict[str, Place]:
    """Départements by name and number, regions by name and usual short name, and France, under their comparable
    spelling. A name that both have ("La Réunion") is the département's, which a region there equals."""
    by_department: dict[str, list[Place]] = defaultdict(list)
    by_region: dict[str, list[Place]] = defaultdict(list)
    for commune in communes:
        by_department[commune.department].append(commune)
        by_region[commune.region].append(commune)
    regions = {code: _region(members) for code, members in by_region.items()}
    found = {"france": _FRANCE, "france entiere": _FRANCE}
    found |= {place_key(region.name): region for region in regions.values()}
    found |= {short: regions[code] for short, code in _SHORT_NAMES.items() if code in regions}
    for number, members in by_department.items():
        department = _department(members)
        found[number.lower()] = found[place_key(department.name)] = department
    return found


def _department(members: list[Place]) -> Place:
    first = members[0]
    return Place(
        level=PlaceLevel.DEPARTMENT,
        code=first.department,
        name=first.department_name,
        department=first.department,
        department_name=first.department_name,
        region=first.region,
        region_name=first.region_name,
        population=_population(members),
        latitude=fmean(place.latitude for place in members),
        longitude=fmean(place.longitude for place in members),
    )


def _region(members: list[Place]) -> Place:
    first = members[0]
    return Place(
        level=PlaceLevel.REGION,
        code=first.region,
        name=first.region_name,
        region=first.region,
        region_name=first.region_name,
        population=_population(members),
        latitude=fmean(place.latitude for place in members),
        longitude=fmean(place.longitude for place in members),
    )


def _population(members: list[Place]) -> int:
    """Arrondissements are counted in their city."""
    return sum(place.population for place in members if not place.parent)
