"""What the report makes of facts announced below."""

from typing import Any

from django.dispatch import receiver

from forums.models import Edition
from forums.signals import edition_closed
from reports.services.closing import close_report


@receiver(edition_closed, dispatch_uid="reports.edition_closed")
def on_edition_closed(edition: Edition, by: Any, **_: Any) -> None:
    """A closing makes a snapshot of its own; an edition of which only figures were declared has no rows to keep."""
    if not edition.declared:
        close_report(edition=edition, by=by)
