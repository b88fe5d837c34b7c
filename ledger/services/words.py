"""Where somebody forgotten may still be named in the ledger: reported meetings, and free texts."""

from collections.abc import Collection

from django.db.models import Model

from accounts.services import addressed, redact_texts
from ledger.models import ContractEvidence, FollowUpAnswer, LedgerEntry, LedgerEvent, ReportedMeeting
from ledger.services.chain import hold_chain

# The name of a contract (`LedgerEntry.name`) is not among them: it stays until the audit date.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    FollowUpAnswer: ("job_title",),
    LedgerEntry: ("job_title",),
    ContractEvidence: ("source", "nature", "facts"),
    LedgerEvent: ("before", "after", "reason"),
}


def forget_words_in_ledger(*, emails: Collection[str], words: Collection[str]) -> None:
    """Reported meetings lose name and address."""
    hold_chain()
    mine = addressed("email", emails) | addressed("name", words)
    ReportedMeeting.objects.filter(mine).update(name="", email="")
    redact_texts(TEXTS, words)
