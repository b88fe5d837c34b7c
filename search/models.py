from django.db import models
from django.utils import timezone


class PendingIndexing(models.Model):
    """An offer whose index entry must be looked at again, written in the transaction of the change. Append-only: the
    drain deletes the rows it has read. `offer_id` is no foreign key, since the offer may be gone."""

    offer_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.offer_id)
