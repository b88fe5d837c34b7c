"""Reads what the documents of many offers are built from: eight queries a batch, plain rows instead of models, because
a rebuild reads a hundred thousand offers."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.utils import timezone

from companies.models import MedinsoftMark
from jobs.models import Offer, OfferCollection, OfferPlace, TrainingSession


class Place(NamedTuple):
    label: str
    department: str
    latitude: float | None
    longitude: float | None
    commune: str | None
    parent: str | None
    commune_name: str | None
    department_name: str | None
    region_name: str | None


class Session(NamedTuple):
    starts_on: date
    modality: str


class SkillName(NamedTuple):
    label: str
    aliases: list[str]


class Company(NamedTuple):
    """`logo` is an address or "", `mark` a value of `companies.enums.Mark` in force today or ""."""

    name: str
    slug: str
    logo: str
    mark: str


class Job(NamedTuple):
    contract: str
    remote: str
    open_positions: int
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_unit: str
    pay_yearly_min: int | None
    pay_yearly_max: int | None
    experience: str
    level: int | None
    starts_on: date | None
    working_time: str
    contract_months: int | None


class Training(NamedTuple):
    certification_code: str
    certification_label: str
    hours: int | None
    price: Decimal | None
    funding: list[str]
    level_out: int | None


class OfferRecord(NamedTuple):
    """An offer with all that a search may ask or show."""

    id: int
    version: int
    kind: str
    title: str
    text: str
    source: str
    published_at: datetime
    expires_at: datetime | None
    employer_name: str
    company: Company | None
    job: Job | None
    training: Training | None
    other_skills: list[str]
    places: list[Place]
    sessions: list[Session]
    skills: list[SkillName]
    occupations: list[str]
    sectors: list[str]
    collections: list[str]


OWN = ("pk", "index_version", "kind", "title", "text", "source", "expires_at", "employer_name", "other_skills")
DATES = ("source_published_at", "published_at", "created_at")
COMPANY = ("company_id", "company__name", "company__slug", "company__logo")
JOB = tuple(f"job__{name}" for name in Job._fields)
TRAINING = tuple(f"training__{name}" for name in Training._fields)
PLACE = ("label", "department", "latitude", "longitude", "commune_id", "commune__parent_id", "commune__name",
         "commune__department_name", "commune__region_name")  # fmt: skip


def load_offers(offers: QuerySet[Offer]) -> list[OfferRecord]:
    """The records of these offers (a batch of some hundreds)."""
    rows = list(offers.order_by("pk").values(*OWN, *DATES, *COMPANY, *JOB, *TRAINING))
    ids = [row["pk"] for row in rows]
    related = {
        "places": _places(ids),
        "sessions": _grouped(TrainingSession.objects.filter(offer__in=ids), Session, "offer_id", *Session._fields),
        "skills": _linked(Offer.skills.through, ids, "skill__label", "skill__aliases", make=SkillName),
        "occupations": _linked(Offer.occupations.through, ids, "occupation_id"),
        "sectors": _linked(Offer.sectors.through, ids, "sector_id"),
        "collections": _linked(OfferCollection.offers.through, ids, "offercollection__slug"),
    }
    marks = _marks({row["company_id"] for row in rows})
    return [_record(row, marks, {name: by_offer[row["pk"]] for name, by_offer in related.items()}) for row in rows]


def load_offer(offer_id: int) -> OfferRecord:
    """Any offer, whatever its state; raises `Offer.DoesNotExist`."""
    records = load_offers(Offer.objects.filter(pk=offer_id))
    if not records:
        raise Offer.DoesNotExist(offer_id)
    return records[0]


def _record(row: dict[str, Any], marks: dict[int, str], related: dict[str, list[Any]]) -> OfferRecord:
    return OfferRecord(
        id=row["pk"],
        version=row["index_version"],
        kind=row["kind"],
        title=row["title"],
        text=row["text"],
        source=row["source"],
        published_at=next(row[name] for name in DATES if row[name]),
        expires_at=row["expires_at"],
        employer_name=row["company__name"] or row["employer_name"],
        company=_company(row, marks) if row["company_id"] else None,
        job=Job(*(row[name] for name in JOB)) if row["job__contract"] is not None else None,
        training=Training(*(row[name] for name in TRAINING)) if row[TRAINING[0]] is not None else None,
        other_skills=row["other_skills"],
        **related,
    )


def _company(row: dict[str, Any], marks: dict[int, str]) -> Company:
    logo, mark = _logo_url(row["company__logo"]), marks.get(row["company_id"], "")
    return Company(row["company__name"], row["company__slug"], logo, mark)


def _logo_url(logo: str) -> str:
    return default_storage.url(logo) if logo else ""


def _places(ids: list[int]) -> dict[int, list[Place]]:
    return _grouped(OfferPlace.objects.filter(offer__in=ids), Place, "offer_id", *PLACE)


def _linked(through: type[Model], ids: list[int], *names: str, make: Any = None) -> dict[int, list[Any]]:
    """What a many-to-many table links to the offers, in the order of linking."""
    return _grouped(through._default_manager.filter(offer__in=ids).order_by("pk"), make, "offer_id", *names)


def _grouped(rows: QuerySet[Any], make: Any, key: str, *names: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for offer, *values in rows.values_list(key, *names):
        groups[offer].append(make(*values) if make else values[0])
    return groups


def _marks(companies: set[int | None]) -> dict[int, str]:
    """The oldest mark in force today of each company."""
    marks = MedinsoftMark.objects.on(timezone.localdate()).filter(company__in=companies - {None})
    return dict(marks.order_by("-since").values_list("company_id", "mark"))
