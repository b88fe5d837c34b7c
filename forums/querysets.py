from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from forums.enums import AttendeeState, EditionState, ExhibitorState, MeetingState
from jobs.enums import OfferState
from jobs.models import OfferEvent
from medinjob.lib.folding import FoldingQuerySet

PUBLIC_ONCE = (
    OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FILLED, OfferState.EXPIRED, OfferState.WITHDRAWN,
)  # fmt: skip


class EditionQuerySet(models.QuerySet[Any]):
    def public(self) -> "EditionQuerySet":
        return self.exclude(state=EditionState.DRAFT)


class ExhibitorQuerySet(models.QuerySet[Any]):
    def accepted(self) -> "ExhibitorQuerySet":
        return self.filter(state=ExhibitorState.ACCEPTED)


class ShownOfferQuerySet(models.QuerySet[Any]):
    def with_seen(self, until: datetime) -> "ShownOfferQuerySet":
        """`seen`: shown before `until`, the edition's end, and public at some moment between the two, by the history of
        the offer. Of an offer without any history, whether it was ever published is all that can be said."""
        history = OfferEvent.objects.filter(offer=OuterRef("offer"))
        hidden_again = OfferEvent.objects.filter(
            offer=OuterRef("offer"), pk__gt=OuterRef("pk"), at__lte=OuterRef(OuterRef("shown_at"))
        ).exclude(after=OfferState.PUBLISHED)
        put_online = history.filter(after=OfferState.PUBLISHED, at__lt=until).exclude(Exists(hidden_again))
        earlier = OfferEvent.objects.filter(offer=OuterRef("offer"), pk__lt=OuterRef("pk"))
        was_online = history.filter(before=OfferState.PUBLISHED, at__gt=OuterRef("shown_at")).exclude(Exists(earlier))
        untold = ~Exists(history) & Q(offer__published_at__isnull=False, offer__state__in=PUBLIC_ONCE)
        lasts = Q(offer__expires_at=None) | Q(offer__expires_at__gt=F("shown_at"))
        online = Exists(put_online) | Exists(was_online) | untold
        return self.annotate(seen=models.ExpressionWrapper(
            Q(shown_at__lt=until) & lasts & online, output_field=models.BooleanField()
        ))  # fmt: skip


class AttendeeQuerySet(FoldingQuerySet):
    def with_staff(self, at_stands: Any) -> "AttendeeQuerySet":
        """`staff`: somebody who holds a stand, as was said when the edition closed; until then known by the address
        among `at_stands`, rows of `Representative`."""
        emails = at_stands.exclude(email="").annotate(address=Lower("email")).values("address")
        held = Q(holds_stand=True) | Q(holds_stand=None, address__in=emails)
        return self.annotate(address=Lower("email")).annotate(
            staff=models.Case(models.When(held, then=True), default=False, output_field=models.BooleanField())
        )

    def registered(self) -> "AttendeeQuerySet":
        return self.filter(state=AttendeeState.REGISTERED)

    def present(self) -> "AttendeeQuerySet":
        """Who came in at least once, over days and venues."""
        return self.filter(entries__undone_at__isnull=True, entries__isnull=False).distinct()


class EntryQuerySet(models.QuerySet[Any]):
    def standing(self) -> "EntryQuerySet":
        """Those that nobody took back."""
        return self.filter(undone_at__isnull=True)


class MeetingQuerySet(models.QuerySet[Any]):
    def held(self) -> "MeetingQuerySet":
        return self.filter(state__in=(MeetingState.STARTED, MeetingState.DONE))
