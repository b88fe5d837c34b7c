"""What the report needs of exhibitors and of their offers, kept as it is when the edition closes: later edits and
purges do not rewrite it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from forums.enums import ExhibitorState
from forums.models import Attendee, Edition, Exhibitor, Representative, ShownOffer
from forums.selectors.sheets import exhibitor_sheets, offer_sheets, shown_at


@transaction.atomic
def freeze_facts(*, edition: Edition) -> None:
    """To be called by who closes `edition`. What was frozen at an earlier closing stays as it was then."""
    exhibitors = [row for row in edition.exhibitors.accepted().order_by("id") if not row.frozen]
    shown = [row for row in shown_at(edition) if not row.frozen]
    sheets = exhibitor_sheets(exhibitors, edition.event.starts_on)
    for exhibitor in exhibitors:
        exhibitor.frozen = sheets[exhibitor.pk]
    for row, sheet in zip(shown, offer_sheets(shown), strict=True):
        row.frozen, row.positions = sheet, sheet["positions"]
    Exhibitor.objects.bulk_update(exhibitors, ["frozen"], batch_size=500)
    ShownOffer.objects.bulk_update(shown, ["frozen", "positions"], batch_size=500)
    freeze_holders(attendees=edition.attendees.all())


@transaction.atomic
def freeze_holders(*, attendees: QuerySet[Attendee]) -> None:
    """Who of these holds a stand, while the addresses are still there to tell."""
    stands = Representative.objects.filter(
        exhibitor__edition=OuterRef("edition"),
        exhibitor__state=ExhibitorState.ACCEPTED,
        email__iexact=OuterRef("email"),
    ).exclude(email="")
    unsaid = attendees.filter(holds_stand=None)
    holders = list(unsaid.filter(Exists(stands)).values_list("pk", flat=True))
    Attendee.objects.filter(pk__in=holders).update(holds_stand=True)
    unsaid.update(holds_stand=False)
