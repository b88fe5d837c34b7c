"""The offers that an import should have seen."""

from django.db.models import Q, QuerySet

from jobs.enums import OfferState
from jobs.models import ImportRun, Offer


def absent_offers(run: ImportRun) -> "QuerySet[Offer]":
    """The offers of the run's origin and territory that neither it nor a later one has seen."""
    return offers_of_its_territory(run).filter(Q(import_run=None) | Q(import_run__lt=run.pk))


def offers_of_its_territory(run: ImportRun) -> "QuerySet[Offer]":
    """Online or in review. Of a territory are those with a place in it, and those without a département that an import
    of the same territory had brought."""
    departments = run.options["departments"]
    online = Offer.objects.filter(
        source=run.source, company__isnull=True, state__in=(OfferState.PUBLISHED, OfferState.IN_REVIEW)
    )
    if not departments:
        return online
    here = Q(places__department__in=departments, places__copied_from__isnull=True)
    return online.filter(here | Q(import_run__options__departments=departments)).distinct()
