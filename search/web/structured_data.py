"""What search engines read of an offer: schema.org JobPosting, or Course for a training.

Required and recommended fields are those that Google documents for "Job posting" and "Course info".
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from jobs.enums import ApplyBy, ContractType, EducationLevel, Experience, Modality, OfferKind, PayUnit, Remote
from jobs.models import JobDetails, Offer, OfferPlace, TrainingSession
from jobs.offer_view import OfferView
from medinjob.lib.json_ld import json_ld
from medinjob.lib.text import fold, plain
from referentials.models import Commune

_EMPLOYED = ("FULL_TIME",)
EMPLOYMENT_TYPES: dict[str, tuple[str, ...]] = {
    ContractType.CDI: _EMPLOYED,
    ContractType.CDD: (*_EMPLOYED, "TEMPORARY"),
    ContractType.APPRENTICESHIP: (*_EMPLOYED, "OTHER"),
    ContractType.PROFESSIONALISATION: (*_EMPLOYED, "OTHER"),
    ContractType.INTERNSHIP: ("INTERN",),
    ContractType.TEMPORARY: (*_EMPLOYED, "TEMPORARY"),
    ContractType.TEMPORARY_CDI: _EMPLOYED,
    ContractType.FREELANCE: ("CONTRACTOR",),
    ContractType.SEASONAL: (*_EMPLOYED, "TEMPORARY"),
    ContractType.OTHER: ("OTHER",),
}
UNITS: dict[str, str] = {PayUnit.HOUR: "HOUR", PayUnit.DAY: "DAY", PayUnit.MONTH: "MONTH", PayUnit.YEAR: "YEAR"}
MONTHS: dict[str, int] = {Experience.JUNIOR: 12, Experience.CONFIRMED: 36, Experience.SENIOR: 60}
CREDENTIALS = {
    EducationLevel.CAP: "professional certificate",
    EducationLevel.BAC: "high school",
    EducationLevel.BAC2: "associate degree",
    EducationLevel.BAC3: "bachelor degree",
    EducationLevel.BAC5: "postgraduate degree",
    EducationLevel.DOCTORATE: "postgraduate degree",
}
MODES: dict[str, str] = {Modality.ON_SITE: "Onsite", Modality.REMOTE: "Online", Modality.MIXED: "Blended"}
FRANCE = {"@type": "Country", "name": "France"}


def structured_data(view: OfferView) -> SafeString:
    """The JSON of an offer that is open, safe inside `<script type="application/ld+json">`; empty for a job on site of
    which no place is known, since a JobPosting must have one."""
    offer = view.offer
    if offer.kind == OfferKind.JOB and offer.job.remote != Remote.FULL and not offer.places.all():
        return SafeString("")
    data = _course(offer) if offer.kind == OfferKind.TRAINING else _job_posting(offer, view.text)
    return json_ld(data)


def _filled(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if value not in (None, "", [], {})}


def _job_posting(offer: Offer, text: str) -> dict[str, Any]:
    job = offer.job
    remote = job.remote == Remote.FULL
    fields = (
        ("@type", "JobPosting"),
        ("title", offer.title),
        ("description", text or offer.title),
        ("identifier", {"@type": "PropertyValue", "name": settings.SITE["name"], "value": str(offer.pk)}),
        ("url", _address(offer.get_absolute_url())),
        ("datePosted", _day(offer.source_published_at or offer.published_at)),
        ("validThrough", offer.expires_at.isoformat() if offer.expires_at else None),
        ("employmentType", _employment_types(job)),
        ("hiringOrganization", _organization(offer) or "confidential"),
        ("jobLocation", [_place(place) for place in offer.places.all()]),
        ("jobLocationType", "TELECOMMUTE" if remote else None),
        ("applicantLocationRequirements", FRANCE if remote else None),
        ("baseSalary", _salary(job)),
        ("totalJobOpenings", job.open_positions),
        ("jobStartDate", job.starts_on),
        ("directApply", offer.apply_by == ApplyBy.HERE),
        ("industry", ", ".join(str(sector) for sector in offer.sectors.all())),
        ("occupationalCategory", [f"{row.code} {row.label}" for row in offer.occupations.all()]),
        ("skills", ", ".join([*(skill.label for skill in offer.skills.all()), *offer.other_skills])),
        ("experienceRequirements", _experience(job)),
        ("educationRequirements", _education(job.level)),
    )
    return _filled(fields)


def _employment_types(job: JobDetails) -> list[str]:
    types = EMPLOYMENT_TYPES[job.contract]
    if "partiel" in fold(job.working_time):
        types = tuple("PART_TIME" if name == "FULL_TIME" else name for name in types)
    return list(types)


def _organization(offer: Offer) -> dict[str, Any]:
    company = offer.company
    if company is None:
        return {"@type": "Organization", "name": offer.employer_name} if offer.employer_name else {}
    fields = (
        ("@type", "Organization"),
        ("name", company.name),
        ("sameAs", company.website),
        ("logo", _address(company.logo.url) if company.logo else None),
    )
    return _filled(fields)


def _place(place: OfferPlace) -> dict[str, Any]:
    commune = place.commune
    address = (
        ("@type", "PostalAddress"),
        ("addressLocality", commune.name if commune else place.label),
        ("postalCode", place.postcode),
        ("addressRegion", commune.region_name if commune and commune.country == "FR" else None),
        ("addressCountry", commune.country if commune else "FR"),
    )
    geo = (
        {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        if place.latitude is not None
        else None
    )
    return _filled((("@type", "Place"), ("address", _filled(address)), ("geo", geo)))


def _salary(job: JobDetails) -> dict[str, Any] | None:
    low, high = job.pay_min, job.pay_max
    if low is None and high is None:
        return None
    bounds = (("minValue", low), ("maxValue", high)) if low != high else (("value", low),)
    amounts = [(name, float(value)) for name, value in bounds if value is not None]
    value = _filled((("@type", "QuantitativeValue"), *amounts, ("unitText", UNITS[job.pay_unit])))
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}


def _experience(job: JobDetails) -> dict[str, Any] | str | None:
    if job.experience == Experience.BEGINNER:
        return "no requirements"
    months = MONTHS.get(job.experience)
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months} if months else None


def _education(level: int | None) -> dict[str, str] | str | None:
    if level == EducationLevel.NONE:
        return "no requirements"
    credential = CREDENTIALS.get(EducationLevel(level)) if level is not None else None
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": credential} if credential else None


def _course(offer: Offer) -> dict[str, Any]:
    training = offer.training
    price = {"price": float(training.price), "priceCurrency": "EUR"} if training.price is not None else {}
    category = "Free" if training.price == 0 else "Paid"
    fields = (
        ("@type", "Course"),
        ("name", offer.title),
        ("description", plain(offer.text)[:500] or offer.title),
        ("url", _address(offer.get_absolute_url())),
        ("provider", _organization(offer)),
        ("educationalCredentialAwarded", training.certification_label),
        ("offers", {"@type": "Offer", "category": category, **price}),
        ("hasCourseInstance", [_session(session, training.hours) for session in offer.sessions.all()]),
    )
    return _filled(fields)


def _session(session: TrainingSession, hours: int | None) -> dict[str, Any]:
    commune = session.commune
    place = {"@type": "Place", "name": commune.name, "address": _written(commune)} if commune else None
    fields = (
        ("@type", "CourseInstance"),
        ("courseMode", MODES[session.modality]),
        ("startDate", session.starts_on),
        ("endDate", session.ends_on),
        ("courseWorkload", f"PT{hours}H" if hours else None),
        ("location", place),
    )
    return _filled(fields)


def _written(commune: Commune) -> str:
    return f"{commune.name}, France" if commune.country == "FR" else str(commune.name)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
