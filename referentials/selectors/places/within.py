"""The same "is it there?" for every list that the database filters by a place."""

from django.db.models import Q

from referentials.enums import PlaceLevel
from referentials.selectors.places.place import Place


def within(place: Place, commune: str = "commune") -> Q:
    """Of rows whose field `commune` points to a commune: those inside `place`; an arrondissement is in its city."""
    match place.level:
        case PlaceLevel.COMMUNE:
            return Q(**{commune: place.code}) | Q(**{f"{commune}__parent": place.code})
        case PlaceLevel.DEPARTMENT:
            return Q(**{f"{commune}__department": place.code})
        case PlaceLevel.REGION:
            return Q(**{f"{commune}__region": place.code})
        case PlaceLevel.AREA:
            members = list(place.members)
            fields = (commune, f"{commune}__parent", f"{commune}__department")
            return Q(*(Q(**{f"{field}__in": members}) for field in fields), _connector=Q.OR)
        case _:
            return Q()
