"""The rows of a measure as Medinjob's own: offers in its database, questions as its criteria."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from bench.corpus import Question, Row
from jobs.enums import OfferState
from jobs.models import JobDetails, Offer, OfferPlace
from search.criteria import SearchCriteria

BATCH = 2000


def load(rows: Iterable[Row]) -> None:
    """Bulk, without events: what is measured comes after."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            _write(batch)


def criteria(question: Question) -> SearchCriteria:
    return SearchCriteria(
        q=" ".join(question.words),
        contract=question.contract,
        remote=question.remote,
        place=question.commune,
        radius=question.radius or None,
        pay_min=question.pay,
        since=question.since,
    )


def page_address(question: Question) -> str:
    return f"/offres/?{criteria(question).to_query_string()}"


def _write(batch: list[Row]) -> None:
    end = timezone.now() + timedelta(days=60)
    Offer.objects.bulk_create(
        Offer(
            id=row.id,
            kind="job",
            employer_name=row.company,
            title=row.title,
            text=row.text,
            state=OfferState.PUBLISHED,
            published_at=row.published_at,
            expires_at=end,
        )
        for row in batch
    )
    OfferPlace.objects.bulk_create(
        OfferPlace(
            offer_id=row.id,
            commune_id=row.commune,
            label=row.label,
            department=row.department,
            latitude=row.latitude,
            longitude=row.longitude,
        )
        for row in batch
    )
    JobDetails.objects.bulk_create(
        JobDetails(
            offer_id=row.id,
            contract=row.contract,
            remote=row.remote,
            experience=row.experience,
            level=row.level,
            pay_min=row.pay,
            pay_max=row.pay,
            pay_unit="year",
            pay_yearly_min=row.pay,
            pay_yearly_max=row.pay,
        )
        for row in batch
    )
    for model, field in ((Offer.occupations.through, "occupation"), (Offer.sectors.through, "sector")):
        model.objects.bulk_create(model(**{"offer_id": r.id, f"{field}_id": getattr(r, field)}) for r in batch)
