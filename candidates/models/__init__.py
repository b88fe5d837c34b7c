from candidates.models.alerts import AlertedOffer, NewOffer, SavedSearch
from candidates.models.applications import (
    AnswerTemplate,
    Application,
    ApplicationDraft,
    ApplicationEvent,
    ApplicationMessage,
    ApplicationNote,
)
from candidates.models.contracts import Contract, ContractCancellation
from candidates.models.invitations import ApplyInvitation
from candidates.models.privacy import DataAccess, RetentionEvent
from candidates.models.profiles import CV, CandidateProfile

__all__ = [
    "CV",
    "AlertedOffer",
    "AnswerTemplate",
    "Application",
    "ApplicationDraft",
    "ApplicationEvent",
    "ApplicationMessage",
    "ApplicationNote",
    "ApplyInvitation",
    "CandidateProfile",
    "Contract",
    "ContractCancellation",
    "DataAccess",
    "NewOffer",
    "RetentionEvent",
    "SavedSearch",
]
