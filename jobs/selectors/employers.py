"""What the public sees of the companies that post: the directory, and one company with its open offers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify

from companies.models import Company, MedinsoftMark
from jobs.enums import OfferKind
from jobs.models import Offer


def employers() -> QuerySet[Any]:
    """Companies with a public page, by name, each with `open_offers` (a count) and `mark` (today's, or None)."""
    offers = Offer.objects.visible().filter(company=OuterRef("pk")).order_by().values("company")
    marks = MedinsoftMark.objects.on(timezone.localdate()).filter(company=OuterRef("pk")).order_by("mark")
    return (
        Company.objects.visible()
        .annotate(
            open_offers=Coalesce(Subquery(offers.annotate(n=Count("pk")).values("n")), 0),
            mark=Subquery(marks.values("mark")[:1]),
        )
        .select_related("commune")
        .prefetch_related("sectors")
        .order_by("name", "pk")
    )


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer as a list shows it: those attributes of a search hit that `components/offer_card.html` reads."""

    id: int
    kind: str
    slug: str
    title: str
    employer_name: str
    place_label: str
    more_places: int
    published_at: datetime | None
    contract_label: str | Promise = ""
    remote: str = ""
    remote_label: str | Promise = ""
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    pay_unit: str = ""
    pay_yearly_min: int | None = None
    pay_yearly_max: int | None = None
    hours: int | None = None
    price: Decimal | None = None
    funding: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    next_session: date | None = None
    company: None = None
    distance_km: None = None
    title_html: str = ""
    excerpt_html: str = ""


def open_offers(company: Company, *, limit: int) -> tuple[OfferCard, ...]:
    """The newest visible offers of a company: a fixed number of queries, whatever their number."""
    offers = (
        Offer.objects.visible()
        .for_company(company)
        .select_related("job", "training")
        .prefetch_related("places", "sessions")
        .order_by(F("published_at").desc(nulls_last=True), "-pk")[:limit]
    )
    return tuple(offer_card(offer, company.name) for offer in offers)


def offer_card(offer: Offer, employer_name: str) -> OfferCard:
    places = [place.label for place in offer.places.all()]
    details = _training(offer) if offer.kind == OfferKind.TRAINING else _job(offer)
    return OfferCard(
        id=offer.pk,
        kind=offer.kind,
        slug=slugify(offer.title) or "offre",
        title=offer.title,
        employer_name=employer_name,
        place_label=places[0] if places else "",
        more_places=max(0, len(set(places)) - 1),
        published_at=offer.source_published_at or offer.published_at,
        **details,
    )


def _job(offer: Offer) -> dict[str, Any]:
    job = offer.job
    return {
        "contract_label": job.get_contract_display(),
        "remote": job.remote,
        "remote_label": job.get_remote_display(),
        "pay_min": job.pay_min,
        "pay_max": job.pay_max,
        "pay_unit": job.pay_unit,
        "pay_yearly_min": job.pay_yearly_min,
        "pay_yearly_max": job.pay_yearly_max,
    }


def _training(offer: Offer) -> dict[str, Any]:
    training = offer.training
    coming = [session for session in offer.sessions.all() if session.starts_on >= timezone.localdate()]
    return {
        "hours": training.hours,
        "price": training.price,
        "funding": tuple(training.funding),
        "modality": tuple(dict.fromkeys(session.modality for session in coming)),
        "next_session": coming[0].starts_on if coming else None,
    }
