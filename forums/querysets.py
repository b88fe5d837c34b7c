from typing import Any

from django.db import models

from candidates.enums import CONTRACT_KINDS, ContractKind
from forums.enums import AttendeeState, EditionState, ExhibitorState, MeetingState
from medinjob.lib.folding import FoldingQuerySet


class EditionQuerySet(models.QuerySet[Any]):
    def public(self) -> "EditionQuerySet":
        return self.exclude(state=EditionState.DRAFT)


class ExhibitorQuerySet(models.QuerySet[Any]):
    def accepted(self) -> "ExhibitorQuerySet":
        return self.filter(state=ExhibitorState.ACCEPTED)


class AttendeeQuerySet(FoldingQuerySet):
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


class LedgerQuerySet(models.QuerySet[Any]):
    def counting(self) -> "LedgerQuerySet":
        """Signed contracts that count: neither cancelled before they began, nor renewals, nor part of another."""
        standing = self.filter(cancelled_at__isnull=True, merged_into__isnull=True)
        return standing.filter(renewal_of__isnull=True).exclude(renewal=True)

    def of_kind(self, kind: ContractKind) -> "LedgerQuerySet":
        return self.filter(type__in=[type_ for type_, counted in CONTRACT_KINDS.items() if counted == kind])
