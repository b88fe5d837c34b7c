"""Where somebody forgotten may still be named beside a report: auditors, and those to whom it was sent."""

from collections.abc import Collection

from accounts.services import addressed, redact_texts
from reports.models import AuditLink, Snapshot


def forget_words_in_reports(*, emails: Collection[str], words: Collection[str]) -> None:
    """Links of auditors lose name and address."""
    AuditLink.objects.filter(addressed("email", emails) | addressed("name", words)).update(name="", email="")
    redact_texts({Snapshot: ("sent_to",)}, words)
