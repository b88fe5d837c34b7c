from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean

from referentials.enums import ABROAD, HOME_REGION, PlaceLevel
from referentials.place_names import bare_key, name_key, place_key
from referentials.selectors.places.files import NamedArea
from referentials.selectors.places.place import Place

_FRANCE = Place(level=PlaceLevel.COUNTRY, code="FR", name="France", latitude=46.6, longitude=2.4)
_FRANCE_KEYS = (
    "france", "france entiere", "toute la france", "toute france", "partout en france", "france metropolitaine",
    "partout", "territoire national", "ensemble du territoire", "whole of france", "all of france",
    "anywhere in france", "all france", "hexagone", "metropole", "nationwide",
)  # fmt: skip
_SHORT_NAMES = {
    "paca": HOME_REGION, "region sud": HOME_REGION, "sud": HOME_REGION, "sud paca": HOME_REGION,
    "region sud paca": HOME_REGION, "sud provence alpes cote d azur": HOME_REGION, "provence alpes": HOME_REGION,
    "region sud provence alpes cote d azur": HOME_REGION, "idf": "11", "aura": "84", "ara": "84", "hdf": "32",
    "pdl": "52", "bfc": "27", "cvl": "24", "centre": "24", "naq": "75",
}  # fmt: skip
_SHORT_DEPARTMENTS = {"bdr": "13", "bouches du rhones": "13", "alpes de hautes provence": "04", "basses alpes": "04"}
_SAID_BEFORE = ("departement de", "departement du", "departement des", "departement d", "departement", "region")


def areas(communes: Mapping[str, Place], named: Iterable[NamedArea] = ()) -> dict[str, Place]:
    """Départements by name and number, regions by name and usual short name, France, and the areas and quarters of our
    own list, under their comparable spelling with and without its article. A name that both have ("La Réunion") is
    the département's, which a region there equals."""
    by_department: dict[str, list[Place]] = defaultdict(list)
    by_region: dict[str, list[Place]] = defaultdict(list)
    for commune in communes.values():
        by_department[commune.department].append(commune)
        by_region[commune.region].append(commune)
    regions = {code: _region(members) for code, members in by_region.items()}
    departments = {code: _department(members) for code, members in by_department.items()}
    found: dict[str, Place] = {}
    for item in named:
        if area := _area(item, communes, departments):
            found |= {spelling: area for key in item.keys for spelling in (name_key(key), bare_key(key), key)}
    for region in regions.values():
        found |= _spellings(region)
    found |= {short: regions[code] for short, code in _SHORT_NAMES.items() if code in regions}
    found |= {short: departments[code] for short, code in _SHORT_DEPARTMENTS.items() if code in departments}
    for number, department in departments.items():
        found |= _spellings(department) | {number.lower(): department}
    return found | dict.fromkeys(_FRANCE_KEYS, _FRANCE)


def _spellings(place: Place) -> dict[str, Place]:
    """The name, its bare form, and both after "département de", "région"."""
    keys = {place_key(place.name), bare_key(place_key(place.name))}
    return {spelling: place for key in keys for spelling in (*(f"{before} {key}" for before in _SAID_BEFORE), key)}


def _area(item: NamedArea, communes: Mapping[str, Place], departments: Mapping[str, Place]) -> Place | None:
    """One commune is itself; several make an area, in the département and the region that all of them share. What the
    referential does not have is left out."""
    known = [place for code in item.codes if (place := communes.get(code) or departments.get(code))]
    if not known or (len(item.codes) == 1 and known[0].is_commune):
        return known[0] if known else None
    first = known[0]
    department = first if all(place.department == first.department for place in known) else None
    region = first if all(place.region == first.region for place in known) else None
    return Place(
        level=PlaceLevel.AREA,
        code=item.keys[0].replace(" ", "-"),
        name=item.name,
        department=department.department if department else "",
        department_name=department.department_name if department else "",
        region=region.region if region else "",
        region_name=region.region_name if region else "",
        population=sum(place.population for place in known),
        latitude=fmean(place.latitude for place in known),
        longitude=fmean(place.longitude for place in known),
        key=item.keys[0],
        members=tuple(place.code for place in known),
    )


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


def is_shown(place: Place) -> bool:
    """May it be proposed as an area? Monaco is proposed as a town."""
    return not place.is_commune and place.code not in ABROAD
