"""What the report needs to know of exhibitors and of the offers they show: as it was when the edition closed (their
`frozen` column), as it is until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from companies.enums import Mark
from forums.enums import ExhibitorState
from forums.models import Edition, Exhibitor, ShownOffer
from referentials.models import Commune

FactSheet = dict[str, Any]
"""By name: texts, numbers, and lists of `[key, label]` pairs for what a figure can be broken down by."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The sheets of accepted exhibitors and of what they show, by the ids that rows carry. An offer's sheet holds its
    exhibitor's too."""

    exhibitors: dict[int, FactSheet]
    companies: dict[int, FactSheet]
    shown: dict[int, FactSheet]
    offers: dict[int, FactSheet]


def load_facts(edition: Edition) -> Facts:
    """In a number of queries that does not depend on how many there are."""
    exhibitors = list(edition.exhibitors.accepted().order_by("id"))
    shown = list(
        ShownOffer.objects.filter(exhibitor__edition=edition, exhibitor__state=ExhibitorState.ACCEPTED).order_by("id")
    )
    of_exhibitors = exhibitor_sheets(exhibitors, edition.event.starts_on)
    of_shown = {
        row.pk: {**of_exhibitors[row.exhibitor_id], **sheet, "offer": row.offer_id}
        for row, sheet in zip(shown, offer_sheets(shown), strict=True)
    }
    _mark_doubles(of_shown.values())
    return Facts(
        exhibitors=of_exhibitors,
        companies={row.company_id: of_exhibitors[row.pk] for row in exhibitors},
        shown=of_shown,
        offers={sheet["offer"]: sheet for sheet in of_shown.values()},
    )


def exhibitor_sheets(rows: list[Exhibitor], on: date) -> dict[int, FactSheet]:
    """`on`: the day whose membership of Medinsoft counts."""
    live = [row for row in rows if not row.frozen]
    prefetch_related_objects(live, "company__commune", "company__sectors", "company__marks")
    return {row.pk: row.frozen or _of_exhibitor(row, on) for row in rows}


def offer_sheets(rows: list[ShownOffer]) -> list[FactSheet]:
    live = [row for row in rows if not row.frozen]
    prefetch_related_objects(live, "offer__job", "offer__occupations", "offer__places__commune")
    return [row.frozen or _of_offer(row) for row in rows]


def _of_exhibitor(exhibitor: Exhibitor, on: date) -> FactSheet:
    company = exhibitor.company
    return {
        "company": [[str(company.pk), company.name]],
        "siret": company.siret or "",
        "size": [[company.size, ""]],
        "sectors": [[sector.slug, sector.label] for sector in sorted(company.sectors.all(), key=lambda s: s.slug)],
        "mark": [[_mark(company.marks.all(), on), ""]],
        **_place([company.commune] if company.commune else []),
    }


def _of_offer(shown: ShownOffer) -> FactSheet:
    offer = shown.offer
    job = getattr(offer, "job", None)
    places = [place.commune for place in offer.places.all() if place.commune]
    return {
        "title": offer.title,
        "kind": [[offer.kind, ""]],
        "contract": [[job.contract, ""]] if job else [],
        "positions": job.open_positions if job else 0,
        "occupations": sorted([occupation.code, occupation.label] for occupation in offer.occupations.all()),
        "duplicate_of": offer.duplicate_of_id,
        **{f"job_{name}": pairs for name, pairs in _place(places).items()},
    }


def _place(communes: list[Commune]) -> FactSheet:
    return {
        "commune": sorted({(place.code, place.short_name) for place in communes}),
        "department": sorted({(place.department, place.department_name) for place in communes}),
        "region": sorted({(place.region, place.region_name) for place in communes}),
    }


def _mark(marks: Iterable[Any], on: date) -> str:
    """A member comes before a partner; "none" is a fact too, not an unknown."""
    held = {row.mark for row in marks if row.since <= on and (row.until is None or row.until >= on)}
    return next((mark for mark in (Mark.MEMBER, Mark.PARTNER) if mark in held), "none")


def _mark_doubles(sheets: Iterable[FactSheet]) -> None:
    """An offer shown twice, or with one that is its re-posting, counts once: the first that was shown."""
    seen: set[int] = set()
    for sheet in sheets:
        original = sheet["duplicate_of"] or sheet["offer"]
        sheet["double"] = [["yes" if original in seen else "no", ""]]
        seen.add(original)
