"""A profile as it goes with an application: values and labels of the day, readable whatever changes later."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from candidates.models import CandidateProfile
from jobs.enums import ContractType, Experience, Remote


def frozen_profile(profile: CandidateProfile) -> dict[str, Any]:
    """JSON. Keys: headline, career, occupations and skills (labels), place, distance_km, contracts, experience and
    remote (values of jobs.enums), available_on (ISO date or None)."""
    commune = profile.commune
    return {
        "headline": profile.headline,
        "career": profile.career,
        "occupations": [occupation.label for occupation in profile.occupations.order_by("label")],
        "skills": [skill.label for skill in profile.skills.order_by("label")],
        "place": str(commune) if commune else "",
        "distance_km": profile.distance_km,
        "contracts": list(profile.contracts),
        "experience": profile.experience,
        "remote": profile.remote,
        "available_on": profile.available_on.isoformat() if profile.available_on else None,
    }


def profile_facts(snapshot: dict[str, Any]) -> list[tuple[str, str]]:
    """The short facts of a snapshot, labelled, empty ones left out."""
    available = parse_date(snapshot.get("available_on") or "")
    facts = [
        (_("Métiers"), ", ".join(snapshot.get("occupations", []))),
        (_("Expérience"), _labels(Experience, [snapshot.get("experience")])),
        (_("Contrats souhaités"), _labels(ContractType, snapshot.get("contracts", []))),
        (_("Lieu"), _place(snapshot)),
        (_("Télétravail"), _labels(Remote, [snapshot.get("remote")])),
        (_("Disponible à partir du"), date_format(available, "j F Y") if available else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _labels(enum: Any, values: list[Any]) -> str:
    return ", ".join(str(enum(value).label) for value in values if value in enum.values)


def _place(snapshot: dict[str, Any]) -> str:
    place, distance = snapshot.get("place", ""), snapshot.get("distance_km")
    return _("%(place)s, jusqu'à %(km)s km") % {"place": place, "km": distance} if place and distance else place
