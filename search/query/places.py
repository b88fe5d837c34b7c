"""Turns the words typed for a place into known places. `referentials` knows the ways to write them."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from referentials.enums import PlaceLevel
from referentials.models import Commune
from referentials.selectors import Place, read_places
from search.criteria import Ignored, SearchCriteria
from search.memory import cached_for
from search.query.facts import with_facts

KEPT_FOR = 300


class ResolvedPlace(NamedTuple):
    """A place of a search. `kind` is a value of `referentials.enums.PlaceLevel`, `code` INSEE's at that level;
    `members` are the communes and départements of an area."""

    kind: str
    label: str
    code: str
    latitude: float
    longitude: float
    members: tuple[str, ...] = ()
    parent: str = ""


class PlaceRead(NamedTuple):
    """What became of the words of a place: slips with the label taken for them, labels of `others` of the same name,
    labels `nearest` to what no place is called."""

    corrections: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


NOTHING_SAID = PlaceRead()


@dataclass(frozen=True, slots=True)
class Where:
    """`text` says it plainly; without `places` it filters nothing. `radius` in km when the text gives one. `ignored`:
    words that mean no place. `said`: what became of the words, for the page."""

    text: str = ""
    places: tuple[ResolvedPlace, ...] = ()
    radius: int | None = None
    ignored: tuple[str, ...] = ()
    said: PlaceRead = NOTHING_SAID


@cached_for(seconds=KEPT_FOR)
def where(text: str) -> Where:
    reading = read_places(text)
    return Where(
        text=reading.text,
        places=tuple(map(_resolved, reading.places)),
        radius=reading.radius,
        ignored=(*reading.ignored, *reading.unknown),
        said=PlaceRead(
            corrections=tuple((typed, place.label) for typed, place in reading.corrections),
            others=tuple(place.label for place in reading.others),
            nearest=tuple(place.label for place in reading.nearest),
        ),
    )


def understood(criteria: SearchCriteria) -> tuple[SearchCriteria, Where]:
    """The search with its facts as filters and its place said plainly: a distance in its words is its radius, a slip is
    mended. What means no place is kept in `ignored`, and an unknown place as it was typed, without its radius."""
    criteria = with_facts(criteria)
    if not criteria.place:
        return criteria, Where()
    found = where(criteria.place)
    ignored = (*criteria.ignored, *(Ignored("place", words) for words in found.ignored))
    radius = criteria.radius if found.radius is None else found.radius
    text = found.text if found.places else criteria.place
    radius = radius if found.places else None
    return replace(criteria, place=text, radius=radius, ignored=tuple(dict.fromkeys(ignored))), found


def _resolved(place: Place) -> ResolvedPlace:
    return ResolvedPlace(
        str(place.level), place.label, place.code, place.latitude, place.longitude, place.members, place.parent
    )


@cached_for(seconds=KEPT_FOR)
def departments_of(region: str) -> tuple[str, ...]:
    """The codes of a region's départements, by its INSEE code."""
    return tuple(Commune.objects.filter(region=region).order_by().values_list("department", flat=True).distinct())


def departments_in(places: tuple[ResolvedPlace, ...]) -> tuple[str, ...]:
    """The codes of the départements that are whole in these places."""
    found: dict[str, None] = {}
    for place in places:
        if place.kind == PlaceLevel.DEPARTMENT:
            found[place.code] = None
        elif place.kind == PlaceLevel.REGION:
            found |= dict.fromkeys(departments_of(place.code))
        elif place.kind == PlaceLevel.AREA:
            found |= dict.fromkeys(code for code in place.members if len(code) < COMMUNE_CODE)
    return tuple(found)


def communes_in(places: tuple[ResolvedPlace, ...]) -> tuple[str, ...]:
    """The INSEE codes of the communes of areas, one by one."""
    codes = (code for place in places if place.kind == PlaceLevel.AREA for code in place.members)
    return tuple(dict.fromkeys(code for code in codes if len(code) == COMMUNE_CODE))


def points_of(places: tuple[ResolvedPlace, ...]) -> tuple[ResolvedPlace, ...]:
    """Those with a point to measure from: communes."""
    return tuple(place for place in places if place.kind == PlaceLevel.COMMUNE)


def is_everywhere(places: tuple[ResolvedPlace, ...]) -> bool:
    """Nowhere in particular, or all of France."""
    return not places or any(place.kind == PlaceLevel.COUNTRY for place in places)


COMMUNE_CODE = 5
