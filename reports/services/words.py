"""Where somebody forgotten may still be named beside a report: auditors, and those to whom it was sent."""

from collections.abc import Collection

from accounts.services import addressed, redact_texts
from ledger.services.chain import hold_chain, seal_erased
from reports.models import AuditAnswer, AuditLink, AuditVerdict, Snapshot


def forget_words_in_reports(*, emails: Collection[str], words: Collection[str]) -> None:
    """Links of auditors lose name and address; what auditors and companies wrote, the words."""
    hold_chain()
    mine = AuditLink.objects.filter(addressed("email", emails) | addressed("name", words))
    ids = list(mine.values_list("pk", flat=True))
    AuditLink.objects.filter(pk__in=ids).update(name="", email="")
    seal_erased(AuditLink, ids)
    redact_texts({Snapshot: ("sent_to",), AuditVerdict: ("reason",), AuditAnswer: ("text",)}, words)
