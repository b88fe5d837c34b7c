"""An offer that is still in its form, with the face of a saved one: what `OfferView` and the cards read."""

from dataclasses import dataclass, field
from typing import Any

from companies.models import Company
from jobs.enums import ContractType, OfferKind
from jobs.models import JobDetails, OfferPlace, TrainingDetails, TrainingSession
from jobs.services.editing import Content, with_yearly_pay
from referentials.models import Occupation, Skill


class Rows(list[Any]):
    """A list that is asked for like a relation."""

    def all(self) -> "Rows":
        return self


@dataclass
class PreviewOffer:
    """`occupations`, `skills`… are rows as `Offer` has them; nothing is saved."""

    kind: str
    company: Company | None
    title: str
    text: str
    job: JobDetails
    training: TrainingDetails
    places: Rows
    sessions: Rows
    occupations: Rows
    skills: Rows
    other_skills: list[str] = field(default_factory=list)
    pk: int = 0
    published_at: Any = None
    source_published_at: Any = None

    @property
    def employer(self) -> str:
        return self.company.name if self.company else ""


def preview(kind: str, company: Company, content: Content) -> PreviewOffer:
    """What `content` would look like; two queries, for the labels of occupations and skills."""
    return PreviewOffer(
        kind=kind,
        company=company,
        title=content.fields.get("title", ""),
        text=content.fields.get("text", ""),
        job=JobDetails(
            **({"contract": ContractType.CDI, **with_yearly_pay(content.details)} if kind == OfferKind.JOB else {})
        ),
        training=TrainingDetails(**(content.details if kind == OfferKind.TRAINING else {})),
        places=Rows(OfferPlace(**place) for place in content.places or []),
        sessions=Rows(TrainingSession(**{**session, "id": None}) for session in content.sessions or []),
        occupations=Rows(Occupation.objects.filter(pk__in=content.occupations or [])),
        skills=Rows(Skill.objects.filter(pk__in=content.skills or [])),
        other_skills=list(content.fields.get("other_skills", [])),
    )
