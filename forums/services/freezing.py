"""What the report needs of exhibitors and of their offers, kept as it is when the edition closes: later edits and
purges do not rewrite it."""

from django.db import transaction

from forums.models import Edition, Exhibitor, ShownOffer
from forums.selectors.sheets import exhibitor_sheets, offer_sheets, shown_at


@transaction.atomic
def freeze_facts(*, edition: Edition) -> None:
    """To be called by who closes `edition`. What was frozen before is read again."""
    exhibitors = list(edition.exhibitors.accepted().order_by("id"))
    shown = shown_at(edition)
    _forget([*exhibitors, *shown])
    sheets = exhibitor_sheets(exhibitors, edition.event.starts_on)
    for exhibitor in exhibitors:
        exhibitor.frozen = sheets[exhibitor.pk]
    for row, sheet in zip(shown, offer_sheets(shown), strict=True):
        row.frozen, row.positions = sheet, sheet["positions"]
    Exhibitor.objects.bulk_update(exhibitors, ["frozen"], batch_size=500)
    ShownOffer.objects.bulk_update(shown, ["frozen", "positions"], batch_size=500)


@transaction.atomic
def thaw_facts(*, edition: Edition) -> None:
    """An edition that is open again reads its exhibitors and offers as they are."""
    Exhibitor.objects.filter(edition=edition).update(frozen={})
    ShownOffer.objects.filter(exhibitor__edition=edition).update(frozen={}, positions=None)


def _forget(rows: list[Exhibitor | ShownOffer]) -> None:
    for row in rows:
        row.frozen = {}
