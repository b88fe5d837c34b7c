"""What the reports make of facts announced below."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from accounts.signals import words_forgotten
from forums.models import Edition
from forums.signals import edition_closed
from reports.services.closing import close_report
from reports.services.words import forget_words_in_reports


@receiver(words_forgotten, dispatch_uid="reports.words_forgotten")
def on_words_forgotten(emails: Collection[str], words: Collection[str], **_: Any) -> None:
    forget_words_in_reports(emails=emails, words=words)


@receiver(edition_closed, dispatch_uid="reports.edition_closed")
def on_edition_closed(edition: Edition, by: Any, **_: Any) -> None:
    """A closing makes a snapshot of its own; an edition of which only figures were declared has no rows to keep."""
    if not edition.declared:
        close_report(edition=edition, by=by)
