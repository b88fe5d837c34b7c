"""What an offer becomes in the index: one definition for all engines."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import slugify

from companies.models import Company
from jobs.enums import ContractType, EducationLevel, Experience, Modality, OfferKind, Remote
from jobs.models import JobDetails, Offer, TrainingDetails
from medinjob.lib.text import plain
from search.cards import to_json
from search.criteria import Duration
from search.results import Card, CompanyCard, PlaceCard
from search.text.terms import normal, terms

MAX_TEXT = 8_000
"""Characters of the description that are indexed; beyond are legal notices."""

FIELDS = ("title", "skills", "facts", "employer", "text")
"""Where a term may stand. `facts`: places, contract, remote work… in words, so that they may be typed."""

FACETS = (
    "kind",
    "sector",
    "contract",
    "remote",
    "experience",
    "level",
    "company",
    "collection",
    "session",
    "funding",
    "duration",
    "modality",
    "department",
    "commune",
    "occupation",
)

# What people type besides the label.
_CONTRACT_WORDS = {
    ContractType.APPRENTICESHIP: "alternance contrat d'apprentissage",
    ContractType.PROFESSIONALISATION: "alternance contrat de professionnalisation",
    ContractType.FREELANCE: "freelance indépendant mission",
    ContractType.TEMPORARY: "intérim mission",
    ContractType.OTHER: "",
}
_EXPERIENCE_WORDS = {Experience.BEGINNER: "débutant junior", Experience.SENIOR: "senior"}
_LEVEL_WORDS = {EducationLevel.BAC2: "bac +2", EducationLevel.BAC3: "bac +3", EducationLevel.BAC5: "bac +5"}
_REMOTE_WORDS = {Remote.PARTIAL: "télétravail partiel", Remote.FULL: "télétravail complet"}
_MODALITY_WORDS = {Modality.REMOTE: "formation à distance", Modality.MIXED: "formation à distance et sur place"}


class OfferDocument(NamedTuple):
    """`terms` by field, as the analysis gives them; `words` as written, for spelling; `values` by facet; `pay` in euros
    by year; `published` in seconds since 1970; `spots` are latitude and longitude of each place."""

    id: int
    version: int
    card: str
    text: str
    terms: dict[str, list[str]]
    words: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    pay: int | None
    published: int
    spots: tuple[tuple[float, float], ...]


def document(offer: Offer) -> OfferDocument:
    """The offer's document. Load it with `search.eligibility.with_everything`, or each relation is a query."""
    job: JobDetails | None = getattr(offer, "job", None)
    training: TrainingDetails | None = getattr(offer, "training", None)
    text = normal(plain(offer.text))[:MAX_TEXT]
    skills = [*offer.skills.all()]
    skill_names = [*(skill.label for skill in skills), *map(str, offer.other_skills)]
    spoken = {
        "title": offer.title,
        "skills": " · ".join([*skill_names, *(alias for skill in skills for alias in skill.aliases)]),
        "facts": " · ".join(_facts(offer, job, training)),
        "employer": offer.employer,
    }
    card = _card(offer, job, training, tuple(skill_names))
    return OfferDocument(
        id=offer.pk,
        version=offer.index_version,
        card=to_json(card),
        text=text,
        terms={name: terms(value) for name, value in spoken.items()} | {"text": terms(text)},
        words=_words(" ".join((spoken["title"], " ".join(skill_names), offer.employer, *_place_names(offer)))),
        values=_values(offer, job, training, card),
        pay=_pay(job),
        published=int(card.published_at.timestamp()),
        spots=tuple(
            dict.fromkeys(
                (place.latitude, place.longitude)
                for place in card.places
                if place.latitude is not None and place.longitude is not None
            )
        ),
    )


def card_of(offer: Offer) -> str:
    """Its card alone, for results that do not come from an index."""
    job, training = getattr(offer, "job", None), getattr(offer, "training", None)
    return to_json(_card(offer, job, training, tuple(skill.label for skill in offer.skills.all())))


def _card(offer: Offer, job: JobDetails | None, training: TrainingDetails | None, skills: tuple[str, ...]) -> Card:
    common: dict[str, Any] = {
        "id": offer.pk,
        "kind": offer.kind,
        "slug": slugify(offer.title) or "offre",
        "title": normal(offer.title),
        "employer_name": offer.employer,
        "company": _company(offer.company) if offer.company else None,
        "places": tuple(
            PlaceCard(place.label, place.department, place.latitude, place.longitude) for place in offer.places.all()
        ),
        "published_at": _published(offer),
        "expires_at": offer.expires_at,
        "source": offer.source,
        "sectors": tuple(sector.pk for sector in offer.sectors.all()),
        "skills": skills[:12],
        "occupations": tuple(occupation.pk for occupation in offer.occupations.all()),
    }
    return Card(**common, **(_job_card(job) if job else {}), **(_training_card(offer, training) if training else {}))


