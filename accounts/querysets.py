from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Window
from django.db.models.functions import Lower, RowNumber
from django.utils import timezone

from accounts.enums import UNSENT_KEPT, MailState


class UserManager(BaseUserManager[Any]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def team(self) -> models.QuerySet[Any]:
        """Medinsoft's team, those who can sign in, in a fixed order."""
        return self.filter(is_staff=True, is_active=True).order_by("pk")

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email__iexact=username)


class OutgoingMailQuerySet(models.QuerySet[Any]):
    def due(self) -> "OutgoingMailQuerySet":
        return self.filter(state=MailState.WAITING, due_at__lte=timezone.now())

    def in_turn(self) -> "OutgoingMailQuerySet":
        """The most urgent first; among equals each recipient has one mail a round, whatever their number."""
        turn = Window(RowNumber(), partition_by=[F("urgency"), Lower("to")], order_by=[F("due_at"), F("id")])
        return self.annotate(turn=turn).order_by("urgency", "turn", "due_at", "id")

    def count_by_state(self) -> dict[str, int]:
        """One query; states without mail are absent."""
        return dict(self.order_by().values_list("state").annotate(count=models.Count("pk")))


class FactorResetQuerySet(models.QuerySet[Any]):
    def waiting(self) -> "FactorResetQuerySet":
        return self.filter(done_at=None, stopped_at=None)

    def due(self) -> "FactorResetQuerySet":
        return self.waiting().filter(due_at__lte=timezone.now())


class UnsentFormQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> "UnsentFormQuerySet":
        """Theirs that are still kept."""
        return self.filter(user=user.pk, created_at__gt=timezone.now() - UNSENT_KEPT)

    def waiting(self) -> "UnsentFormQuerySet":
        return self.filter(opened_at=None)

    def over(self) -> "UnsentFormQuerySet":
        return self.filter(created_at__lte=timezone.now() - UNSENT_KEPT)
