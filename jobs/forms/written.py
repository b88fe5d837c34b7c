"""Between an offer's rows and the words of its form."""

from collections.abc import Sequence
from typing import Any

from jobs.enums import OfferKind
from jobs.models import Offer, OfferPlace
from referentials.selectors.places import Place, PlaceIndex, place_index


def initial_of(offer: Offer, details: Sequence[str]) -> dict[str, Any]:
    """What the form of `offer` shows before anybody types; `details` names the columns of its kind."""
    row = offer.job if offer.kind == OfferKind.JOB else offer.training
    index = place_index()
    return {
        "version": offer.version,
        "title": offer.title,
        "text": offer.text,
        "apply_by": offer.apply_by,
        "apply_url": offer.apply_url,
        "occupations": [occupation.label for occupation in offer.occupations.all()],
        "places": [place_words(place, index) for place in offer.places.all()],
        "skills": [*(skill.label for skill in offer.skills.all()), *offer.other_skills],
        "sectors": [sector.pk for sector in offer.sectors.all()],
        **{name: getattr(row, name) for name in details},
    }


def place_words(place: OfferPlace, index: PlaceIndex) -> str:
    """Words that are read as the same place again: "Marseille 2e (13)"."""
    return commune_words(place.commune_id, index) or place.label


def commune_words(code: str | None, index: PlaceIndex) -> str:
    commune = index.commune(code or "")
    return commune.label if commune else ""


def place_row(place: Place) -> dict[str, Any]:
    """The columns of OfferPlace; an area larger than a commune has no point of its own."""
    return {
        "commune_id": place.code if place.is_commune else None,
        "label": place.name.removesuffix(" Arrondissement"),
        "postcode": place.postcode,
        "department": place.department,
        "latitude": place.latitude if place.is_commune else None,
        "longitude": place.longitude if place.is_commune else None,
    }


def label_row(text: str) -> dict[str, Any]:
    """A draft's place that is still to be settled."""
    return {"label": text[:120]}
