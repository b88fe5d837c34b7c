"""Where somebody forgotten may still be named at the forum: hands of the door and the stand, and free texts."""

from collections.abc import Collection

from django.db.models import Model
from django.utils import timezone

from accounts.services import addressed, redact_rows
from forums.models import (
    AuditLink,
    ContractEvidence,
    EditionEvent,
    Entry,
    Exhibitor,
    ExhibitorEvent,
    FollowUpAnswer,
    LedgerEntry,
    LedgerEvent,
    Meeting,
    Pass,
    ReportedMeeting,
    Representative,
    Snapshot,
    StandProposal,
)

# The name of a contract (`LedgerEntry.name`) is not among them: it stays until the audit date.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    Exhibitor: ("needs", "reason"),
    ExhibitorEvent: ("reason",),
    EditionEvent: ("reason",),
    FollowUpAnswer: ("job_title",),
    LedgerEntry: ("job_title",),
    ContractEvidence: ("source", "nature", "facts"),
    LedgerEvent: ("before", "after", "reason"),
    Meeting: ("note",),
    StandProposal: ("message",),
    Snapshot: ("sent_to",),
}


def forget_words_at_forums(*, emails: Collection[str], words: Collection[str]) -> None:
    """Passes end; places at a stand, reported meetings and links of auditors lose name and address."""
    mine = addressed("email", emails) | addressed("name", words)
    Pass.objects.filter(addressed("email", emails), revoked_at=None).update(revoked_at=timezone.now())
    models: tuple[type[Model], ...] = (Pass, Representative, ReportedMeeting, AuditLink)
    for model in models:
        model._default_manager.filter(mine).update(name="", email="")
    Entry.objects.filter(addressed("author", words)).update(author="")
    for kept, fields in TEXTS.items():
        redact_rows(kept._default_manager.all(), fields, words)
