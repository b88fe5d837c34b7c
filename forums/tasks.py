from celery import shared_task

from forums.services import attendees, attribution, contracts, follow_up, reminders, retention, stand


@shared_task(name="forums.remind_attendees")
def remind_attendees() -> None:
    reminders.remind_attendees()


@shared_task(name="forums.drop_unconfirmed")
def drop_unconfirmed() -> None:
    attendees.drop_unconfirmed()


@shared_task(name="forums.ask_follow_ups")
def ask_follow_ups() -> None:
    follow_up.ask_due()


@shared_task(name="forums.settle_ledger")
def settle_ledger() -> None:
    """What may have been missed, or changed without passing here: dates of an edition, entries from paper."""
    contracts.record_missing_contracts()
    attribution.refresh_attributions()


@shared_task(name="forums.forget_old")
def forget_old() -> None:
    retention.forget_old()
    stand.forget_old_proposals()
    retention.erase_names()