def _job_card(job: JobDetails) -> dict[str, Any]:
    names = ("contract", "remote", "pay_unit", "pay_yearly_min", "pay_yearly_max", "experience", "level", "starts_on")
    card = {name: getattr(job, name) for name in (*names, "open_positions")}
    return card | {name: _number(getattr(job, name)) for name in ("pay_min", "pay_max")}


def _training_card(offer: Offer, training: TrainingDetails) -> dict[str, Any]:
    sessions = [*offer.sessions.all()]
    return {
        "certification_code": training.certification_code,
        "hours": training.hours,
        "price": _number(training.price),
        "level": training.level_out,
        "funding": tuple(training.funding),
        "modality": tuple(dict.fromkeys(session.modality for session in sessions)),
        "sessions": tuple(sorted({session.starts_on for session in sessions})),
    }


def _company(company: Company) -> CompanyCard:
    today = timezone.localdate()
    marks = [mark.mark for mark in company.marks.all() if mark.since <= today and (mark.until or today) >= today]
    initials = "".join(word[0] for word in company.name.split() if word[0].isalnum())[:2].upper()
    return CompanyCard(
        company.name, company.slug, initials, company.logo.url if company.logo else "", marks[0] if marks else ""
    )


def _published(offer: Offer) -> datetime:
    """The date shown: the source's own for an imported offer."""
    return offer.source_published_at or offer.published_at or offer.created_at


def _pay(job: JobDetails | None) -> int | None:
    return (job.pay_yearly_max or job.pay_yearly_min) if job else None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _values(
    offer: Offer, job: JobDetails | None, training: TrainingDetails | None, card: Card
) -> dict[str, tuple[str, ...]]:
    single = {
        "kind": offer.kind,
        "contract": card.contract,
        "remote": card.remote,
        "experience": card.experience,
        "level": "" if card.level is None else str(card.level),
        "company": offer.company.slug if offer.company else "",
        "duration": Duration.of(training.hours) if training and training.hours else "",
    }
    return {
        **{name: (str(value),) for name, value in single.items() if value != ""},
        "sector": card.sectors,
        "collection": tuple(collection.slug for collection in offer.collections.all()),
        "session": tuple(dict.fromkeys(f"{day:%Y-%m}" for day in card.sessions)),
        "funding": card.funding,
        "modality": card.modality,
        "department": tuple(dict.fromkeys(place.department for place in card.places if place.department)),
        "commune": tuple(dict.fromkeys(_communes(offer))),
        "occupation": card.occupations,
    }


def _communes(offer: Offer) -> Iterator[str]:
    """The codes of its communes; an arrondissement is also in its city."""
    for place in offer.places.all():
        if place.commune:
            yield place.commune.pk
            if place.commune.parent_id:
                yield place.commune.parent_id


def _facts(offer: Offer, job: JobDetails | None, training: TrainingDetails | None) -> Iterator[str]:
    for place in offer.places.all():
        yield f"{place.label} {place.department}"
        if place.commune:
            yield f"{place.commune.name} {place.commune.department_name} {place.commune.region_name}"
    if job:
        yield str(_CONTRACT_WORDS.get(ContractType(job.contract), job.contract))
        yield _EXPERIENCE_WORDS.get(Experience(job.experience), "") if job.experience else ""
        yield _LEVEL_WORDS.get(EducationLevel(job.level), "") if job.level is not None else ""
        yield _REMOTE_WORDS.get(Remote(job.remote), "") if job.remote else ""
    if offer.kind == OfferKind.TRAINING:
        yield "formation"
    if training:
        yield f"{training.certification_code} {training.certification_label} {' '.join(training.funding)}"
        yield from (_MODALITY_WORDS.get(Modality(session.modality), "") for session in offer.sessions.all())


def _place_names(offer: Offer) -> Iterator[str]:
    for place in offer.places.all():
        yield place.commune.name if place.commune else place.label


def _words(text: str) -> tuple[str, ...]:
    """The distinct words as written, in lower case: letters only, for spelling."""
    cleaned = "".join(char if char.isalpha() else " " for char in normal(text).lower())
    return tuple(dict.fromkeys(word for word in cleaned.split() if 1 < len(word) <= 30))
