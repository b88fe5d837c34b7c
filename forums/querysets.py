from typing import Any

from django.db import models

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
