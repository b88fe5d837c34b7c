from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from companies.enums import CompanyState
from jobs.enums import IMPORT_SILENCE, REMINDER_BEFORE, AbsenceAnswer, ImportState, OfferState
from medinjob.lib.folding import FoldingQuerySet


class OfferQuerySet(FoldingQuerySet):
    def visible(self) -> "OfferQuerySet":
        """What the public may find: published, not expired, not a re-posted double, and no refused company's."""
        return self.filter(
            Q(company__isnull=True) | ~Q(company__state=CompanyState.REFUSED),
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
            state=OfferState.PUBLISHED,
            duplicate_of__isnull=True,
        )

    def for_company(self, company: Any) -> "OfferQuerySet":
        return self.filter(company=company)

    def for_user(self, user: Any) -> "OfferQuerySet":
        """The offers of the companies of which `user` is a member."""
        return self.filter(company__memberships__user=user)

    def flagged(self, flag: str) -> "OfferQuerySet":
        """`flags` is JSON: as text, a quoted flag is found alike by every database."""
        return self.annotate(flags_text=Cast("flags", models.TextField())).filter(flags_text__contains=f'"{flag}"')

    def to_check(self) -> "OfferQuerySet":
        """Published at once, and to be read afterwards, oldest first."""
        return self.filter(state=OfferState.PUBLISHED).exclude(flags=[]).order_by("published_at", "id")

    def to_review(self) -> "OfferQuerySet":
        """The moderation queue, oldest first; re-posted doubles wait with the offer that stands for them."""
        return self.filter(state=OfferState.IN_REVIEW, duplicate_of__isnull=True).order_by("submitted_at", "id")

    def overdue(self) -> "OfferQuerySet":
        """Past their date and still open."""
        return self.filter(state__in=(OfferState.PUBLISHED, OfferState.PAUSED), expires_at__lte=timezone.now())

    def expiring_soon(self) -> "OfferQuerySet":
        """Those of companies that end within the time of the reminder."""
        # Imported offers follow their source: nobody here can prolong them.
        soon = timezone.now() + REMINDER_BEFORE
        return self.filter(
            state__in=(OfferState.PUBLISHED, OfferState.PAUSED),
            company__isnull=False,
            expires_at__gt=timezone.now(),
            expires_at__lte=soon,
        )

    def unchanged_twins(self, offer: Any) -> "OfferQuerySet":
        """Offers of the same company, public or about to be, that say the same of the same places."""
        places = sorted(offer.places.values_list("label", flat=True))
        same = self.filter(company=offer.company_id, kind=offer.kind, title_folded=offer.title_folded, text=offer.text)
        states = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.IN_REVIEW)
        alive = same.filter(state__in=states).exclude(company=None).exclude(pk=offer.pk).prefetch_related("places")
        twins = [twin.pk for twin in alive if sorted(place.label for place in twin.places.all()) == places]
        return self.filter(pk__in=twins)


class ImportSourceQuerySet(models.QuerySet[Any]):
    def due(self) -> "ImportSourceQuerySet":
        """Active, and asked for or its time has come; none that is running."""
        asked = Q(asked=True) | Q(due_at__lte=timezone.now())
        return self.filter(asked, active=True).exclude(runs__state=ImportState.RUNNING)


class ImportRunQuerySet(models.QuerySet[Any]):
    def running(self) -> "ImportRunQuerySet":
        return self.filter(state=ImportState.RUNNING)

    def asking(self) -> "ImportRunQuerySet":
        """Held, and nobody has said what is to become of the absent offers."""
        return self.filter(state=ImportState.HELD, answer="")

    def to_withdraw(self) -> "ImportRunQuerySet":
        """Held, and staff have said that what is absent goes."""
        return self.filter(state=ImportState.HELD, answer=AbsenceAnswer.ACCEPTED)

    def stopped(self) -> "ImportRunQuerySet":
        """Running, though staff have stopped it or paused its source."""
        return self.running().filter(Q(stop_asked=True) | Q(import_source__active=False))

    def silent(self) -> "ImportRunQuerySet":
        """Running, by what the row says, but nobody has been heard of for long: killed."""
        return self.running().filter(seen_at__lt=timezone.now() - IMPORT_SILENCE)
