from celery import shared_task

from jobs.services import expiry


@shared_task(name="jobs.close_due_offers")
def close_due_offers() -> None:
    expiry.close_due_offers()


@shared_task(name="jobs.remind_expiring_offers")
def remind_expiring_offers() -> None:
    expiry.remind_expiring_offers()
