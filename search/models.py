from django.db import models
from django.utils import timezone


class PendingIndexing(models.Model):
    """An offer whose index entry must be looked at again, written in the transaction of the change. Append-only: the
    drain deletes the rows it has read. `offer_id` is no foreign key, since the offer may be gone."""

    offer_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.offer_id)


class IndexRefusal(models.Model):
    """An offer that the engine cannot take as it is; it is tried again when it changes and at each repair."""

    offer_id = models.PositiveBigIntegerField(primary_key=True)
    reason = models.TextField()
    refused_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.reason}"
