"""Builds the document and the card of an offer. The document is the same for every engine."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from jobs.enums import ContractType, EducationLevel, Experience, Modality, OfferKind, Remote
from medinjob.lib.text import fold, plain
from search.analysis.analyzer import normal, terms
from search.analysis.language import language_of
from search.criteria import Duration, Length, WorkingTime
from search.documents.card import Card, CompanyCard, PlaceCard, to_json
from search.documents.schema import OfferDocument
from search.documents.sources import Company, Job, OfferRecord, Session, Training

# Characters of the description that are indexed; beyond are legal notices.
MAX_TEXT = 8_000

# What people type besides the label.
_CONTRACT_WORDS: dict[str, str] = {
    ContractType.APPRENTICESHIP: "alternance contrat d'apprentissage",
    ContractType.PROFESSIONALISATION: "alternance contrat de professionnalisation",
    ContractType.FREELANCE: "freelance indépendant mission",
    ContractType.TEMPORARY: "intérim mission",
    ContractType.OTHER: "",
}
_EXPERIENCE_WORDS: dict[str, str] = {Experience.BEGINNER: "débutant junior", Experience.SENIOR: "senior"}
_LEVEL_WORDS: dict[int, str] = {
    EducationLevel.BAC2: "bac +2",
    EducationLevel.BAC3: "bac +3",
    EducationLevel.BAC5: "bac +5",
}
_REMOTE_WORDS: dict[str, str] = {Remote.PARTIAL: "télétravail partiel", Remote.FULL: "télétravail complet"}
_MODALITY_WORDS: dict[str, str] = {
    Modality.REMOTE: "formation à distance",
    Modality.MIXED: "formation à distance et sur place",
}
_NOT_LETTERS = re.compile(r"[\W\d_]+")
LONGEST_WORD = 30
# Skills that a card keeps.
MAX_SKILLS = 12


def build_document(offer: OfferRecord) -> OfferDocument:
    text = normal(plain(offer.text))[:MAX_TEXT]
    skills = [*(skill.label for skill in offer.skills), *map(str, offer.other_skills)]
    aliases = (alias for skill in offer.skills for alias in skill.aliases)
    terms_by_field = {
        "title": terms(offer.title),
        "skills": terms(" · ".join((*skills, *aliases))),
        "facts": terms(" · ".join(_facts(offer))),
        "employer": terms(offer.employer_name),
        "text": terms(text),
    }
    card = build_card(offer)
    places = (place.commune_name or place.label for place in offer.places)
    return OfferDocument(
        id=offer.id,
        version=offer.version,
        card=to_json(card),
        text=text,
        terms=terms_by_field,
        words=_words(" ".join((offer.title, *skills, offer.employer_name, *places))),
        values=_values(offer, card),
        pay=(card.pay_yearly_max or card.pay_yearly_min),
        published=int(offer.published_at.timestamp()),
        spots=tuple(
            dict.fromkeys(
                (place.latitude, place.longitude)
                for place in offer.places
                if place.latitude is not None and place.longitude is not None
            )
        ),
    )


def build_card(offer: OfferRecord) -> Card:
    return Card(
        id=offer.id,
        kind=offer.kind,
        slug=slugify(offer.title) or "offre",
        title=normal(offer.title),
        employer_name=offer.employer_name,
        company=_company(offer.company) if offer.company else None,
        places=tuple(PlaceCard(*place[:4], place.commune or "") for place in offer.places),
        published_at=offer.published_at,
        expires_at=offer.expires_at,
        source=offer.source,
        sectors=tuple(offer.sectors),
        skills=(*(skill.label for skill in offer.skills), *map(str, offer.other_skills))[:MAX_SKILLS],
        occupations=tuple(offer.occupations),
        **(_job(offer.job) if offer.job else {}),
        **(_training(offer.training, offer.sessions) if offer.training else {}),
    )


def _job(job: Job) -> dict[str, Any]:
    shown = {name: value for name, value in job._asdict().items() if name not in {"working_time", "contract_months"}}
    return shown | {"pay_min": _number(job.pay_min), "pay_max": _number(job.pay_max)}


def _training(training: Training, sessions: list[Session]) -> dict[str, Any]:
    """Only the starts to come are shown and counted; the modes of past ones say how the training is done."""
    today = timezone.localdate()
    return {
        "certification_code": training.certification_code,
        "hours": training.hours,
        "price": _number(training.price),
        "level": training.level_out,
        "funding": tuple(training.funding),
        "modality": tuple(dict.fromkeys(session.modality for session in sessions)),
        "sessions": tuple(sorted({session.starts_on for session in sessions if session.starts_on >= today})),
    }


def _company(company: Company) -> CompanyCard:
    initials = "".join(word[0] for word in company.name.split() if word[0].isalnum())[:2].upper()
    return CompanyCard(company.name, company.slug, initials, company.logo, company.mark)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _values(offer: OfferRecord, card: Card) -> dict[str, tuple[str, ...]]:
    single = {
        "kind": card.kind,
        "contract": card.contract,
        "remote": card.remote,
        "experience": card.experience,
        "level": "" if card.level is None else str(card.level),
        "company": card.company.slug if card.company else "",
        "duration": Duration.of(card.hours) if card.hours else "",
        "length": Length.of(offer.job.contract_months) if offer.job and offer.job.contract_months else "",
        "time": _working_time(offer.job.working_time) if offer.job else "",
        "language": language_of(plain(offer.text)),
    }
    return {
        **{name: (value,) for name, value in single.items() if value},
        "sector": card.sectors,
        "collection": tuple(offer.collections),
        "session": tuple(dict.fromkeys(f"{day:%Y-%m}" for day in card.sessions)),
        "funding": card.funding,
        "modality": card.modality,
        "department": tuple(dict.fromkeys(place.department for place in offer.places if place.department)),
        # An arrondissement is also in its city.
        "commune": tuple(
            dict.fromkeys(code for place in offer.places for code in (place.commune, place.parent) if code)
        ),
        "occupation": card.occupations,
    }


def _working_time(text: str) -> str:
    """What is written to say it: "Temps partiel - 24H30/semaine"; "" when nothing is."""
    if not text:
        return ""
    said = fold(text)
    return WorkingTime.PART if "partiel" in said or "mi temps" in said else WorkingTime.FULL


def _facts(offer: OfferRecord) -> Iterator[str]:
    for place in offer.places:
        yield f"{place.label} {place.department}"
        if place.commune:
            yield f"{place.commune_name} {place.department_name} {place.region_name}"
    if offer.job:
        yield from _job_facts(offer.job)
    if offer.kind == OfferKind.TRAINING:
        yield "formation"
    if offer.training:
        training = offer.training
        yield f"{training.certification_code} {training.certification_label} {' '.join(training.funding)}"
        yield from (_MODALITY_WORDS.get(session.modality, "") for session in offer.sessions)


def _job_facts(job: Job) -> Iterator[str]:
    yield _CONTRACT_WORDS.get(job.contract, job.contract)
    yield _EXPERIENCE_WORDS.get(job.experience, "")
    yield _REMOTE_WORDS.get(job.remote, "")
    if "partiel" in fold(job.working_time):
        yield "temps partiel"
    if job.level is not None:
        yield _LEVEL_WORDS.get(job.level, "")


def _words(text: str) -> tuple[str, ...]:
    """The distinct words as written, in lower case: letters only, for spelling."""
    cleaned = _NOT_LETTERS.sub(" ", normal(text).lower())
    return tuple(dict.fromkeys(word for word in cleaned.split() if 1 < len(word) <= LONGEST_WORD))
