"""When the companies and candidates of an edition are asked what became of their meetings."""

from datetime import timedelta

from django.db import transaction

from forums.models import Edition
from ledger.enums import FOLLOW_UP_AFTER_DAYS
from ledger.models import FollowUpDate


@transaction.atomic
def add_usual_dates(*, edition: Edition) -> None:
    """Gives `edition` the usual follow-up dates if it has none."""
    if edition.follow_up_dates.exists():
        return
    FollowUpDate.objects.bulk_create(
        FollowUpDate(edition=edition, due_on=edition.event.ends_on + timedelta(days=days))
        for days in FOLLOW_UP_AFTER_DAYS
    )


@transaction.atomic
def copy_dates(*, edition: Edition, made: Edition, shift: timedelta) -> None:
    """Gives `made` the follow-up dates of `edition`, each moved by `shift`."""
    FollowUpDate.objects.bulk_create(
        FollowUpDate(edition=made, due_on=row.due_on + shift) for row in edition.follow_up_dates.all()
    )
