"""What is known of exhibitors and of the offers they show: as it was when the edition closed (their `frozen` column),
as it is until then."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from companies.enums import Mark
from companies.models import Company
from forums.enums import ExhibitorState
from forums.models import Edition, Exhibitor, ShownOffer
from forums.rules import end_of
from jobs.models import Offer, OfferPlace

FactSheet = dict[str, Any]
"""By name: texts, numbers, and lists of `[key, label]` pairs for what a figure can be broken down by."""


OCCUPATIONS = Offer.occupations.through.objects

OF_OFFER = ("pk", "kind", "title", "duplicate_of", "job__contract", "job__open_positions")

OF_PLACE = ("code", "name", "department", "department_name", "region", "region_name")


def shown_at(edition: Edition) -> list[ShownOffer]:
    """By its accepted exhibitors, each with `seen`."""
    rows = ShownOffer.objects.filter(exhibitor__edition=edition, exhibitor__state=ExhibitorState.ACCEPTED)
    return list(rows.with_seen(end_of(edition)).order_by("id"))


def exhibitor_sheets(rows: list[Exhibitor], on: date) -> dict[int, FactSheet]:
    """`on`: the day whose membership of Medinsoft counts."""
    companies = Company.objects.filter(pk__in={row.company_id for row in rows if not row.frozen})
    known = {row.pk: row for row in companies.select_related("commune").prefetch_related("sectors", "marks")}
    return {row.pk: row.frozen or _of_company(known[row.company_id], on) for row in rows}


def offer_sheets(rows: list[ShownOffer]) -> list[FactSheet]:
    """One for each row of `shown_at`. Read as plain values: an edition shows a thousand offers, and objects cost more
    than facts."""
    ids = {row.offer_id for row in rows if not row.frozen}
    occupations = _grouped(OCCUPATIONS.filter(offer__in=ids).values_list("offer", "occupation", "occupation__label"))
    places = OfferPlace.objects.filter(offer__in=ids, commune__isnull=False).order_by()
    communes = _grouped(places.values_list("offer", *(f"commune__{name}" for name in OF_PLACE)))
    live = {
        pk: _of_offer(facts, occupations[pk], communes[pk])
        for pk, *facts in Offer.objects.filter(pk__in=ids).order_by().values_list(*OF_OFFER)
    }
    return [{"seen": _seen(row), **(row.frozen or live[row.offer_id])} for row in rows]


def _seen(row: Any) -> list[list[str]]:
    """As `shown_at` found it; the frozen word counts before it."""
    return [["yes" if row.seen else "no", ""]]


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """The rest of each row, by its first value."""
    groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in rows:
        groups[first].append(tuple(rest))
    return groups


def _of_company(company: Company, on: date) -> FactSheet:
    return {
        "company": [[str(company.pk), company.name]],
        "siret": company.siret or "",
        "size": [[company.size, ""]],
        "sectors": [[sector.slug, sector.label] for sector in sorted(company.sectors.all(), key=lambda s: s.slug)],
        "mark": [[_mark(company.marks.all(), on), ""]],
        **_place([tuple(getattr(commune, name) for name in OF_PLACE)] if (commune := company.commune) else []),
    }


def _of_offer(facts: list[Any], occupations: list[tuple[Any, ...]], communes: list[tuple[Any, ...]]) -> FactSheet:
    """`facts` are columns `OF_OFFER`, less the first."""
    kind, title, duplicate_of, contract, positions = facts
    return {
        "title": title,
        "kind": [[kind, ""]],
        "contract": [[contract, ""]] if contract else [],
        "positions": positions or 0,
        "occupations": sorted(occupations),
        "duplicate_of": duplicate_of,
        **{f"job_{name}": pairs for name, pairs in _place(communes).items()},
    }


def _place(communes: list[tuple[Any, ...]]) -> FactSheet:
    """From columns `OF_PLACE`."""
    return {
        "commune": sorted({(code, name.removesuffix(" Arrondissement")) for code, name, *_ in communes}),
        "department": sorted({(code, name) for _, _, code, name, *_ in communes}),
        "region": sorted({tuple(region) for _, _, _, _, *region in communes}),
    }


def _mark(marks: Iterable[Any], on: date) -> str:
    """A member comes before a partner; "none" is a fact too, not an unknown."""
    held = {row.mark for row in marks if row.since <= on and (row.until is None or row.until >= on)}
    return next((mark for mark in (Mark.MEMBER, Mark.PARTNER) if mark in held), "none")
