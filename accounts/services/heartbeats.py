"""Signs of life of what works by itself: the worker, the schedule, a cron that runs `tick`."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Heartbeat


@transaction.atomic
def beat(*, name: str) -> None:
    """Now; and how long after the last time."""
    now = timezone.now()
    last = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "every": now - last if last else None})
