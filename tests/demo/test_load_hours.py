"""The demo is the same each time, at every hour of a day."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from candidates.models import Application, ApplyInvitation
from demo.loading import load_demo
from demo.loading.forum.settings import at
from forums.models import Attendee, Meeting, ShownOffer
from jobs.models import JobDetails, Offer
from ledger.models import LedgerEntry

DRAWN = (
    (Offer, ("title", "text", "state", "source_id", "places__commune", "published_at")),
    (JobDetails, ("contract", "pay_min", "experience")),
    (Application, ("candidate__email", "offer__title", "state", "sent_at")),
    (ApplyInvitation, ("candidate__email", "offer__title", "sent_at")),
    (ShownOffer, ("exhibitor__company__name", "offer__title")),
    (Attendee, ("name", "state", "entries__source", "meetings__state")),
    (Meeting, ("attendee__name", "state", "opened_at")),
    (LedgerEntry, ("job_title", "type", "level", "attribution__kind")),
)


def loaded_at(hour):
    with time_machine.travel(at(timezone.localdate(), hour)), transaction.atomic():
        load_demo()
        drawn = [list(model.objects.order_by("pk", *names).values_list(*names)) for model, names in DRAWN]
        transaction.set_rollback(True)
    return drawn


@pytest.mark.no_lock_order
def test_demo_is_the_same_each_time_at_every_hour(referentials):
    assert loaded_at(0) == loaded_at(15)
