from ledger.models.entries import Attribution, ContractEvidence, LedgerEntry, LedgerEvent
from ledger.models.follow_up import FollowUp, FollowUpAnswer, FollowUpDate, ReportedMeeting

__all__ = [
    "Attribution",
    "ContractEvidence",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpDate",
    "LedgerEntry",
    "LedgerEvent",
    "ReportedMeeting",
]
