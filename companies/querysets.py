from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, When
from django.utils import timezone

from companies.enums import CompanyState, MemberRole
from medinjob.lib.folding import FoldingQuerySet


class CompanyQuerySet(FoldingQuerySet):
    def visible(self) -> "CompanyQuerySet":
        """Those whose public page exists."""
        return self.filter(state=CompanyState.TRUSTED)

    def for_user(self, user: Any) -> "CompanyQuerySet":
        return self.filter(memberships__user=user)

    def with_only_admin(self, user: Any) -> "CompanyQuerySet":
        """Those that nobody else administers; with their `member_count`."""
        admin = Q(memberships__role=MemberRole.ADMIN)
        counted = self.annotate(member_count=Count("memberships"), admin_count=Count("memberships", filter=admin))
        mine = self.filter(memberships__user=user, memberships__role=MemberRole.ADMIN)
        return counted.filter(pk__in=mine.values("pk"), admin_count=1)

    def to_verify(self) -> "CompanyQuerySet":
        """New ones, and those that would like another name or site."""
        return self.filter(_to_verify())

    def for_staff(self) -> "CompanyQuerySet":
        """Those to verify first, oldest first; with their `member_count` and proposed identity."""
        to_verify_first = Case(When(_to_verify(), then=0), default=1)
        counted = self.select_related("commune", "proposed_identity").annotate(member_count=Count("memberships"))
        return counted.order_by(to_verify_first, "created_at", "id")


def _to_verify() -> Q:
    return Q(state=CompanyState.NEW) | Q(proposed_identity__isnull=False)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())

    def waiting(self) -> "InvitationQuerySet":
        """Those not accepted, run out or not."""
        return self.filter(accepted_at__isnull=True)


class MarkQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> "MarkQuerySet":
        """The marks in force that day."""
        return self.overlapping(day, day)

    def overlapping(self, since: date, until: date | None) -> "MarkQuerySet":
        """Those in force at least one day between two, both included; None: for ever."""
        begun = self if until is None else self.filter(since__lte=until)
        return begun.filter(Q(until__isnull=True) | Q(until__gte=since))
