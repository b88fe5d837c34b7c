from jobs.models.details import JobDetails, TrainingDetails, TrainingSession
from jobs.models.imports import ImportRun, ImportSource, OfferFingerprint
from jobs.models.moderation import OfferReport, ReasonTemplate
from jobs.models.offers import Offer, OfferAudience, OfferCollection, OfferEvent, OfferPlace

__all__ = [
    "ImportRun",
    "ImportSource",
    "JobDetails",
    "Offer",
    "OfferAudience",
    "OfferCollection",
    "OfferEvent",
    "OfferFingerprint",
    "OfferPlace",
    "OfferReport",
    "ReasonTemplate",
    "TrainingDetails",
    "TrainingSession",
]
