from ledger.models.chain import ChainHead, ChainLink
from ledger.models.entries import Attribution, ContractEvidence, LedgerEntry, LedgerEvent
from ledger.models.follow_up import FollowUp, FollowUpAnswer, FollowUpDate, ReportedMeeting

__all__ = [
    "Attribution",
    "ChainHead",
    "ChainLink",
    "ContractEvidence",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpDate",
    "LedgerEntry",
    "LedgerEvent",
    "ReportedMeeting",
]
