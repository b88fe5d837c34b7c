from jobs.filters.companies import CompanyFilter
from jobs.filters.recruiter import RecruiterOfferFilter

__all__ = ["CompanyFilter", "RecruiterOfferFilter"]
