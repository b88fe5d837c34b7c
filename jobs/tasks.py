from celery import shared_task

from jobs.imports import refused, schedule
from jobs.services import expiry, import_runs


@shared_task(name="jobs.close_due_offers")
def close_due_offers() -> None:
    expiry.close_due_offers()


@shared_task(name="jobs.remind_expiring_offers")
def remind_expiring_offers() -> None:
    expiry.remind_expiring_offers()


@shared_task(name="jobs.run_due_imports")
def run_due_imports() -> None:
    schedule.run_due_imports()


@shared_task(name="jobs.forget_old_imports")
def forget_old_imports() -> None:
    refused.forget_old_files()
    import_runs.forget_old_runs()
