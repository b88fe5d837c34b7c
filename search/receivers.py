"""Receives the signals of the apps below, and writes outbox rows in the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from jobs.signals import offers_changed
from search.indexing.outbox import enqueue


@receiver(offers_changed, dispatch_uid="search.enqueue")
def enqueue_changed_offers(sender: object, ids: Iterable[int], **_: Any) -> None:
    enqueue(offer_ids=ids)
