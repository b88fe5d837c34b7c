"""Where a search is, from what was typed; `referentials` knows how places are written."""

from dataclasses import dataclass, replace

from referentials.enums import PlaceLevel
from referentials.models import Commune
from referentials.selectors import Place, read_places
from search.criteria import Ignored, SearchCriteria
from search.memory import remembered
from search.service.results import NOTHING_SAID, PlaceRead, ResolvedPlace

KEPT_FOR = 300


@dataclass(frozen=True, slots=True)
class Where:
    """`text` says it plainly; without `places` it filters nothing. `radius` in km when the text gives one. `ignored`:
    words that mean no place. `said`: what became of the words, for the page."""

    text: str = ""
    places: tuple[ResolvedPlace, ...] = ()
    radius: int | None = None
    ignored: tuple[str, ...] = ()
    said: PlaceRead = NOTHING_SAID


@remembered(seconds=KEPT_FOR)
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
    """The search with its place said plainly: a distance in its words is its radius, a slip is mended. What means no
    place is kept in `ignored`, and an unknown place as it was typed, without its radius."""
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


@remembered(seconds=KEPT_FOR)
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
