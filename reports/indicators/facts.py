"""What the report needs to know of exhibitors and of the offers they show: as it was when the edition closed (their
`frozen` column), as it is until then."""

from collections.abc import Iterable
from dataclasses import dataclass

from forums.models import Edition
from forums.selectors.sheets import FactSheet, exhibitor_sheets, offer_sheets, shown_at


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
    shown = shown_at(edition)
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


def _mark_doubles(sheets: Iterable[FactSheet]) -> None:
    """An offer shown twice, or with one that is its re-posting, counts once: the first that was shown and seen."""
    counted: set[int] = set()
    for sheet in sheets:
        original = sheet["duplicate_of"] or sheet["offer"]
        sheet["double"] = [["yes" if original in counted else "no", ""]]
        if sheet["seen"][0][0] == "yes":
            counted.add(original)
