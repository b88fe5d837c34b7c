"""The demo is the same at every hour of a day."""

import time_machine
from django.db import transaction
from django.utils import timezone

from candidates.models import Application, ApplyInvitation
from demo.loading import load_demo
from demo.loading.forum.settings import at
from forums.models import Meeting, ShownOffer
from jobs.models import Offer

DRAWN = (
    (Offer, ("title", "state", "published_at")),
    (Application, ("candidate__email", "offer__title", "state", "sent_at")),
    (ApplyInvitation, ("candidate__email", "offer__title", "sent_at")),
    (ShownOffer, ("exhibitor__company__name", "offer__title")),
    (Meeting, ("attendee__name", "state", "opened_at")),
)


def loaded_at(hour):
    with time_machine.travel(at(timezone.localdate(), hour)), transaction.atomic():
        load_demo()
        drawn = [list(model.objects.order_by("pk").values_list(*names)) for model, names in DRAWN]
        transaction.set_rollback(True)
    return drawn


def test_the_hour_decides_nothing_of_what_is_drawn(referentials):
    assert loaded_at(0) == loaded_at(15)
