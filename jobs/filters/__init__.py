from jobs.filters.companies import CompanyFilter
from jobs.filters.moderation import ModerationFilter
from jobs.filters.recruiter import RecruiterOfferFilter

__all__ = ["CompanyFilter", "ModerationFilter", "RecruiterOfferFilter"]
